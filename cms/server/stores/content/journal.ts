import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from '../../../../src/runtime/write-atomically.ts';

/**
 * Moves of references that have begun. Git holds all of them locked, but puts them in place one after the other; when the
 * power goes or the disk fails in between, what is written here says how to end.
 */

/** A reference and the values that it has and gets; null is none. */
const move = z.object({ ref: z.string(), from: z.string().nullable(), to: z.string().nullable() });

export type Move = z.output<typeof move>;

export interface Journal {
  /** What has begun and is not known to have ended. */
  pending: () => readonly Move[] | undefined;
  begin: (moves: readonly Move[]) => void;
  end: () => void;
}

/** The journal in a repository's folder. */
export function openJournal(folder: string): Journal {
  const file = join(folder, 'portal-moves.json');
  let pending: readonly Move[] | undefined;
  try {
    pending = z.array(move).parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // There is none, or it was not whole: then nothing had begun.
  }
  return {
    pending: () => pending,
    begin(moves) {
      // A single one is in place or not; what it came to can be asked while this process lives.
      if (moves.length > 1) writeFileAtomic(file, JSON.stringify(moves));
      pending = moves;
    },
    end() {
      rmSync(file, { force: true });
      pending = undefined;
    },
  };
}
