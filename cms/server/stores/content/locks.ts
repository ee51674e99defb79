import { globSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Lock files that a killed Git left in the repository. */

/** A lock file of this age belongs to no running process. */
const STALE_LOCK_MS = 5_000;

const LOCKS = '{*.lock,refs/**/*.lock}';

/** Removes lock files and unfinished objects; nothing else uses this repository while the server has the data folder. */
export function removeLeftovers(folder: string): void {
  for (const pattern of [LOCKS, '{fast_import_crash_*,objects/**/tmp_*}'])
    for (const left of globSync(pattern, { cwd: folder }))
      rmSync(join(folder, left), { recursive: true, force: true });
}

/** Removes old lock files and returns how many; those of a push that is running are younger. */
export function removeStaleLocks(folder: string): number {
  const stale = globSync(LOCKS, { cwd: folder })
    .map((left) => join(folder, left))
    .filter((path) => Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) > STALE_LOCK_MS);
  for (const path of stale) rmSync(path, { force: true });
  return stale.length;
}

