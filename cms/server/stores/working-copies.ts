import type { DatabaseSync } from 'node:sqlite';

/**
 * The table of working copies: what people have typed and not saved. It is in the database and not in the content
 * repository, because a copy changes every few seconds and must be gone for good once it is saved or discarded.
 */

const SCHEMA = `
CREATE TABLE IF NOT EXISTS workingCopies (
  person TEXT NOT NULL,
  id TEXT NOT NULL,
  folder TEXT NOT NULL,
  /** Empty for an entry that was never saved. */
  path TEXT NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  slug TEXT NOT NULL,
  version TEXT,
  /** ISO 8601, UTC. */
  at TEXT NOT NULL,
  machine TEXT NOT NULL,
  /** Of the text. */
  bytes INTEGER NOT NULL,
  PRIMARY KEY (person, id)
) STRICT;
`;

export interface KeptCopy {
  id: string;
  folder: string;
  path: string;
  title: string;
  text: string;
  slug: string;
  version: string | null;
  at: string;
  machine: string;
}

/** Opens the table, made when there is none. Every function is about the copies of one person. */
export function openWorkingCopyStore(database: DatabaseSync) {
  // What is deleted is overwritten in the file: https://www.sqlite.org/pragma.html#pragma_secure_delete
  database.exec(`PRAGMA secure_delete = ON; ${SCHEMA}`);
  const COLUMNS = 'id, folder, path, title, slug, version, at, machine';
  return {
    put(person: string, { id, folder, path, title, text, slug, version, at, machine }: KeptCopy): void {
      database
        .prepare('INSERT OR REPLACE INTO workingCopies VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
        .run(person, id, folder, path, title, text, slug, version, at, machine, Buffer.byteLength(text));
    },
    /** Without their texts, newest first. */
    list: (person: string): Omit<KeptCopy, 'text'>[] =>
      database
        .prepare(`SELECT ${COLUMNS} FROM workingCopies WHERE person = ? ORDER BY at DESC`)
        .all(person) as unknown as Omit<KeptCopy, 'text'>[],
    find: (person: string, id: string): KeptCopy | undefined =>
      database
        .prepare(`SELECT ${COLUMNS}, text FROM workingCopies WHERE person = ? AND id = ?`)
        .get(person, id) as unknown as KeptCopy | undefined,
    /** How many copies a person has besides one, and their bytes. */
    used(person: string, besides: string): { count: number; bytes: number } {
      const row = database
        .prepare(
          'SELECT count(*) AS count, coalesce(sum(bytes), 0) AS bytes FROM workingCopies WHERE person = ? AND id <> ?',
        )
        .get(person, besides);
      return { count: Number(row?.count), bytes: Number(row?.bytes) };
    },
    /** @param at of the copy that is meant; a copy that has changed since stays */
    remove(person: string, id: string, at?: string): void {
      database
        .prepare('DELETE FROM workingCopies WHERE person = ? AND id = ? AND (? IS NULL OR at = ?)')
        .run(person, id, at ?? null, at ?? null);
    },
    /** Deletes those that have not changed since; returns how many there were. */
    purge: (before: string): number =>
      Number(database.prepare('DELETE FROM workingCopies WHERE at < ?').run(before).changes),
  };
}
