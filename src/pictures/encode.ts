import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { digestOf } from '../runtime/kept-file.ts';
import { MAX_PIXELS } from './limits.ts';
import type { EncodedPicture, Variant } from './picture-index.ts';

/**
 * One uploaded photograph: AVIF and WebP in a few widths, named by the digest of the original. AVIF at effort 2: at the
 * default effort a 12-megapixel photo costs 6 s of processor, at 2 it costs 0.8 s for a few per cent more bytes.
 */

const WIDTHS_PX = [480, 960, 1600];
const FORMATS = [
  { type: 'image/avif', extension: 'avif', encode: (image: Sharp) => image.avif({ quality: 50, effort: 2 }) },
  { type: 'image/webp', extension: 'webp', encode: (image: Sharp) => image.webp({ quality: 76 }) },
];

// Every picture is decoded once: what libvips would keep of it only takes memory.
sharp.cache(false);

/** An original that cannot be read or decoded, or is too large; other errors are of the disk that is written to. */
export class UnreadablePicture extends Error {
  /** Whether it will be so the next time, too: not when it could only not be read now. */
  get isLasting(): boolean {
    return (this.cause as NodeJS.ErrnoException | undefined)?.code === undefined;
  }
}

/** Whether an encoded picture is as it was written. */
export function isWhole(folder: string, { file, bytes, digest }: Variant): boolean {
  const path = join(folder, file);
  return (
    statSync(path, { throwIfNoEntry: false })?.size === bytes && digestOf(readFileSync(path)) === digest
  );
}

/**
 * Encodes a picture into a folder; variants that are whole there are kept.
 *
 * @param known what was noted of variants that may still be whole
 * @throws UnreadablePicture
 */
export async function encodePicture(
  path: string,
  folder: string,
  known: readonly Variant[],
): Promise<EncodedPicture> {
  const original = await orUnreadable(readFile(path));
  const digest = createHash('sha256').update(original).digest('hex').slice(0, 16);
  const {
    autoOrient,
    format,
    pages = 1,
  } = await orUnreadable(sharp(original, { limitInputPixels: MAX_PIXELS }).metadata());
  const { width, height } = autoOrient;
  if (pages > 1 && format !== 'heif') return { width, height, variants: [], isMoving: true };
  const widths = WIDTHS_PX.filter((one) => one < width);
  if (widths.length < WIDTHS_PX.length) widths.push(width);
  const variants: Variant[] = [];
  for (const { type, extension, encode: write } of FORMATS)
    for (const width of widths) {
      const file = `${digest}-${width}.${extension}`;
      const noted = known.find((variant) => variant.file === file);
      const isThere = noted ? isWhole(folder, noted) : await isReadable(join(folder, file));
      const make = () => {
        const image = sharp(original, { limitInputPixels: MAX_PIXELS }).autoOrient().resize({ width });
        return orUnreadable(write(image).toBuffer());
      };
      const bytes = isThere ? await readFile(join(folder, file)) : await make();
      if (!isThere) await writeWhole(join(folder, file), bytes);
      variants.push({ type, width, file, bytes: bytes.length, digest: digestOf(bytes) });
    }
  return { width, height, variants, isMoving: false };
}

/** Whether an encoded picture of which nothing is known can be used: all of it can be decoded. */
const isReadable = async (path: string): Promise<boolean> =>
  existsSync(path) &&
  sharp(path, { failOn: 'truncated' })
    .stats()
    .then(
      () => true,
      () => false,
    );

const orUnreadable = <Value>(reading: Promise<Value>): Promise<Value> =>
  reading.catch((cause: Error) => {
    throw new UnreadablePicture(cause.message, { cause });
  });

/** Writes a file that has its name only when all of it is there. It can be made again, so nobody waits for the disk. */
async function writeWhole(file: string, content: Uint8Array): Promise<void> {
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await writeFile(temporary, content).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      await mkdir(join(file, '..'), { recursive: true });
      await writeFile(temporary, content);
    });
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
}
