import { linkSync, readFileSync, rmSync, type Stats, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { COMPRESSED_AS, isCompressible } from '../../../content-type.ts';
import { filesBelow } from './linking.ts';

/**
 * Compressed forms of a site's files, `index.html.br` and `index.html.gz` next to `index.html`: this server, nginx
 * (`gzip_static`, `brotli_static`) and Caddy (`precompressed`) send them as they are. A form has the modification time of
 * its file, by which one that is out of date is found.
 */

/** Smaller files fit into one packet as they are. */
const LEAST_BYTES = 1024;

/**
 * Qualities of Brotli. Of the demo site's 835 files (26.8 MB), 7 makes 5.80 MB in 1.1 s, 9 the same size in 7 s,
 * 11 makes 5.36 MB in 22 s.
 */
const QUICK = 7;
const BEST = 11;
const GZIP_LEVEL = 9;
/** A window larger than the file makes nothing smaller and takes a tenth more time. In bits. */
const LEAST_WINDOW = 16;

/** Times are set in microseconds and kept in nanoseconds. */
const TIME_PRECISION_MS = 0.002;

/** Files that are named by their content, and so compressed once for many releases. */
const LASTING = /^_astro\//;
/** Compressed when it is bundled (`editor/bundle.ts`). */
const EDITOR = /^admin\//;

export const COMPRESSED_EXTENSIONS = Object.values(COMPRESSED_AS);

export interface CompressOptions {
  /** The site before: forms of files that both sites share are shared, too. */
  previous?: string | undefined;
  /** Whether all files of a folder have their forms already: with ten thousand pages, looking at each takes longest. */
  isDone?: (folder: string) => boolean;
  /** Compresses everything as small as it gets: for a site that nobody waits for. */
  isPatient?: boolean;
}

/** How many forms were made, and how many taken from the site before. */
export interface Compressed {
  made: number;
  shared: number;
}

/** Gives every compressible file of a site its compressed forms, where they are smaller. */
export function compressSite(
  site: string,
  { previous, isDone, isPatient = false }: CompressOptions = {},
): Compressed {
  const done: Compressed = { made: 0, shared: 0 };
  for (const name of filesBelow(site, isDone)) {
    if (!isCompressible(name) || EDITOR.test(name)) continue;
    const file = join(site, name);
    const times = statSync(file);
    const { size, mtimeMs } = times;
    const wanted = COMPRESSED_EXTENSIONS.filter((extension) => !isFormOf(`${file}${extension}`, mtimeMs));
    if (wanted.length === 0) continue;
    const former = previous === undefined ? undefined : join(previous, name);
    for (const extension of wanted) {
      const form = `${file}${extension}`;
      rmSync(form, { force: true });
      if (former && shareForm(file, former, extension)) done.shared += 1;
      else if (
        size >= LEAST_BYTES &&
        makeForm(file, extension, readFileSync(file), times, isPatient || LASTING.test(name))
      )
        done.made += 1;
    }
  }
  return done;
}

/**
 * Makes the compressed forms of a page that has just been written.
 *
 * @param content what is in the file
 */
export function makeForms(file: string, content: Buffer): void {
  if (content.length < LEAST_BYTES || !isCompressible(file)) return;
  const times = statSync(file);
  for (const extension of COMPRESSED_EXTENSIONS) makeForm(file, extension, content, times, false);
}

/** Removes a file together with its compressed forms. */
export function removeWithForms(file: string): void {
  rmSync(file, { force: true });
  for (const extension of COMPRESSED_EXTENSIONS) rmSync(`${file}${extension}`, { force: true });
}

/** Whether there is a compressed form that belongs to the file as it is now. */
const isFormOf = (form: string, mtimeMs: number): boolean => {
  const found = statSync(form, { throwIfNoEntry: false });
  return found !== undefined && Math.abs(found.mtimeMs - mtimeMs) < TIME_PRECISION_MS;
};

/** Takes a form from the site before; only when the file itself is one with the file there. */
function shareForm(file: string, former: string, extension: string): boolean {
  const [own, before] = [statSync(file), statSync(former, { throwIfNoEntry: false })];
  if (before?.ino !== own.ino || before.dev !== own.dev) return false;
  if (!isFormOf(`${former}${extension}`, own.mtimeMs)) return false;
  try {
    linkSync(`${former}${extension}`, `${file}${extension}`);
    return true;
  } catch {
    // Too many names of one file (1023 on NTFS).
    return false;
  }
}

/**
 * Cut off half-way it has another time than the file, and is made again.
 *
 * @returns whether the form is smaller and was written
 */
function makeForm(
  file: string,
  extension: string,
  content: Buffer,
  { atime, mtimeMs }: Pick<Stats, 'atime' | 'mtimeMs'>,
  isBest: boolean,
): boolean {
  const compressed = extension === COMPRESSED_AS.br ? brotli(content, isBest ? BEST : QUICK) : gzip(content);
  if (compressed.length >= content.length) return false;
  const form = `${file}${extension}`;
  writeFileSync(form, compressed);
  utimesSync(form, atime, mtimeMs / 1000);
  return true;
}

const brotli = (content: Buffer, quality: number): Buffer =>
  brotliCompressSync(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
      [constants.BROTLI_PARAM_LGWIN]: Math.min(
        constants.BROTLI_DEFAULT_WINDOW,
        Math.max(LEAST_WINDOW, Math.ceil(Math.log2(content.length + 16))),
      ),
    },
  });

const gzip = (content: Buffer): Buffer => gzipSync(content, { level: GZIP_LEVEL });
