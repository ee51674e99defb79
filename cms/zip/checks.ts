import { type Entry, parseExtraFields, type ZipFile } from 'yauzl';
import { orDamaged, ZipError } from './error.ts';

/** What yauzl leaves to its caller: names and kinds of entries, and whether the records of an archive agree. */

const RECORD_SIGNATURES = ['PK\x01\x02', 'PK\x03\x04', 'PK\x05\x06'];
const END_RECORD_BYTES = 22;
const ZIP64_LOCATOR = 0x07064b50;
const ZIP64_LOCATOR_BYTES = 20;
const ZIP64_FIELD = 0x0001;
/** https://libzip.org/specifications/extrafld.txt: version, checksum of the name that it replaces, name. */
const UNICODE_PATH_FIELD = 0x7075;
const UNICODE_PATH_HEAD_BYTES = 5;
const ZIP64_SIZE = 0xffff_ffff;
const DIRECTORY_HEADER_BYTES = 46;
const LOCAL_HEADER_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED_FLAG = 1;
const UTF8_FLAG = 0x800;
const UNIX_FILE_TYPE = 0o170000;
const UNIX_SYMBOLIC_LINK = 0o120000;

/** The name of an entry that passes every check that needs nothing but its record in the directory. */
export function checkedName(entry: Entry): string {
  const name = nameOf(entry);
  if (entry.isEncrypted()) throw new ZipError('encrypted', { detail: name });
  const { uncompressedSize, compressedSize, relativeOffsetOfLocalHeader, extraFields } = entry;
  if (
    extraFields.some(({ id }) => id === ZIP64_FIELD) ||
    [uncompressedSize, compressedSize, relativeOffsetOfLocalHeader].includes(ZIP64_SIZE)
  )
    throw new ZipError('zip64', { detail: name });
  if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED)
    throw new ZipError('unknown-method', { detail: name });
  if (/(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[a-z]:|\0/i.test(name))
    throw new ZipError('path-traversal', { detail: name });
  const unixMode = entry.externalFileAttributes >>> 16;
  if ((unixMode & UNIX_FILE_TYPE) === UNIX_SYMBOLIC_LINK)
    throw new ZipError('symbolic-link', { detail: name });
  return name;
}

/**
 * Windows in Chinese writes names in GBK and does not say so. Some programs add the name in UTF-8, which others ignore, so
 * the two must be the same name.
 */
function nameOf({
  fileNameRaw,
  generalPurposeBitFlag,
  extraFields,
}: Pick<Entry, 'fileNameRaw' | 'generalPurposeBitFlag' | 'extraFields'>): string {
  const name = new TextDecoder(generalPurposeBitFlag & UTF8_FLAG ? 'utf-8' : 'gb18030').decode(fileNameRaw);
  const field = extraFields.find(({ id }) => id === UNICODE_PATH_FIELD);
  if (!field) return name;
  const utf8 = field.data.subarray(UNICODE_PATH_HEAD_BYTES);
  if (utf8.toString() !== name && !utf8.equals(fileNameRaw)) throw new ZipError('damaged', { detail: name });
  return utf8.toString();
}

/**
 * Refuses an archive in which two programs could find different entries.
 *
 * @throws ZipError
 */
export async function checkDirectory(buffer: Buffer, zip: ZipFile, entries: readonly Entry[]): Promise<void> {
  const end = buffer.length - END_RECORD_BYTES - zip.comment.length;
  if (buffer.readUInt32LE(Math.max(0, end - ZIP64_LOCATOR_BYTES)) === ZIP64_LOCATOR)
    throw new ZipError('zip64');
  await refuseOverlaps(buffer, zip, entries, directoryStart(buffer, end, entries));
}

/**
 * Where the directory begins. It must end exactly where the end record begins and hold as many entries as both counts
 * say: some programs find it by its offset, some by its size, some count the entries of this disk.
 */
function directoryStart(buffer: Buffer, end: number, entries: readonly Entry[]): number {
  const lengths = entries.map(
    ({ fileNameLength, extraFieldLength, fileCommentLength }) =>
      DIRECTORY_HEADER_BYTES + fileNameLength + extraFieldLength + fileCommentLength,
  );
  const size = lengths.reduce((total, length) => total + length, 0);
  const start = buffer.readUInt32LE(end + 16);
  const isWhole =
    buffer.readUInt32LE(end + 4) === 0 &&
    buffer.readUInt16LE(end + 8) === entries.length &&
    buffer.readUInt32LE(end + 12) === size &&
    start + size === end;
  if (!isWhole) throw new ZipError('damaged');
  return start;
}

/**
 * Entries that share bytes are how one kilobyte unpacks to a terabyte: https://www.bamsoftware.com/hacks/zipbomb/ The
 * first must begin with the archive, and no other archive may hide between them.
 */
async function refuseOverlaps(
  buffer: Buffer,
  zip: ZipFile,
  entries: readonly Entry[],
  directory: number,
): Promise<void> {
  const inOrder = entries.toSorted((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader);
  if (inOrder[0]?.relativeOffsetOfLocalHeader !== 0) throw new ZipError('damaged');
  let free = 0;
  for (const entry of inOrder) {
    const start = entry.relativeOffsetOfLocalHeader;
    if (start < free || start + LOCAL_HEADER_BYTES > directory) throw new ZipError('damaged');
    refuseHidden(buffer.subarray(free, start));
    free = (await orDamaged(dataStart(zip, entry))) + entry.compressedSize;
  }
  if (free > directory) throw new ZipError('damaged');
  refuseHidden(buffer.subarray(free, directory));
}

/** Between entries there may be sizes that a streaming program wrote after the data, and padding, but no records. */
function refuseHidden(gap: Buffer): void {
  if (RECORD_SIGNATURES.some((signature) => gap.includes(signature, 0, 'latin1')))
    throw new ZipError('damaged');
}

/** Where the data of an entry begins, by its local header, which must agree with the directory. */
async function dataStart(zip: ZipFile, entry: Entry): Promise<number> {
  const local = await zip.readLocalFileHeaderPromise(entry);
  const agrees =
    local.compressionMethod === entry.compressionMethod &&
    local.fileName.equals(entry.fileNameRaw) &&
    ((local.generalPurposeBitFlag ^ entry.generalPurposeBitFlag) & ENCRYPTED_FLAG) === 0;
  if (!agrees) throw new ZipError('damaged');
  nameOf({ ...entry, extraFields: parseExtraFields(local.extraField) });
  return local.fileDataStart;
}
