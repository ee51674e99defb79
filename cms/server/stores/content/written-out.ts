import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { writeFileAtomic } from '../../../../src/runtime/write-atomically.ts';
import type { Repository } from './repository.ts';

/** Folder of the repository that holds what the site is built from; the review records are in `reviews`. */
export const CONTENT = 'content';

/** Remembers which commit a folder holds. */
export const STAMP = '.commit';

/**
 * Makes a folder hold the content of a commit, writing only what differs from the commit that it held: unchanged files
 * keep their times. Ended halfway, it is made right by the next call.
 *
 * @param options.comparesFiles looks at every file, as after a power cut, instead of trusting that it was written
 */
export async function writeOut(
  repository: Repository,
  commit: string,
  folder: string,
  { comparesFiles = false } = {},
): Promise<void> {
  mkdirSync(join(folder, 'uploads'), { recursive: true });
  const stamp = join(folder, STAMP);
  const held = existsSync(stamp) ? readFileSync(stamp, 'utf8') : undefined;
  if (held === commit && !comparesFiles) return;
  const known = held && !comparesFiles && (await repository.resolve(held));
  const inside = (path: string) => path.startsWith(`${CONTENT}/`);
  const paths = (await repository.changedPaths(known || undefined, commit)).filter(inside);
  for (const path of paths) {
    const file = join(folder, path.slice(CONTENT.length + 1));
    if (LARGE.test(path) && (await copyLarge(repository, commit, path, file))) continue;
    const content = await repository.read(commit, path);
    if (content === undefined) rmSync(file, { force: true });
    else if (comparesFiles && holds(file, content)) continue;
    else writeWherePossible(file, content);
  }
  if (!known) removeOthers(folder, new Set(paths));
  writeFileAtomic(stamp, commit);
}

/** Uploads that may be too large for the memory. */
const LARGE = /\/uploads\/[^/]+\.(?:mp4|mp3|zip|pdf)$/;

/** Writes a large file beside its place and moves it there; false when the commit has none. */
async function copyLarge(
  repository: Repository,
  commit: string,
  path: string,
  file: string,
): Promise<boolean> {
  if ((await repository.blobAt(commit, path)) === undefined) return false;
  const part = `${file}.part`;
  try {
    await repository.copyTo(commit, path, part);
    renameSync(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    warnWhereImpossible(file, error);
  }
  return true;
}

/** Errors of file names that this disk cannot have: the editor refuses such names, but a push may bring them. */
const IMPOSSIBLE: ReadonlySet<string | undefined> = new Set(['ENAMETOOLONG', 'EINVAL']);

/** One file that this machine cannot have must not keep the others from the site; throws all other errors. */
function warnWhereImpossible(file: string, error: unknown): void {
  if (!IMPOSSIBLE.has((error as NodeJS.ErrnoException).code)) throw error;
  console.warn(`「${file}」的文件名这台机器写不了，所以网站上没有它。请在仓库里改短它的名字`);
}

function writeWherePossible(file: string, content: Buffer): void {
  try {
    writeFileAtomic(file, content);
  } catch (error) {
    warnWhereImpossible(file, error);
  }
}

function holds(file: string, content: Buffer): boolean {
  try {
    return readFileSync(file).equals(content);
  } catch {
    return false;
  }
}

function removeOthers(folder: string, paths: ReadonlySet<string>): void {
  for (const item of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = join(item.parentPath, item.name);
    const path = `${CONTENT}/${relative(folder, file).split(sep).join('/')}`;
    if (!item.isDirectory() && !paths.has(path)) rmSync(file, { force: true });
  }
}
