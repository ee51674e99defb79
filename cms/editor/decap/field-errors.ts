import type { Map as ImmutableMap } from 'immutable';

/** What keeps a form from being saved is named, and the first of it comes into sight: forms are several screens long. */

interface FieldError {
  /** Decap's kind of fault; `PRESENCE` is that nothing was filled in. */
  type?: string;
  message?: unknown;
  /** Ids of the groups and lists around the field. */
  parentIds?: readonly string[];
}

type FieldsErrors = ImmutableMap<string, FieldError[]>;

const NAMED = 5;

const labelOf = (id: string) => document.querySelector<HTMLElement>(`label[for="${CSS.escape(id)}"]`);

/** The words of a label, without 「(可不填)」. */
const wordsOf = (id: string) => labelOf(id)?.firstChild?.textContent ?? '';

const isVisible = (element: Element) => element.getClientRects().length > 0;

/**
 * Whether a form cannot be saved even as a draft. An entry may lack what it needs only to be published, but not the title
 * that it is found by; lists and settings are public at once.
 */
export function blocksSaving(
  faults: FieldsErrors,
  collection: ImmutableMap<string, unknown>,
  draft: ImmutableMap<string, unknown>,
): boolean {
  if (faults.isEmpty()) return false;
  const title = draft.getIn(['entry', 'data', collection.get('identifier_field')]);
  if (collection.get('type') !== 'folder_based_collection' || !title) return true;
  return faults.some((found) => found.some(({ type }) => type !== 'PRESENCE'));
}

/**
 * Shows the first field that has a fault.
 *
 * @param faults by the id of the field
 * @returns what is wrong, in the order of the form: `「标题」不能为空；照片里的「授权」不能为空`
 */
export function showFieldErrors(faults: FieldsErrors): string {
  const found = [...faults.keys()].sort((a, b) => orderOf(labelOf(a), labelOf(b)));
  const first = found.map(labelOf).find((label) => label !== null);
  if (first) bringUp(first);
  const said = found.flatMap((id) => (faults.get(id) ?? []).map(sentence));
  return said.slice(0, NAMED).join('；') + (said.length > NAMED ? `；还有 ${said.length - NAMED} 项` : '');
}

function orderOf(a: Node | null, b: Node | null): number {
  if (!a || !b || a === b) return 0;
  return a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
}

function sentence({ message, parentIds = [] }: FieldError): string {
  const around = parentIds.map(wordsOf).find(Boolean);
  return around ? `${around}里的${message}` : String(message);
}

/** Unfolds what the field is folded away in, and scrolls to it. */
function bringUp(label: HTMLElement): void {
  let around: HTMLElement = label;
  while (!isVisible(around) && around.parentElement) around = around.parentElement;
  if (around !== label) around.querySelector<HTMLElement>('[aria-expanded="false"]')?.click();
  requestAnimationFrame(() => {
    (isVisible(label) ? label : around).scrollIntoView({ block: 'center' });
    document.getElementById(label.getAttribute('for') ?? '')?.focus({ preventScroll: true });
  });
}
