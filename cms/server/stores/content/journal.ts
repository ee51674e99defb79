import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from '../../../../src/runtime/write-atomically.ts';

/**
 * Updates of references that have begun. Git locks all references of a transaction, but renames the locks one after the
 * other: when the power fails in between, this journal says how to finish.
 */

/** A reference and the values that it has and gets; null is none. */
const move = z.object({ ref: z.string(), from: z.string().nullable(), to: z.string().nullable() });

export type RefUpdate = z.output<typeof move>;

export interface Journal {
  /** Updates that have begun and are not known to be finished. */
  pending: () => readonly RefUpdate[] | undefined;
  begin: (moves: readonly RefUpdate[]) => void;
  end: () => void;
}

/** The journal in a repository's folder. */
export function openJournal(folder: string): Journal {
  const file = join(folder, 'portal-moves.json');
  let pending: readonly RefUpdate[] | undefined;
  try {
    pending = z.array(move).parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // Missing or incomplete: nothing had begun.
  }
  return {
    pending: () => pending,
    begin(moves) {
      // A single update needs no file: it is made or not, and this process can ask which.
      if (moves.length > 1) writeFileAtomic(file, JSON.stringify(moves));
      pending = moves;
    },
    end() {
      rmSync(file, { force: true });
      pending = undefined;
    },
  };
}
