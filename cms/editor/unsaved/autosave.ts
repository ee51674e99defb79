import type { Map as ImmutableMap } from 'immutable';
import { ApiError, api } from '../client/api.ts';
import { onLogout } from '../client/before-logout.ts';
import { setAutosaveState } from './autosave-state.ts';
import { picturesOf, uploadPictures } from './draft-pictures.ts';
import { fileOf } from '../entries/form-file.ts';
import { currentDraft, onDraftChange } from '../entries/store.ts';
import { versionOf } from '../entries/versions.ts';

/**
 * Autosave: what is typed goes to the server as this person's own working copy, `cms/protocol/working-copies.ts`. It is no
 * draft and no version; saving or discarding ends it. Without a connection Decap's backup in this browser has it.
 */

/** The copy is sent when typing pauses for so long, and never later than so long after the first key. */
const PAUSE_MS = 2000;
const LATEST_MS = 4500;
const RETRY_MS = 10_000;

type Entry = ImmutableMap<string, unknown>;

/** One opening of a form. */
interface Form {
  /** Which entry it shows; changes when a new entry gets its slug. */
  address: string;
  /** Of its working copy. */
  id: string;
  isKept: boolean;
  /** Its words are on their way to the server. */
  isSending: boolean;
  /** The copy that it was filled from. */
  replaces: { id: string; at: string } | undefined;
  /** Data that were seen last. */
  data: unknown;
  /** How often its words were saved or given up. */
  ended: number;
}

let form: Form | undefined;
let pending: { form: Form; entry: Entry; since: number } | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
/** Calls are made one after the other, so that an older text never replaces a newer one. */
let calls: Promise<unknown> = Promise.resolve();

/** Which form each state of an entry was in. */
const ids = new WeakMap<Entry, string>();

/** Id of the working copy of a state of the form's entry; Decap's backup in this browser keeps it as well. */
export const workingCopyIdOf = (entry: Entry): string | undefined => ids.get(entry);

/** The form goes on from a copy, which its own replaces. */
export function adoptWorkingCopy(replaces: { id: string; at: string }): void {
  if (form) form.replaces = replaces;
}

/** Resolves when what was typed so far has been sent, or could not be. */
export function flushWorkingCopy(isClosing = false): Promise<unknown> {
  clearTimeout(timer);
  const waiting = pending;
  pending = undefined;
  if (waiting) {
    const send = () => keep(waiting.form, waiting.entry, isClosing);
    // A page that is being closed has no time to wait for an earlier call.
    calls = isClosing ? send() : calls.then(send);
  }
  return calls;
}

/** Follows the form. */
export function watchAutosave(): void {
  onDraftChange(follow);
  window.addEventListener('portal-saved', () => forget());
  onLogout(() => flushWorkingCopy());
  window.addEventListener('pagehide', () => void flushWorkingCopy(true));
  window.addEventListener('online', () => void flushWorkingCopy());
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') void flushWorkingCopy(true);
  });
}

function follow(): void {
  const { entry, hasChanged } = currentDraft();
  // A form that is being cleared has neither data nor a collection.
  const isThere = entry.get('data') !== undefined && Boolean(entry.get('collection'));
  const address = isThere ? `${entry.get('collection')}/${entry.get('slug') ?? ''}` : '';
  if (address !== (form?.address ?? '')) begin(address);
  if (form) ids.set(entry, form.id);
  if (!form || entry.get('isPersisting')) return;
  if (!hasChanged) {
    pending = undefined;
    if (form.isKept || form.isSending) forget();
    form.data = entry.get('data');
    return;
  }
  const data = entry.get('data');
  if (data === form.data) return;
  form.data = data;
  pending = { form, entry, since: pending?.since ?? Date.now() };
  clearTimeout(timer);
  const left = pending.since + LATEST_MS - Date.now();
  timer = setTimeout(() => void flushWorkingCopy(), Math.max(0, Math.min(PAUSE_MS, left)));
}

/** Another form is open, or none: what was typed in the former one is sent at once. */
function begin(address: string): void {
  void flushWorkingCopy();
  form = address
    ? {
        address,
        id: crypto.randomUUID(),
        isKept: false,
        isSending: false,
        replaces: undefined,
        data: undefined,
        ended: 0,
      }
    : undefined;
  setAutosaveState({ state: 'none' });
}

/** The text was saved, or is as it was saved: nothing is unsaved any more. */
function forget(): void {
  if (!form) return;
  const { id, replaces, isKept } = form;
  clearTimeout(timer);
  pending = undefined;
  // What was typed during the save is a change again.
  form.data = undefined;
  form.ended++;
  form.isKept = false;
  form.replaces = undefined;
  setAutosaveState({ state: 'none' });
  const ids = [...(isKept ? [id] : []), ...(replaces ? [replaces.id] : [])];
  for (const one of ids) calls = calls.then(() => api.removeWorkingCopy(one).catch(() => {}));
}

async function keep(of: Form, entry: Entry, isClosing: boolean): Promise<void> {
  const { ended } = of;
  of.isSending = true;
  try {
    const { folder, path, isNew, title, text: typed, slug } = fileOf(entry);
    const text = isClosing ? typed : await uploadPictures(picturesOf(entry), typed);
    const { at } = await api.keepWorkingCopy(
      {
        ...{ id: of.id, folder, text, slug },
        title: title.slice(0, 200),
        ...(isNew ? {} : { path }),
        version: isNew ? null : (versionOf(path) ?? null),
        ...(of.replaces ? { replaces: of.replaces } : {}),
      },
      isClosing,
    );
    of.replaces = undefined;
    if (of.ended !== ended) {
      // Saved while this call was on its way.
      await api.removeWorkingCopy(of.id).catch(() => {});
      return;
    }
    of.isKept = true;
    if (of === form) setAutosaveState({ state: 'kept', at });
  } catch (error) {
    if (of !== form) return;
    const status = error instanceof ApiError ? error.status : 0;
    const why = status === 413 || status === 429 ? (error as Error).message : '';
    setAutosaveState({ state: 'here', why: status === 401 ? '登录过期了' : why });
    if (pending) return;
    pending = { form: of, entry, since: Date.now() };
    timer = setTimeout(() => void flushWorkingCopy(), RETRY_MS);
  } finally {
    of.isSending = false;
  }
}
