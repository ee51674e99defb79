import { currentDraft, onDraftChange } from './store.ts';

/**
 * Version of each file as it was when its text came into the form. What is taken up again after a crash was written on
 * the version of then, not on the newest one: the browser's backup keeps it
 * (`patches/keep-slug-and-version-in-backup.patch`).
 */

const opened = new Map<string, string>();

export const versionOf = (path: string): string | undefined => opened.get(path);

export function setVersion(path: string, version: string | undefined): void {
  if (version === undefined) opened.delete(path);
  else opened.set(path, version);
}

/** Published versions that somebody has taken into account after a conflict with them. */
const seen = new Map<string, string>();

export const setAcknowledged = (path: string, version: string): void => {
  seen.set(path, version);
};

/** The published version that was taken into account; asked for once. */
export function takeAcknowledged(path: string): string | undefined {
  const version = seen.get(path);
  seen.delete(path);
  return version;
}

/** Watches for forms that are filled from what was left after a crash, and for entries that get their file. */
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

/** Once a new entry is saved, the form is filled from its file: what is typed in the meantime would be lost. */
function blockInputWhileCreating(entry: ReturnType<typeof currentDraft>['entry']): void {
  const isHeld = entry.get('newRecord') === true && Boolean(entry.get('isPersisting') || entry.get('slug'));
  document.getElementById('nc-root')?.toggleAttribute('inert', isHeld);
}
