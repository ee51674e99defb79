import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { digestOf } from '../runtime/kept-file.ts';
import { writeFileAtomic } from '../runtime/write-atomically.ts';
import type { Problem } from '../model/problems.ts';
import {
  type EncodedPicture,
  type PictureIndex,
  readPictureIndex,
  type Variant,
  writePictureIndex,
} from './picture-index.ts';
import { MAX_PIXELS } from './limits.ts';

/**
 * Uploaded photographs are encoded once, at first sight, outside the build's module graph: AVIF and WebP in a few
 * widths, named by the digest of the original, kept in `cacheDir/pictures`. AVIF at effort 2: at the default effort a
 * 12-megapixel photo costs 6 s of processor, at 2 it costs 0.8 s for a few per cent more bytes.
 */

const WIDTHS_PX = [480, 960, 1600];
const FORMATS = [
  { type: 'image/avif', extension: 'avif', encode: (image: Sharp) => image.avif({ quality: 50, effort: 2 }) },
  { type: 'image/webp', extension: 'webp', encode: (image: Sharp) => image.webp({ quality: 76 }) },
];
/** Files that may be an animation; an index of before version 0.2 does not say. */
const MAY_MOVE = /\.(webp|gif)$/i;
const RASTER = /\.(jpe?g|png|webp|avif|gif)$/i;

/**
 * Encodes every new or changed upload into a folder, and what is damaged there again, and writes its index. A picture that
 * cannot be read is a problem, no more.
 *
 * @param isThorough reads every encoded picture; otherwise only those of another size are found to be damaged
 */
export async function encodePictures(
  { folder, uploadsDir, isThorough }: { folder: string; uploadsDir: string; isThorough: boolean },
  shownPath: (file: string) => string,
): Promise<Problem[]> {
  if (!existsSync(uploadsDir)) return [];
  const before = readPictureIndex(folder);
  const after: PictureIndex = {};
  const problems: Problem[] = [];
  for (const name of readdirSync(uploadsDir, { recursive: true, encoding: 'utf8' })) {
    if (!RASTER.test(name)) continue;
    const path = join(uploadsDir, name);
    const { mtimeMs, size } = statSync(path);
    const stamp = `${mtimeMs}:${size}`;
    const address = `/uploads/${relative(uploadsDir, path).replaceAll('\\', '/')}`;
    const known = before[address];
    const isComplete = known?.variants.every((variant) => isWhole(folder, variant, isThorough));
    try {
      after[address] =
        known?.stamp === stamp && isComplete && (!MAY_MOVE.test(name) || known.isMoving !== undefined)
          ? known
          : { ...(await encode(path, folder, known?.variants ?? [])), stamp };
    } catch {
      const message = '图片读不出来或太大（最多 5000 万像素），请换一张重新上传';
      problems.push({ severity: 'error', file: shownPath(path), message });
    }
  }
  if (JSON.stringify(after) !== JSON.stringify(before)) writePictureIndex(folder, after);
  return problems;
}

/** Whether an encoded picture is as it was written. */
function isWhole(folder: string, { file, bytes, digest }: Variant, isThorough: boolean): boolean {
  const path = join(folder, file);
  if (statSync(path, { throwIfNoEntry: false })?.size !== bytes) return false;
  return !isThorough || digestOf(readFileSync(path)) === digest;
}

/** Whether an encoded picture of which nothing is known can be used: all of it can be decoded. */
const isReadable = (path: string): Promise<boolean> =>
  sharp(path, { failOn: 'truncated' })
    .stats()
    .then(
      () => true,
      () => false,
    );

/** @param known what was noted of variants that may still be whole */
async function encode(path: string, folder: string, known: readonly Variant[]): Promise<EncodedPicture> {
  const original = readFileSync(path);
  const digest = createHash('sha256').update(original).digest('hex').slice(0, 16);
  const {
    autoOrient,
    format,
    pages = 1,
  } = await sharp(original, { limitInputPixels: MAX_PIXELS }).metadata();
  if (pages > 1 && format !== 'heif')
    return { width: autoOrient.width, height: autoOrient.height, variants: [], isMoving: true };
  const widths = WIDTHS_PX.filter((width) => width < autoOrient.width);
  if (widths.length < WIDTHS_PX.length) widths.push(autoOrient.width);
  const variants: EncodedPicture['variants'] = [];
  for (const { type, extension, encode: write } of FORMATS)
    for (const width of widths) {
      const file = `${digest}-${width}.${extension}`;
      const target = join(folder, file);
      const noted = known.find((variant) => variant.file === file);
      const isThere = noted ? isWhole(folder, noted, true) : existsSync(target) && (await isReadable(target));
      if (!isThere) {
        const image = sharp(original, { limitInputPixels: MAX_PIXELS }).autoOrient().resize({ width });
        writeFileAtomic(target, await write(image).toBuffer());
      }
      const bytes = readFileSync(target);
      variants.push({ type, width, file, bytes: bytes.length, digest: digestOf(bytes) });
    }
  return { width: autoOrient.width, height: autoOrient.height, variants, isMoving: false };
}
