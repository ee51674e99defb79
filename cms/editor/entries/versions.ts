import { currentDraft, onDraftChange } from './store.ts';

/**
 * The version of each file that its form was filled from. A draft restored after a crash is based on the version of that
 * time, not on the newest one: the browser's backup keeps it (`patches/keep-slug-and-version-in-backup.patch`).
 */

const opened = new Map<string, string>();

export const versionOf = (path: string): string | undefined => opened.get(path);

export function setVersion(path: string, version: string | undefined): void {
  if (version === undefined) opened.delete(path);
  else opened.set(path, version);
}

/** Published versions that the editor has seen in the conflict dialog and decided about. */
const acknowledged = new Map<string, string>();

export const setAcknowledged = (path: string, version: string): void => {
  acknowledged.set(path, version);
};

/** Returns the acknowledged version and forgets it. */
export function takeAcknowledged(path: string): string | undefined {
  const version = acknowledged.get(path);
  acknowledged.delete(path);
  return version;
}

/** Follows the store: restores the version of a draft from the browser's backup, and blocks input while a new entry is saved. */
export function watchVersions(): void {
  let { key } = currentDraft();
  onDraftChange(() => {
    const next = currentDraft();
    blockInputWhileCreating(next.entry);
    if (next.key === key) return;
    key = next.key;
    const version = next.entry.get('openedVersion');
    if (next.hasChanged && typeof version === 'string') opened.set(String(next.entry.get('path')), version);
  });
}

/** After the first save Decap fills the form from the new file: what is typed until then would be lost. */
function blockInputWhileCreating(entry: ReturnType<typeof currentDraft>['entry']): void {
  const isBlocked =
    entry.get('newRecord') === true && Boolean(entry.get('isPersisting') || entry.get('slug'));
  document.getElementById('nc-root')?.toggleAttribute('inert', isBlocked);
}
