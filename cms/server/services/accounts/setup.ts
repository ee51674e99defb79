import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';

/** The one-time link of a first start: it allows making the administrator's account. Only its digest is kept. */

const VALID_HOURS = 24;

const SCHEMA = `
CREATE TABLE IF NOT EXISTS setupLink (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  digest TEXT NOT NULL,
  until INTEGER NOT NULL
) STRICT;
`;

const digestOf = (token: string) => createHash('sha256').update(token).digest();

export function setupToken(database: DatabaseSync) {
  database.exec(SCHEMA);
  return {
    /** A new token; an older one is void. */
    make(): string {
      const token = randomBytes(24).toString('base64url');
      database
        .prepare('INSERT OR REPLACE INTO setupLink (one, digest, until) VALUES (1, ?, ?)')
        .run(digestOf(token).toString('hex'), Date.now() + VALID_HOURS * 3_600_000);
      return token;
    },
    isValid(token: string): boolean {
      const row = database.prepare('SELECT digest FROM setupLink WHERE until > ?').get(Date.now());
      return !!row && timingSafeEqual(Buffer.from(String(row.digest), 'hex'), digestOf(token));
    },
    /** Uses the token up; false when it was not valid. */
    use(token: string): boolean {
      if (!this.isValid(token)) return false;
      return Number(database.prepare('DELETE FROM setupLink').run().changes) > 0;
    },
  };
}
