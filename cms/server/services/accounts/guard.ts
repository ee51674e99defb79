import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { networkOf } from '../network-address.ts';

/**
 * Lock-out: failures are counted in the database, for each login and for each network address, before the password is
 * checked, so that neither a restart nor a hundred simultaneous attempts get around it. Unknown logins count too. A device
 * from which the account has signed in before (`devices.ts`) has a count of its own and none of the others, so that no
 * stranger can lock people out of their own computers.
 */

/** Failures of one login name in a row before it is locked. */
export const MAX_FAILURES = 8;
/** Failures from one address (`networkOf`): an office of forty shares one. */
export const MAX_ADDRESS_FAILURES = 60;
export const LOCK_MINUTES = 15;

const WINDOW_MS = LOCK_MINUTES * 60_000;

const SCHEMA = `
CREATE TABLE IF NOT EXISTS loginFailures (
  key TEXT PRIMARY KEY,
  count INTEGER NOT NULL,
  until INTEGER NOT NULL
) STRICT;
`;

export interface Attempt {
  /** Minutes to wait, when the name or the address is locked: nothing may be tried. */
  lockedFor?: number;
  /** Whether this attempt, should it fail, locks the name. */
  isLast: boolean;
  /** The attempt was right: it is not counted, and the count of the login starts at zero again. */
  succeeded: () => void;
}

export interface Guard {
  /**
   * Begins an attempt; it counts as a failure until it has succeeded. Without a login only the address counts.
   *
   * @param device of a known device, see `Devices.keyOf`: only its own failures count
   */
  attempt: (login: string | undefined, address: string, device?: string) => Attempt;
  /** Forgets the failures of a login, when an administrator gives a new password. */
  clear: (login: string) => void;
}

/** Names are kept as digests: people also type passwords there. */
const keyOf = (kind: string, value: string) =>
  `${kind}:${createHash('sha256').update(value.trim().toLowerCase()).digest('base64url')}`;

export function createGuard(database: DatabaseSync): Guard {
  database.exec(SCHEMA);
  const read = database.prepare('SELECT count, until FROM loginFailures WHERE key = ?');
  const count = database.prepare(`
    INSERT INTO loginFailures (key, count, until) VALUES (?, 1, ?)
    ON CONFLICT (key) DO UPDATE SET count = count + 1, until = excluded.until
    RETURNING count`);
  const back = database.prepare('UPDATE loginFailures SET count = count - 1 WHERE key = ? AND count > 0');
  const forget = database.prepare('DELETE FROM loginFailures WHERE key = ?');
  // A lock beyond the longest possible one was written while the clock was ahead.
  const sweep = database.prepare('DELETE FROM loginFailures WHERE until <= ? OR until > ?');

  const lockedFor = (key: string, max: number, now: number) => {
    const row = read.get(key) as { count: number; until: number } | undefined;
    return row && row.count >= max ? Math.ceil((row.until - now) / 60_000) : 0;
  };

  return {
    attempt(login, address, device) {
      const now = Date.now();
      sweep.run(now, now + WINDOW_MS);
      const own = device === undefined ? undefined : keyOf('device', device);
      const name = own ?? (login === undefined ? undefined : keyOf('login', login));
      const place = own === undefined ? keyOf('address', networkOf(address)) : undefined;
      const wait = Math.max(
        name ? lockedFor(name, MAX_FAILURES, now) : 0,
        place ? lockedFor(place, MAX_ADDRESS_FAILURES, now) : 0,
      );
      if (wait > 0) return { lockedFor: wait, isLast: false, succeeded: () => {} };
      if (place) count.run(place, now + WINDOW_MS);
      const failures = name ? (count.get(name, now + WINDOW_MS)?.count as number) : 0;
      return {
        isLast: failures >= MAX_FAILURES,
        succeeded() {
          if (name) forget.run(name);
          if (place) back.run(place);
        },
      };
    },
    clear: (login) => {
      forget.run(keyOf('login', login));
    },
  };
}
