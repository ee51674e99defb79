import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type Part, resultsFile } from './result.ts';

/** `results.json`: the newest figures of each benchmark at each size, whichever run they come from. */

const isSame = (a: Part, b: Part) => a.benchmark === b.benchmark && a.size === b.size;

/**
 * What is kept after a run: new figures take the place of the old ones of the same benchmark and size, everything else stays. A
 * benchmark that failed leaves its old figures, with the failure written beside them.
 */
export function merge(kept: readonly Part[], fresh: readonly Part[]): Part[] {
  const others = kept.filter((part) => !fresh.some((one) => isSame(one, part)));
  const merged = fresh.map((part) => {
    const before = kept.find((one) => isSame(one, part));
    return part.failure && before ? { ...before, failure: part.failure } : part;
  });
  return [...others, ...merged];
}

/** @throws when the file is there and cannot be understood */
export function readResults(file: string): Part[] {
  if (!existsSync(file)) return [];
  try {
    return resultsFile.parse(JSON.parse(readFileSync(file, 'utf8'))).parts;
  } catch (error) {
    throw new Error(`读不懂 ${file}，里面是以前量的数：请从 Git 取回它，或者删掉它重新量`, { cause: error });
  }
}

export function writeResults(file: string, parts: readonly Part[]): void {
  writeFileSync(file, `${JSON.stringify({ version: 1, parts }, null, 2)}\n`);
}
