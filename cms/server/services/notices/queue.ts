import type { DatabaseSync } from 'node:sqlite';

/** Notices that wait to be sent, in the database: they outlive a restart, and are tried again later and later. */

const SCHEMA = `
CREATE TABLE IF NOT EXISTS noticeQueue (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  /** \`mail\`, or the kind of a robot. */
  channel TEXT NOT NULL,
  /** E-mail address; empty for a robot. */
  recipient TEXT NOT NULL,
  line TEXT NOT NULL,
  /** Id of what the line is about, see \`targets\`; empty for nothing. */
  target TEXT NOT NULL,
  /** ISO 8601, UTC. */
  createdAt TEXT NOT NULL,
  nextAt TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  lastError TEXT NOT NULL DEFAULT '',
  /** \`waiting\`, \`sent\` or \`failed\`. */
  state TEXT NOT NULL DEFAULT 'waiting'
) STRICT;
CREATE INDEX IF NOT EXISTS noticeQueueDue ON noticeQueue (state, nextAt);
/** What the links of notices stand for: an entry's own address would tell its title. */
CREATE TABLE IF NOT EXISTS noticeTargets (
  id TEXT PRIMARY KEY,
  path TEXT NOT NULL UNIQUE
) STRICT;
`;

const MINUTE_MS = 60_000;
/** After each failure; after the last, it is given up. */
const AGAIN_AFTER_MINUTES = [1, 5, 15, 60, 180, 360, 720];
/** Sent and given up notices are forgotten after so many days. */
const KEPT_DAYS = 30;
/** Beyond this many waiting, something is wrong: no more are taken. */
const MOST_WAITING = 5000;

export interface QueuedNotice {
  id: number;
  channel: string;
  recipient: string;
  line: string;
  target: string;
  createdAt: string;
  nextAt: string;
  attempts: number;
  lastError: string;
  state: 'waiting' | 'sent' | 'failed';
}

export interface QueueState {
  waiting: number;
  failed: number;
  sent: number;
  /** Those that could not be sent, the latest first. */
  troubles: QueuedNotice[];
}

export function openNoticeQueue(database: DatabaseSync, now: () => Date, newId: () => string) {
  database.exec(SCHEMA);
  const count = (state: QueuedNotice['state']) =>
    Number(database.prepare('SELECT count(*) AS n FROM noticeQueue WHERE state = ?').get(state)?.n);
  return {
    /** @param delayMs how long other lines for the same recipient are waited for */
    add(
      { channel, recipient, line, target }: Pick<QueuedNotice, 'channel' | 'recipient' | 'line' | 'target'>,
      delayMs: number,
    ): void {
      if (count('waiting') >= MOST_WAITING) return;
      const at = now();
      database
        .prepare(
          'INSERT INTO noticeQueue (channel, recipient, line, target, createdAt, nextAt) VALUES (?, ?, ?, ?, ?, ?)',
        )
        .run(
          channel,
          recipient,
          line,
          target,
          at.toISOString(),
          new Date(at.getTime() + delayMs).toISOString(),
        );
    },
    /** What is due, grouped by channel and recipient: one message each. */
    due(): QueuedNotice[][] {
      const rows = database
        .prepare("SELECT * FROM noticeQueue WHERE state = 'waiting' AND nextAt <= ? ORDER BY id")
        .all(now().toISOString()) as unknown as QueuedNotice[];
      return [
        ...Map.groupBy(rows, ({ channel, recipient }) => JSON.stringify([channel, recipient])).values(),
      ];
    },
    sent(rows: readonly QueuedNotice[]): void {
      for (const { id } of rows)
        database.prepare("UPDATE noticeQueue SET state = 'sent', lastError = '' WHERE id = ?").run(id);
    },
    /** Notes a failure; it is tried again later, unless that is useless or was tried often enough. */
    failed(rows: readonly QueuedNotice[], why: string, isFinal: boolean): void {
      for (const { id, attempts } of rows) {
        const minutes = isFinal ? undefined : AGAIN_AFTER_MINUTES[attempts];
        const next = new Date(now().getTime() + (minutes ?? 0) * MINUTE_MS).toISOString();
        database
          .prepare(
            'UPDATE noticeQueue SET attempts = attempts + 1, lastError = ?, nextAt = ?, state = ? WHERE id = ?',
          )
          .run(why, next, minutes === undefined ? 'failed' : 'waiting', id);
      }
    },
    /** Tries everything again now, what was given up too. */
    retryAll(): void {
      database
        .prepare(
          "UPDATE noticeQueue SET state = 'waiting', attempts = 0, nextAt = ? WHERE state <> 'sent' AND lastError <> ''",
        )
        .run(now().toISOString());
    },
    state: (): QueueState => ({
      waiting: count('waiting'),
      failed: count('failed'),
      sent: count('sent'),
      troubles: database
        .prepare("SELECT * FROM noticeQueue WHERE lastError <> '' ORDER BY id DESC LIMIT 20")
        .all() as unknown as QueuedNotice[],
    }),
    /** Id of an entry for links, always the same. */
    targetOf(path: string): string {
      database.prepare('INSERT OR IGNORE INTO noticeTargets VALUES (?, ?)').run(newId(), path);
      return String(database.prepare('SELECT id FROM noticeTargets WHERE path = ?').get(path)?.id);
    },
    pathOf(id: string): string | undefined {
      const row = database.prepare('SELECT path FROM noticeTargets WHERE id = ?').get(id);
      return row && String(row.path);
    },
    moved(from: string, to: string): void {
      database.prepare('UPDATE OR REPLACE noticeTargets SET path = ? WHERE path = ?').run(to, from);
    },
    purge(): void {
      const before = new Date(now().getTime() - KEPT_DAYS * 24 * 60 * MINUTE_MS).toISOString();
      database.prepare("DELETE FROM noticeQueue WHERE state <> 'waiting' AND createdAt < ?").run(before);
    },
  };
}
