import { currentDraft, onDraftChange } from './store.ts';

/**
 * Version of each file as it was when its text came into the form. It is kept in the browser while something is not
 * saved: what is taken up again after a crash was written on the version of then, not on the newest one.
 */

const opened = new Map<string, string>();

const keyOf = (path: string) => `portal.opened.${path}`;

export const versionOf = (path: string): string | undefined => opened.get(path);

export function setVersion(path: string, version: string | undefined): void {
  if (version === undefined) opened.delete(path);
  else opened.set(path, version);
}

/** Published versions that somebody has taken into account after a conflict with them. */
const seen = new Map<string, string>();

export const markSeen = (path: string, version: string): void => {
  seen.set(path, version);
};

/** The published version that was taken into account; asked for once. */
export function takeSeen(path: string): string | undefined {
  const version = seen.get(path);
  seen.delete(path);
  return version;
}

/** Watches for forms that become changed, by typing or from what was left after a crash. */
export function watchVersions(): void {
  let last = currentDraft();
  onDraftChange(() => {
    const next = currentDraft();
    const path = String(next.entry.get('path') ?? '');
    const wasRestored = next.key !== last.key && next.hasChanged;
    const kept = localStorage.getItem(keyOf(path));
    if (path && wasRestored && kept) opened.set(path, kept);
    else if (path && next.hasChanged && !last.hasChanged) {
      const version = opened.get(path);
      if (version) localStorage.setItem(keyOf(path), version);
    } else if (path && !next.hasChanged && last.hasChanged) localStorage.removeItem(keyOf(path));
    last = next;
  });
}
