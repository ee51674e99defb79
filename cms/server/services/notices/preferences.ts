import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { NOTICE_KINDS, type NoticeKind } from './wording.ts';

/** Where a person wants notices, and which not. */

export interface Preferences {
  /** Empty: none by e-mail. */
  email: string;
  off: readonly NoticeKind[];
}

const SCHEMA = `
CREATE TABLE IF NOT EXISTS noticePreferences (
  login TEXT PRIMARY KEY,
  email TEXT NOT NULL,
  /** JSON list of the kinds that are not wanted. */
  off TEXT NOT NULL
) STRICT;
`;

export const emailAddress = z.union([z.literal(''), z.email('邮箱写得不对').max(200)]);

const KINDS = Object.keys(NOTICE_KINDS) as NoticeKind[];

export function openPreferences(database: DatabaseSync) {
  database.exec(SCHEMA);
  return {
    of(login: string): Preferences {
      const row = database.prepare('SELECT email, off FROM noticePreferences WHERE login = ?').get(login);
      if (!row) return { email: '', off: [] };
      const off = new Set<string>(JSON.parse(String(row.off)));
      return { email: String(row.email), off: KINDS.filter((kind) => off.has(kind)) };
    },
    change(login: string, { email, off }: Preferences): void {
      database
        .prepare(
          `INSERT INTO noticePreferences VALUES (?, ?, ?)
           ON CONFLICT (login) DO UPDATE SET email = excluded.email, off = excluded.off`,
        )
        .run(login, email, JSON.stringify(off));
    },
  };
}
