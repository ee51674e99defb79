import { fromJS, Map as ImmutableMap } from 'immutable';
import { store } from 'virtual:decap-store';
import { parseEntry } from '../../documents/entry-format.ts';
import { fileTypeOfPath } from './content-paths.ts';

/** Decap's own state: what is in the form, and whether it is saved. */

type Data = ImmutableMap<string, unknown>;

interface Draft {
  entry: Data;
  hasChanged: boolean;
  /** Another value whenever the form is filled anew. */
  key: string;
}

/** What is in the form now; empty when none is open. */
export function currentDraft(): Draft {
  const draft = store.getState().entryDraft;
  return {
    entry: (draft.get('entry') as Data | undefined) ?? ImmutableMap(),
    hasChanged: draft.get('hasChanged') === true,
    key: String(draft.get('key') ?? ''),
  };
}

/** Calls back after every change of Decap's state; returns what ends it. */
export const onDraftChange = (changed: () => void): (() => void) => store.subscribe(changed);

/** Fills the open form anew from a file's text, as something that is not saved yet unless `changed` is false. */
export function fillForm(path: string, text: string, changed = true): void {
  const { format, schema } = fileTypeOfPath(path);
  const { entry } = currentDraft();
  const data = parseEntry(text, format, schema);
  store.dispatch({
    type: 'DRAFT_CREATE_FROM_ENTRY',
    payload: { entry: { ...(entry.toJS() as object), data }, isUnsaved: changed },
  });
  if (!changed) return;
  const [name] = Object.keys(data);
  store.dispatch({
    type: 'DRAFT_CHANGE_FIELD',
    payload: { field: fromJS({ name }), value: fromJS(data[name as string]), metadata: {} },
  });
}

/** Shows in the lists what was just saved: Decap goes on showing what was first opened. */
export function updateListedEntry(): void {
  const draft = store.getState().entryDraft;
  const entry = draft.get('entry') as Data;
  const saved = entry.delete('isPersisting').set('data', draft.get('sent'));
  store.dispatch({
    type: 'ENTRY_SUCCESS',
    payload: { collection: entry.get('collection'), entry: saved.toObject() },
  });
}
