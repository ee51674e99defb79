import type { DatabaseSync } from 'node:sqlite';

/** Codes of the authenticator that were used: each signs in once (RFC 6238, 5.2). */

const SCHEMA = `
CREATE TABLE IF NOT EXISTS usedCodes (
  person TEXT NOT NULL,
  code TEXT NOT NULL,
  until INTEGER NOT NULL,
  PRIMARY KEY (person, code)
) STRICT;
`;

/** better-auth accepts a code in its period of 30 s and one before and after. */
const CODE_VALID_MS = 120_000;

/** Marks a code as used; false when it was used before. */
export function oneTimeCodes(database: DatabaseSync) {
  database.exec(SCHEMA);
  return (person: string, code: string): boolean => {
    const now = Date.now();
    database.prepare('DELETE FROM usedCodes WHERE until <= ?').run(now);
    return (
      Number(
        database
          .prepare('INSERT INTO usedCodes (person, code, until) VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
          .run(person, code, now + CODE_VALID_MS).changes,
      ) > 0
    );
  };
}
