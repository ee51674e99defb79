import { crc32 } from 'node:zlib';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { checkDirectory, checkedName } from './checks.ts';
import { orDamaged, ZipError } from './error.ts';

export { ZipError, type ZipProblem } from './error.ts';

/**
 * Reads ZIP archives that strangers made. yauzl (https://github.com/thejoshwolfe/yauzl) parses and unpacks; on top of it an
 * archive is refused when two programs could read different files from it, when it would fill the memory, or when
 * unpacking it would write outside a folder. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */

/** Smaller archives may be packed as tightly as they like. */
const MIN_BYTES_FOR_RATIO = 1024 * 1024;

export interface ZipLimits {
  maxEntries: number;
  /** Of all wanted entries together, unpacked. */
  maxBytes: number;
  /** How many times larger than the packed bytes the unpacked ones may be. */
  maxRatio?: number;
}

export interface ZipEntry {
  name: string;
  /** Unpacked size. */
  bytes: number;
  /** Unpacks this entry alone. @throws ZipError */
  read: () => Promise<Buffer>;
}

export const isZip = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(4, bytes.byteLength)).toString('latin1') ===
  'PK\x03\x04';

/**
 * The files of an archive (no folders), after checks of the whole directory; content is unpacked by `read`.
 *
 * @param isWanted entries that are not wanted do not count for `maxBytes` and `maxRatio`
 * @throws ZipError
 */
export async function openZip(
  bytes: Uint8Array,
  limits: ZipLimits,
  isWanted: (name: string) => boolean = () => true,
): Promise<ZipEntry[]> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const zip = await orDamaged(fromBufferPromise(buffer, { decodeStrings: false }));
  if (zip.entryCount > limits.maxEntries)
    throw new ZipError('too-many-entries', { detail: String(zip.entryCount) });

  const entries: Entry[] = [];
  await orDamaged(collect(zip, entries));
  const named = entries.map((entry) => ({ entry, name: checkedName(entry) }));
  await checkDirectory(buffer, zip, entries);

  const wanted = named.filter(({ name }) => !name.endsWith('/') && isWanted(name));
  refuseBomb(
    wanted.map(({ entry }) => entry),
    limits,
  );
  return wanted.map(({ entry, name }) => ({
    name,
    bytes: entry.uncompressedSize,
    read: () => orDamaged(contentOf(zip, entry)),
  }));
}

async function collect(zip: ZipFile, entries: Entry[]): Promise<void> {
  for await (const entry of zip.eachEntry()) entries.push(entry);
}

function refuseBomb(entries: readonly Entry[], { maxBytes, maxRatio = Number.POSITIVE_INFINITY }: ZipLimits) {
  const unpacked = sum(entries.map(({ uncompressedSize }) => uncompressedSize));
  const packed = sum(entries.map(({ compressedSize }) => compressedSize));
  if (unpacked > maxBytes) throw new ZipError('too-large');
  if (unpacked > MIN_BYTES_FOR_RATIO && unpacked > packed * maxRatio) throw new ZipError('bomb');
}

/** yauzl stops unpacking at the size in the directory; the checksum is left to its caller. */
async function contentOf(zip: ZipFile, entry: Entry): Promise<Buffer> {
  const content = Buffer.concat(await (await zip.openReadStreamPromise(entry)).toArray());
  if (content.length !== entry.uncompressedSize || crc32(content) !== entry.crc32)
    throw new ZipError('damaged');
  return content;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
