import { fromJS, Map as ImmutableMap } from 'immutable';
import { store } from 'virtual:decap-store';
import { parseEntry } from '../../documents/entry-format.ts';
import { fileTypeOfPath } from './content-paths.ts';

/** Access to Decap's Redux store: the draft in the form, and whether it has unsaved changes. */

type Data = ImmutableMap<string, unknown>;

interface Draft {
  entry: Data;
  hasChanged: boolean;
  /** Changes whenever Decap creates the draft again. */
  key: string;
}

/** The draft in the form; empty when no form is open. */
export function currentDraft(): Draft {
  const draft = store.getState().entryDraft;
  return {
    entry: (draft.get('entry') as Data | undefined) ?? ImmutableMap(),
    hasChanged: draft.get('hasChanged') === true,
    key: String(draft.get('key') ?? ''),
  };
}

/** Subscribes to changes of the store; returns a function that unsubscribes. */
export const onDraftChange = (listener: () => void): (() => void) => store.subscribe(listener);

/** Replaces the data in the form by those of a file; the form then has unsaved changes unless `changed` is false. */
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

/** Fills the form with what was typed and not saved; reverting to what is saved leaves nothing unsaved. */
export function fillUnsaved(
  data: object,
  version: string | null,
  mediaFiles: readonly object[] | undefined,
): void {
  const { entry } = currentDraft();
  const path = String(entry.get('path') ?? '');
  const unsaved = {
    ...(entry.toJS() as object),
    ...(mediaFiles ? { mediaFiles } : {}),
    ...{ data, path, openedVersion: version ?? undefined },
  };
  store.dispatch({ type: 'DRAFT_LOCAL_BACKUP_RETRIEVED', payload: { entry: unsaved } });
  store.dispatch({ type: 'DRAFT_CREATE_FROM_LOCAL_BACKUP' });
}

/** Puts the saved data into the list of entries, where Decap keeps those of the first opening. */
export function updateListedEntry(): void {
  const draft = store.getState().entryDraft;
  const entry = draft.get('entry') as Data;
  const saved = entry.delete('isPersisting').set('data', draft.get('sent'));
  store.dispatch({
    type: 'ENTRY_SUCCESS',
    payload: { collection: entry.get('collection'), entry: saved.toObject() },
  });
}
