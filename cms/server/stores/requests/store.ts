import type { DatabaseSync } from 'node:sqlite';
import { addDays } from '../../../../src/calendar/days.ts';
import {
  REQUEST_STATES,
  type RequestState,
  type VisitRequest,
} from '../../../../src/caravan/request/request.ts';
import { newReference, newSecret, plainSecret } from './reference.ts';
import type { Seal } from './sealing.ts';

/**
 * The table of requests. Reference number, state and dates are readable in the database; everything that a person wrote,
 * the office's notes too, is encrypted.
 */

/** Days that a request is kept after the day asked for or, once declined, after that. */
export const KEEP_DAYS = 180;

const SCHEMA = `
CREATE TABLE IF NOT EXISTS visitRequests (
  reference TEXT PRIMARY KEY,
  state TEXT NOT NULL,
  /** When it came and when it last changed: ISO 8601, UTC. */
  createdAt TEXT NOT NULL,
  changedAt TEXT NOT NULL,
  /** Last day on which it is kept. */
  keptUntil TEXT NOT NULL,
  /** Path of the draft made of it; empty before. */
  draft TEXT NOT NULL,
  sealed BLOB NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS visitRequestsKept ON visitRequests (keptUntil);
/** What remains of a request that its sender deleted: nothing of what was written. */
CREATE TABLE IF NOT EXISTS withdrawnRequests (
  reference TEXT PRIMARY KEY,
  withdrawnAt TEXT NOT NULL,
  keptUntil TEXT NOT NULL,
  draft TEXT NOT NULL
) STRICT;
`;

/** Columns that came after the first version: name and definition. */
const LATER_COLUMNS = {
  /** Came in a busy hour, see `services/requests/admission.ts`. */
  busy: 'INTEGER NOT NULL DEFAULT 0',
  /** Digest of the sender's own secret; empty in requests of before. */
  secretDigest: "TEXT NOT NULL DEFAULT ''",
};

function addLaterColumns(database: DatabaseSync): void {
  const there = new Set(
    database
      .prepare('PRAGMA table_info(visitRequests)')
      .all()
      .map(({ name }) => name),
  );
  for (const [name, definition] of Object.entries(LATER_COLUMNS))
    if (!there.has(name)) database.exec(`ALTER TABLE visitRequests ADD COLUMN ${name} ${definition}`);
}

/** What is sealed. */
interface Contents {
  asked: VisitRequest;
  /** The office's own notes. */
  note: string;
}

export interface KeptRequest {
  reference: string;
  state: RequestState;
  createdAt: string;
  changedAt: string;
  keptUntil: string;
  draft: string;
  /** Came in a busy hour: to be looked at closely. */
  isBusy: boolean;
  /** Undefined when the key file is not the one it was sealed with. */
  contents: Contents | undefined;
}

/** A request that its sender deleted. */
export interface WithdrawnRequest {
  reference: string;
  withdrawnAt: string;
  /** Path of the draft made of it before; empty when there was none. */
  draft: string;
}

/** What the sender gets: the number, and the secret that is shown only now. */
export interface Ticket {
  reference: string;
  secret: string;
}

interface Row {
  reference: string;
  state: string;
  createdAt: string;
  changedAt: string;
  keptUntil: string;
  draft: string;
  sealed: Uint8Array;
  busy: number;
  secretDigest: string;
}

/** Opens the table, made when there is none. `today` is a day in Asia/Shanghai. */
export function openStore(
  database: DatabaseSync,
  seal: Seal,
  { now, today, keepDays }: { now: () => Date; today: () => string; keepDays: number },
) {
  // What is deleted is overwritten in the file, not only forgotten: https://www.sqlite.org/pragma.html#pragma_secure_delete
  database.exec(`PRAGMA secure_delete = ON; ${SCHEMA}`);
  addLaterColumns(database);
  const read = (row: Row): KeptRequest => ({
    reference: row.reference,
    state: row.state as RequestState,
    createdAt: row.createdAt,
    changedAt: row.changedAt,
    keptUntil: row.keptUntil,
    draft: row.draft,
    isBusy: row.busy === 1,
    contents: seal.open(row.reference, row.sealed) as Contents | undefined,
  });
  const find = (reference: string): KeptRequest | undefined => {
    const row = database.prepare('SELECT * FROM visitRequests WHERE reference = ?').get(reference);
    return row && read(row as unknown as Row);
  };
  /** The write-ahead log still holds what was deleted until it is folded into the file. */
  const wipe = () => database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  const textOf = (reference: string, secret: string) => `secret:${reference}:${plainSecret(secret)}`;
  const digestOf = (reference: string, secret: string) => seal.sign(textOf(reference, secret));
  const keptUntil = (asked: VisitRequest, state: RequestState) => {
    const last = [asked.day, asked.otherDay ?? ''].toSorted().at(-1) as string;
    return addDays(state === 'declined' ? today() : last, keepDays);
  };

  return {
    find,
    /** Keeps a request and gives it its number and secret. */
    add(asked: VisitRequest, { isBusy = false }: { isBusy?: boolean } = {}): Ticket {
      const reference = newReference(today());
      const secret = newSecret();
      const at = now().toISOString();
      database
        .prepare(
          `INSERT INTO visitRequests
           (reference, state, createdAt, changedAt, keptUntil, draft, sealed, busy, secretDigest)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(
          reference,
          'new' satisfies RequestState,
          at,
          at,
          keptUntil(asked, 'new'),
          '',
          seal.close(reference, { asked, note: '' } satisfies Contents),
          isBusy ? 1 : 0,
          digestOf(reference, secret),
        );
      return { reference, secret };
    },
    /** The request of a number and its secret; undefined when one of them is wrong. */
    findOwn(reference: string, secret: string): KeptRequest | undefined {
      const row = database.prepare('SELECT * FROM visitRequests WHERE reference = ?').get(reference) as
        Row | undefined;
      const isOwn = row?.secretDigest && seal.isSigned(textOf(reference, secret), row.secretDigest);
      return row && isOwn ? read(row) : undefined;
    },
    /** Deletes a request because its sender wants it; only the number remains. */
    withdraw({ reference, keptUntil: last, draft }: KeptRequest): void {
      database
        .prepare('INSERT OR IGNORE INTO withdrawnRequests VALUES (?, ?, ?, ?)')
        .run(reference, now().toISOString(), last, draft);
      this.remove(reference);
    },
    /** Those that their senders deleted, the latest first. */
    withdrawn: (): WithdrawnRequest[] =>
      database
        .prepare('SELECT reference, withdrawnAt, draft FROM withdrawnRequests ORDER BY withdrawnAt DESC')
        .all() as unknown as WithdrawnRequest[],
    /** All requests, those that wait first, then the latest. */
    list(): KeptRequest[] {
      const order = Object.keys(REQUEST_STATES);
      return database
        .prepare('SELECT * FROM visitRequests ORDER BY createdAt DESC')
        .all()
        .map((row) => read(row as unknown as Row))
        .sort(
          (a, b) => order.indexOf(a.state) - order.indexOf(b.state) || Number(a.isBusy) - Number(b.isBusy),
        );
    },
    /** Changes state, note or draft of a request; one that cannot be read keeps what is sealed. */
    change(reference: string, change: { state?: RequestState; note?: string; draft?: string }): void {
      const kept = find(reference);
      if (!kept) return;
      const state = change.state ?? kept.state;
      const contents = kept.contents && { ...kept.contents, note: change.note ?? kept.contents.note };
      database
        .prepare(
          'UPDATE visitRequests SET state = ?, changedAt = ?, keptUntil = ?, draft = ? WHERE reference = ?',
        )
        .run(
          state,
          now().toISOString(),
          contents && state !== kept.state ? keptUntil(contents.asked, state) : kept.keptUntil,
          change.draft ?? kept.draft,
          reference,
        );
      if (contents)
        database
          .prepare('UPDATE visitRequests SET sealed = ? WHERE reference = ?')
          .run(seal.close(reference, contents), reference);
    },
    remove(reference: string): void {
      database.prepare('DELETE FROM visitRequests WHERE reference = ?').run(reference);
      wipe();
    },
    /** Deletes what has been kept long enough; how many there were. */
    purge(): number {
      const { changes } = database.prepare('DELETE FROM visitRequests WHERE keptUntil < ?').run(today());
      database.prepare('DELETE FROM withdrawnRequests WHERE keptUntil < ?').run(today());
      if (changes > 0) wipe();
      return Number(changes);
    },
  };
}
