import {
  copyFileSync,
  constants,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  utimesSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Files shared between releases. A shared file is one file with several names (hard links work on ext4, NTFS, APFS …):
 * it must never be written to again, only replaced.
 */

/** So many files are compared before other work gets its turn. */
const BATCH = 200;

/** Gives a file a second name; where the file system has no links, a copy. */
export function shareFile(from: string, to: string): void {
  // Asking for the folder each time takes longer than all links, so only when it does not work without.
  if (tryToLink(from, to)) return;
  mkdirSync(dirname(to), { recursive: true });
  if (tryToLink(from, to)) return;
  copyFileSync(from, to, constants.COPYFILE_FICLONE);
  // By their times a file and its compressed forms belong together, see `compression.ts`.
  const { atime, mtime } = statSync(from);
  utimesSync(to, atime, mtime);
}

function tryToLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch {
    return false;
  }
}

/**
 * Every file below a folder, as paths from it with `/` between the parts.
 *
 * @param isLeftOut whether a folder, `articles/silage`, is not looked into
 */
export function filesBelow(folder: string, isLeftOut: (path: string) => boolean = () => false): string[] {
  const found: string[] = [];
  const waiting = [''];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop())
    for (const item of readdirSync(join(folder, at), { withFileTypes: true })) {
      const path = `${at}${item.name}`;
      if (!item.isDirectory()) found.push(path);
      else if (!isLeftOut(path)) waiting.push(`${path}/`);
    }
  return found;
}

/**
 * Replaces every file that is the same in `previous` by a link to that one, so that a kept release costs only what
 * changed.
 */
export async function shareUnchanged(previous: string, folder: string): Promise<void> {
  for (const [index, name] of filesBelow(folder).entries()) {
    if (index % BATCH === BATCH - 1) await new Promise((resolve) => setImmediate(resolve));
    const [own, former] = [join(folder, name), join(previous, name)];
    const before = statSync(former, { throwIfNoEntry: false });
    if (!before?.isFile() || !isSame(own, former, before)) continue;
    const temporary = `${own}.shared`;
    try {
      linkSync(former, temporary);
    } catch {
      // No links here, or too many of this file (1023 on NTFS): the copy that is there serves as well.
      rmSync(temporary, { force: true });
      continue;
    }
    renameSync(temporary, own);
  }
}

function isSame(own: string, former: string, before: Stats): boolean {
  const now = statSync(own);
  if (now.size !== before.size || (now.ino === before.ino && now.dev === before.dev)) return false;
  return readFileSync(own).equals(readFileSync(former));
}
