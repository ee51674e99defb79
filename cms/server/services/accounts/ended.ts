import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { LONGEST_HOURS } from './auth.ts';

/** Why sessions ended, so that the login page can say it; kept for two days, by a digest of the session's token. */

const KEPT_MS = 2 * 86_400_000;

const SCHEMA = `
CREATE TABLE IF NOT EXISTS endedSessions (
  digest TEXT PRIMARY KEY,
  why TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
`;

/** Why, in Chinese sentences without their full stop. */
export const ENDED = {
  longest: `登录满 ${LONGEST_HOURS} 小时了，请重新登录`,
  password: '密码换过了，这里的登录已经结束，请用新密码登录',
  closed: '这个账号已经停用，需要时请找管理员',
  elsewhere: '这里的登录在别的设备上被结束了，请重新登录',
  unknown: '登录已经结束（太久没有用，或者在别处结束了），请重新登录',
} as const;

export const endedByIdling = (minutes: number): string =>
  `超过 ${minutes % 60 === 0 ? `${minutes / 60} 小时` : `${minutes} 分钟`}没有用，登录已经结束，请重新登录`;

const digestOf = (token: string) => createHash('sha256').update(token).digest('base64url');

export type EndedSessions = ReturnType<typeof endedSessions>;

export function endedSessions(database: DatabaseSync) {
  database.exec(SCHEMA);
  return {
    /** Notes why a session ends. */
    note(token: string, why: string): void {
      const now = Date.now();
      database.prepare('DELETE FROM endedSessions WHERE at < ? OR at > ?').run(now - KEPT_MS, now + KEPT_MS);
      database.prepare('INSERT OR IGNORE INTO endedSessions VALUES (?, ?, ?)').run(digestOf(token), why, now);
    },
    /** Why the session of a `Cookie` header is over, a sentence; undefined when the header names none. */
    why(cookie: string): string | undefined {
      const [, token] = /(?:^|;\s*)portal\.session_token=([\w-]{8,})(?:\.|%2E)/i.exec(cookie) ?? [];
      if (token === undefined) return undefined;
      const row = database.prepare('SELECT why FROM endedSessions WHERE digest = ?').get(digestOf(token));
      return row ? String(row.why) : ENDED.unknown;
    },
  };
}
