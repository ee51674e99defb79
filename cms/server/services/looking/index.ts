import { createHash, randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Name } from '../../../protocol/roles.ts';

/**
 * Links for looking at one draft without an account: for a leader, for an expert from outside. The address holds a secret
 * of 256 bits of which only the digest is kept; a link ends by itself and can be revoked.
 */

/** How long a link may live, in days. */
export const LINK_DAYS = [1, 3, 7] as const;

export type LinkDays = (typeof LINK_DAYS)[number];

/** More of one draft at a time are a mistake. */
export const MOST_LINKS = 20;
/** Answers by one link. */
export const MOST_ANSWERS = 10;

/** A link that is over is forgotten after this long. */
const FORGOTTEN_AFTER_MS = 30 * 86_400_000;

const SECRET_BYTES = 32;

const SCHEMA = `
CREATE TABLE IF NOT EXISTS lookLinks (
  id TEXT PRIMARY KEY,
  /** SHA-256 of the secret in the address. */
  digest TEXT NOT NULL UNIQUE,
  /** Path of the entry when the link was made. */
  path TEXT NOT NULL,
  /** The commit that it shows; empty when it follows the draft. */
  commitName TEXT NOT NULL,
  /** Who made it. */
  login TEXT NOT NULL,
  name TEXT NOT NULL,
  /** ISO 8601, UTC. */
  madeAt TEXT NOT NULL,
  expiresAt TEXT NOT NULL,
  revokedAt TEXT NOT NULL DEFAULT '',
  answers INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX IF NOT EXISTS lookLinksPath ON lookLinks (path);
`;

export interface LookLink {
  id: string;
  path: string;
  /** The commit that it shows; undefined when it follows the draft. */
  commit: string | undefined;
  by: Name;
  madeAt: string;
  expiresAt: string;
  answers: number;
}

interface Row {
  id: string;
  path: string;
  commitName: string;
  login: string;
  name: string;
  madeAt: string;
  expiresAt: string;
  answers: number;
}

const digestOf = (secret: string) => createHash('sha256').update(secret).digest('hex');

const linkOf = ({ id, path, commitName, login, name, madeAt, expiresAt, answers }: Row): LookLink => ({
  ...{ id, path, madeAt, expiresAt, answers },
  commit: commitName || undefined,
  by: { login, name },
});

export type LookLinks = ReturnType<typeof openLookLinks>;

/** Opens the table of links, made when there is none. */
export function openLookLinks({ database, now }: { database: DatabaseSync; now: () => Date }) {
  database.exec(SCHEMA);
  const alive = "revokedAt = '' AND expiresAt > ?";
  return {
    /**
     * Makes a link.
     *
     * @param commit the commit that it shows; undefined: whatever the draft becomes
     * @returns the secret of its address, which is not kept; undefined when the draft has enough of them
     */
    make({
      path,
      commit,
      by,
      days,
    }: Pick<LookLink, 'path' | 'commit' | 'by'> & { days: LinkDays }): string | undefined {
      if (this.of(path).length >= MOST_LINKS) return undefined;
      const at = now();
      const secret = randomBytes(SECRET_BYTES).toString('base64url');
      database
        .prepare(
          `INSERT INTO lookLinks (id, digest, path, commitName, login, name, madeAt, expiresAt)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(
          randomBytes(8).toString('hex'),
          digestOf(secret),
          path,
          commit ?? '',
          by.login,
          by.name,
          at.toISOString(),
          new Date(at.getTime() + days * 86_400_000).toISOString(),
        );
      return secret;
    },
    /** The link of a secret; undefined when there is none, or when it is over. */
    find(secret: string): LookLink | undefined {
      const row = database
        .prepare(`SELECT * FROM lookLinks WHERE digest = ? AND ${alive}`)
        .get(digestOf(secret), now().toISOString());
      return row && linkOf(row as unknown as Row);
    },
    /** The links of an entry that still work, the latest first. */
    of(path: string): LookLink[] {
      const rows = database
        .prepare(`SELECT * FROM lookLinks WHERE path = ? AND ${alive} ORDER BY madeAt DESC`)
        .all(path, now().toISOString());
      return (rows as unknown as Row[]).map(linkOf);
    },
    /** Ends a link of an entry; returns whether there was one. */
    revoke(path: string, id: string): boolean {
      const { changes } = database
        .prepare("UPDATE lookLinks SET revokedAt = ? WHERE id = ? AND path = ? AND revokedAt = ''")
        .run(now().toISOString(), id, path);
      return changes > 0;
    },
    /** The address of an entry has changed. */
    moved(from: string, to: string): void {
      database.prepare('UPDATE lookLinks SET path = ? WHERE path = ?').run(to, from);
    },
    /** Counts an answer; false when the link has had enough of them. */
    countAnswer(id: string): boolean {
      const { changes } = database
        .prepare('UPDATE lookLinks SET answers = answers + 1 WHERE id = ? AND answers < ?')
        .run(id, MOST_ANSWERS);
      return changes > 0;
    },
    /** Forgets links that have been over for long. */
    purge(): void {
      const before = new Date(now().getTime() - FORGOTTEN_AFTER_MS).toISOString();
      database.prepare('DELETE FROM lookLinks WHERE expiresAt < ?').run(before);
    },
  };
}
