import { randomBytes } from 'node:crypto';
import type { ImportRow } from './import-row.ts';
import type { Table } from './reading.ts';

/** Import previews between upload and confirmation: in memory, one for each user, with an expiry. */

const KEPT_MS = 30 * 60_000;
/** Previews of all users; the oldest are dropped. */
const MAX_KEPT = 20;

export interface Preview {
  /** Name of the uploaded file. */
  name: string;
  rows: ImportRow[];
  unknown: Table['unknown'];
}

export interface Outcome {
  name: string;
  saved: ImportRow[];
  failed: { row: ImportRow; message: string }[];
}

interface Kept {
  personId: string;
  until: number;
  preview?: Preview;
  outcome?: Outcome;
}

export interface Previews {
  /** Stores a preview in place of the user's former one; returns its token. */
  keep: (personId: string, preview: Preview) => string;
  read: (personId: string, token: string) => Preview | undefined;
  /** Returns the preview and removes it, so that it is saved only once. */
  take: (personId: string, token: string) => Preview | undefined;
  finish: (personId: string, token: string, outcome: Outcome) => void;
  outcome: (personId: string, token: string) => Outcome | undefined;
}

export function keepPreviews(now: () => number = Date.now): Previews {
  const kept = new Map<string, Kept>();
  const find = (personId: string, token: string) => {
    const found = kept.get(token);
    return found && found.personId === personId && found.until > now() ? found : undefined;
  };
  return {
    keep(personId, preview) {
      for (const [token, item] of kept)
        if (item.personId === personId || item.until <= now()) kept.delete(token);
      for (const token of kept.keys()) if (kept.size >= MAX_KEPT) kept.delete(token);
      const token = randomBytes(18).toString('base64url');
      kept.set(token, { personId, until: now() + KEPT_MS, preview });
      return token;
    },
    read: (personId, token) => find(personId, token)?.preview,
    take(personId, token) {
      const found = find(personId, token);
      const preview = found?.preview;
      if (found) delete found.preview;
      return preview;
    },
    finish(personId, token, outcome) {
      kept.set(token, { personId, until: now() + KEPT_MS, outcome });
    },
    outcome: (personId, token) => find(personId, token)?.outcome,
  };
}
