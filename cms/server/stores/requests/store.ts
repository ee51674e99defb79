import { randomInt } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { addDays } from '../../../../src/calendar/days.ts';
import {
  REQUEST_STATES,
  type RequestState,
  type VisitRequest,
} from '../../../../src/caravan/request/request.ts';
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
`;

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
  /** Undefined when the key file is not the one it was sealed with. */
  contents: Contents | undefined;
}

interface Row {
  reference: string;
  state: string;
  createdAt: string;
  changedAt: string;
  keptUntil: string;
  draft: string;
  sealed: Uint8Array;
}

/** Crockford's base 32: no letters that are taken for digits. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const block = () => Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');

/** `DP26-7K3F-9QWX`: the year and forty random bits. */
const newReference = (day: string) => `DP${day.slice(2, 4)}-${block()}-${block()}`;

/** A reference number as people type it, in its own spelling; undefined when it cannot be one. */
export function asReference(typed: string): string | undefined {
  const plain = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-—－]/g, '');
  const [, year, first, second] = /^DP(\d\d)([0-9A-Z]{4})([0-9A-Z]{4})$/.exec(plain) ?? [];
  if (!year || !first || !second) return undefined;
  return `DP${year}-${first}-${second}`.replace(/(?<=-.*)[OIL]/g, (letter) => (letter === 'O' ? '0' : '1'));
}

/** Opens the table, made when there is none. `today` is a day in Asia/Shanghai. */
export function openStore(
  database: DatabaseSync,
  seal: Seal,
  { now, today, keepDays }: { now: () => Date; today: () => string; keepDays: number },
) {
  // What is deleted is overwritten in the file, not only forgotten: https://www.sqlite.org/pragma.html#pragma_secure_delete
  database.exec(`PRAGMA secure_delete = ON; ${SCHEMA}`);
  const read = (row: Row): KeptRequest => ({
    reference: row.reference,
    state: row.state as RequestState,
    createdAt: row.createdAt,
    changedAt: row.changedAt,
    keptUntil: row.keptUntil,
    draft: row.draft,
    contents: seal.open(row.reference, row.sealed) as Contents | undefined,
  });
  const find = (reference: string): KeptRequest | undefined => {
    const row = database.prepare('SELECT * FROM visitRequests WHERE reference = ?').get(reference);
    return row && read(row as unknown as Row);
  };
  /** The write-ahead log still holds what was deleted until it is folded into the file. */
  const wipe = () => database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  const keptUntil = (asked: VisitRequest, state: RequestState) => {
    const last = [asked.day, asked.otherDay ?? ''].toSorted().at(-1) as string;
    return addDays(state === 'declined' ? today() : last, keepDays);
  };

  return {
    find,
    /** Keeps a request and gives it its reference number. */
    add(asked: VisitRequest): string {
      const reference = newReference(today());
      const at = now().toISOString();
      database
        .prepare('INSERT INTO visitRequests VALUES (?, ?, ?, ?, ?, ?, ?)')
        .run(
          reference,
          'new' satisfies RequestState,
          at,
          at,
          keptUntil(asked, 'new'),
          '',
          seal.close(reference, { asked, note: '' } satisfies Contents),
        );
      return reference;
    },
    /** All requests, those that wait first, then the latest. */
    list(): KeptRequest[] {
      const order = Object.keys(REQUEST_STATES);
      return database
        .prepare('SELECT * FROM visitRequests ORDER BY createdAt DESC')
        .all()
        .map((row) => read(row as unknown as Row))
        .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
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
      if (changes > 0) wipe();
      return Number(changes);
    },
  };
}
