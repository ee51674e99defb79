import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { digestOf } from '../runtime/kept-file.ts';
import { readPictureIndex } from './picture-index.ts';

/** Folder of the encoded variants on the site. */
export const VARIANTS_ADDRESS = '/pictures/';

/** How an unchanged file comes from an earlier site: as a copy, unless told better. */
export type Share = (from: string, to: string) => void;

const copy: Share = (from, to) => {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
};

/**
 * Puts the encoded variants and the uploads into a built site.
 *
 * @param previous an earlier site, to take what is the same from
 */
export function placePictures(
  { folder, uploadsDir }: { folder: string; uploadsDir: string },
  site: string,
  previous?: string,
  share: Share = copy,
): void {
  const index = readPictureIndex(folder);
  const placed = namesIn(join(site, VARIANTS_ADDRESS));
  const former = previous === undefined ? new Set() : namesIn(join(previous, VARIANTS_ADDRESS));
  for (const { variants } of Object.values(index))
    for (const { file, digest } of variants) {
      const target = join(site, VARIANTS_ADDRESS, file);
      // Named by content: what has the name is the file.
      if (placed.has(file)) continue;
      placed.add(file);
      if (former.has(file)) share(join(previous as string, VARIANTS_ADDRESS, file), target);
      else copyWhole(join(folder, file), target, digest);
    }
  placeFolder(uploadsDir, join(site, 'uploads'), previous && join(previous, 'uploads'), share);
}

/** Asked once: with thousands of pictures, asking for each takes longer than the rest. */
const namesIn = (folder: string): Set<string> => new Set(existsSync(folder) ? readdirSync(folder) : []);

/** Copies an encoded picture; one that has been damaged since it was looked at stops the build, and the next one makes it again. */
function copyWhole(from: string, to: string, digest: string): void {
  const bytes = readFileSync(from);
  if (digestOf(bytes) !== digest) {
    rmSync(from);
    throw new Error(`缓存里的图片 ${from} 坏了，已经删去，再生成一次就好`);
  }
  mkdirSync(dirname(to), { recursive: true });
  writeFileSync(to, bytes);
}

/** Puts the files of a folder into a site; what is the same in an earlier site comes from there. */
export function placeFolder(from: string, to: string, previous: string | undefined, share: Share): void {
  if (!existsSync(from)) return;
  for (const item of readdirSync(from, { recursive: true, withFileTypes: true })) {
    if (!item.isFile()) continue;
    const file = join(item.parentPath, item.name);
    const name = file.slice(from.length + 1);
    const target = join(to, name);
    if (existsSync(target) && isSame(file, target)) continue;
    // Never written over: the file there may be shared with an earlier site.
    rmSync(target, { force: true });
    const former = previous && join(previous, name);
    if (former && existsSync(former) && isSame(file, former)) share(former, target);
    else {
      copy(file, target);
      const { atime, mtime } = statSync(file);
      utimesSync(target, atime, mtime);
    }
  }
}

/** By size and time; by content where the time is another one. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [statSync(one), statSync(other)];
  if (a.size !== b.size) return false;
  return Math.abs(a.mtimeMs - b.mtimeMs) < 2 || readFileSync(one).equals(readFileSync(other));
}
