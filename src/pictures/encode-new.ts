import { existsSync, readdirSync, type Stats, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Problem } from '../model/problems.ts';
import { encodePicture, isWhole, UnreadablePicture } from './encode.ts';
import {
  type PictureIndex,
  readPictureIndex,
  readUnreadable,
  type Unreadable,
  writePictureIndex,
  writeUnreadable,
} from './picture-index.ts';
import { startProgress } from './progress.ts';

/**
 * Uploaded photographs are encoded once, at first sight, outside the build's module graph, and kept in
 * `cacheDir/pictures`. An original is opened when its time or size is another one, no more; what was encoded before an
 * interruption is used by the next run.
 */

/** Files that may be an animation; an index of before version 0.2 does not say. */
const MAY_MOVE = /\.(webp|gif)$/i;
const RASTER = /\.(jpe?g|png|webp|avif|gif)$/i;

/** Each holds one original and its decoded pixels: memory does not grow with the pictures nor much with the cores. */
const MOST_AT_ONCE = 4;
/** An interruption loses so much of the index; its pictures are still there, and only looked at again. */
const SAVE_EVERY_MS = 10_000;

interface Upload {
  path: string;
  address: string;
  stamp: string;
}

/**
 * Encodes every new or changed upload into a folder, and what is damaged there again, and writes its index. A picture that
 * cannot be read is a problem, no more.
 *
 * @param isThorough reads every encoded picture; otherwise only those that are gone are made again
 * @throws the error of a full or faulty disk; what was encoded until then is kept
 */
export async function encodePictures(
  { folder, uploadsDir, isThorough }: { folder: string; uploadsDir: string; isThorough: boolean },
  shownPath: (file: string) => string,
): Promise<Problem[]> {
  if (!existsSync(uploadsDir)) return [];
  const before = readPictureIndex(folder);
  const refused = isThorough ? {} : readUnreadable(folder);
  const uploads = uploadsIn(uploadsDir);
  const there = new Set(existsSync(folder) ? readdirSync(folder) : []);
  const index: PictureIndex = {};
  const unreadable: Unreadable = {};
  const failed = new Set<string>();
  const isDone = ({ address, stamp }: Upload) => {
    const known = before[address];
    if (known?.stamp !== stamp || (MAY_MOVE.test(address) && known.isMoving === undefined)) return false;
    return known.variants.every((one) => there.has(one.file) && (!isThorough || isWhole(folder, one)));
  };
  const fresh: Upload[] = [];
  for (const upload of uploads)
    if (refused[upload.address] === upload.stamp) unreadable[upload.address] = upload.stamp;
    else if (isDone(upload)) Object.assign(index, { [upload.address]: before[upload.address] });
    else fresh.push(upload);

  const save = () => writePictureIndex(folder, inOrder(index));
  let savedAt = performance.now();
  const progress = fresh.length > 0 ? startProgress(fresh.length) : undefined;
  const encodeOne = async ({ path, address, stamp }: Upload) => {
    try {
      const known = before[address]?.variants ?? [];
      index[address] = { ...(await encodePicture(path, folder, known)), stamp };
    } catch (error) {
      if (!(error instanceof UnreadablePicture)) throw error;
      failed.add(address);
      if (error.isLasting) unreadable[address] = stamp;
    }
    progress?.oneDone();
    if (performance.now() - savedAt < SAVE_EVERY_MS) return;
    // What of the former index is not looked at yet stays in it.
    writePictureIndex(folder, inOrder({ ...before, ...index }));
    savedAt = performance.now();
  };
  try {
    await inParallel(fresh, Math.min(MOST_AT_ONCE, availableParallelism()), encodeOne);
  } catch (error) {
    try {
      writePictureIndex(folder, inOrder({ ...before, ...index }));
    } catch {
      // What went wrong first is what has to be told.
    }
    throw error;
  }
  if (fresh.length > 0 || Object.keys(before).some((address) => !index[address])) save();
  if (JSON.stringify(inOrder(unreadable)) !== JSON.stringify(inOrder(readUnreadable(folder))))
    writeUnreadable(folder, inOrder(unreadable));
  return uploads
    .filter(({ address }) => failed.has(address) || unreadable[address] !== undefined)
    .map(({ path }) => ({
      severity: 'error',
      file: shownPath(path),
      message: '图片读不出来或太大（最多 5000 万像素），请换一张重新上传',
    }));
}

/** Pictures of a folder, in a fixed order. */
const uploadsIn = (uploadsDir: string): Upload[] =>
  readdirSync(uploadsDir, { recursive: true, encoding: 'utf8' })
    .filter((name) => RASTER.test(name))
    .sort()
    .map((name) => {
      const path = join(uploadsDir, name);
      const { mtimeMs, size }: Stats = statSync(path);
      return { path, address: `/uploads/${name.replaceAll('\\', '/')}`, stamp: `${mtimeMs}:${size}` };
    });

const inOrder = <Value>(record: Record<string, Value>): Record<string, Value> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Works through a list, so many at once; after an error nothing more is begun. */
async function inParallel<Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  let failure: unknown;
  const worker = async () => {
    for (const item of waiting) {
      if (failure !== undefined) return;
      await work(item).catch((error: unknown) => {
        failure ??= error;
      });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  if (failure !== undefined) throw failure;
}
