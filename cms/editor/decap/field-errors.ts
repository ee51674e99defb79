import type { Map as ImmutableMap } from 'immutable';
import { REFUSED_SAVE } from '../client/events.ts';
import { revealControl } from '../layout/reveal.ts';

/** When a form cannot be saved, names its errors and scrolls to the first: forms are several screens long. */

interface FieldError {
  /** Decap's type of validation error; `PRESENCE` is an empty required field. */
  type?: string;
  message?: unknown;
  /** Ids of the groups and lists around the field. */
  parentIds?: readonly string[];
}

type FieldsErrors = ImmutableMap<string, FieldError[]>;

const MAX_LISTED = 5;

const labelOf = (id: string) => document.querySelector<HTMLElement>(`label[for="${CSS.escape(id)}"]`);

/** Text of a label without 「(可不填)」. */
const labelText = (id: string) => labelOf(id)?.firstChild?.textContent ?? '';

/**
 * Whether errors prevent saving even as a draft. A draft may have empty required fields except its title, which the list of
 * entries shows; reference lists and settings have no drafts.
 */
export function blocksSaving(
  errors: FieldsErrors,
  collection: ImmutableMap<string, unknown>,
  draft: ImmutableMap<string, unknown>,
): boolean {
  if (errors.isEmpty()) return false;
  const title = draft.getIn(['entry', 'data', collection.get('identifier_field')]);
  if (collection.get('type') !== 'folder_based_collection' || !title) return true;
  return errors.some((ofField) => ofField.some(({ type }) => type !== 'PRESENCE'));
}

/**
 * Scrolls to the first field that is wrong, or else to the first that is empty.
 *
 * @param errors by the id of the field
 * @returns all messages in the order of the form: `「标题」不能为空；照片里的「授权」不能为空`
 */
export function showFieldErrors(errors: FieldsErrors): string {
  const ids = [...errors.keys()].sort((a, b) => compareOrder(labelOf(a), labelOf(b)));
  // Drafts may have empty fields: what prevents saving is then something else.
  const isWrong = (id: string) => errors.get(id)?.some(({ type }) => type !== 'PRESENCE') ?? false;
  const first = [...ids.filter(isWrong), ...ids].map(labelOf).find((label) => label !== null);
  if (first) revealControl(first);
  const messages = ids.flatMap((id) => (errors.get(id) ?? []).map(messageOf));
  window.dispatchEvent(new CustomEvent<string[]>(REFUSED_SAVE, { detail: messages }));
  return (
    messages.slice(0, MAX_LISTED).join('；') +
    (messages.length > MAX_LISTED ? `；还有 ${messages.length - MAX_LISTED} 项` : '')
  );
}

function compareOrder(a: Node | null, b: Node | null): number {
  if (!a || !b || a === b) return 0;
  return a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
}

function messageOf({ message, parentIds = [] }: FieldError): string {
  const around = parentIds.map(labelText).find(Boolean);
  return around ? `${around}里的${message}` : String(message);
}
