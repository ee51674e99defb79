import { crc32, inflateRawSync } from 'node:zlib';
import { latin1, MB, Refusal } from '../refusal.ts';

/**
 * Reads ZIP files. Everything that the directory at the end claims is compared with the entries themselves, since programs
 * differ in which of the two they believe: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */

const MAX_ENTRIES = 2000;
/** Unpacked size of an archive with all archives inside it. */
export const MAX_UNPACKED_BYTES = 300 * MB;
/** Text packs to a twentieth at best; a bomb to a thousandth. */
const MAX_RATIO = 200;
const MIN_BYTES_FOR_RATIO = MB;

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const END_LENGTH = 22;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED_FLAG = 1;
const UTF8_FLAG = 0x800;

export const isZip = (bytes: Uint8Array): boolean => latin1(bytes.subarray(0, 4)) === 'PK\x03\x04';

interface ZipEntry {
  name: string;
  method: number;
  checksum: number;
  packedBytes: number;
  bytes: number;
  /** Where its local header begins. */
  at: number;
  /** The name as its bytes are. */
  rawName: Buffer;
}

/** Every file of the archive, unpacked one after another; at most one is in memory at a time. */
export function* unpack(
  bytes: Uint8Array,
  budget: { left: number },
): Generator<{ name: string; content: Buffer }> {
  const entries = directoryOf(bytes);
  const total = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  if (total > budget.left)
    throw new Refusal(`解压后超过 ${MAX_UNPACKED_BYTES / MB} MB，不能上传；请分成几个`);
  const packed = entries.reduce((sum, entry) => sum + entry.packedBytes, 0);
  if (total > MIN_BYTES_FOR_RATIO && total > packed * MAX_RATIO)
    throw new Refusal('压缩得太狠，像是「压缩炸弹」，不能上传；请重新打包');
  budget.left -= total;
  for (const entry of entries) yield { name: entry.name, content: contentOf(bytes, entry) };
}

function directoryOf(bytes: Uint8Array): ZipEntry[] {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOfDirectory(view);
  const count = view.readUInt16LE(end + 10);
  const size = view.readUInt32LE(end + 12);
  const start = view.readUInt32LE(end + 16);
  if (count > MAX_ENTRIES) throw new Refusal(`里面有 ${count} 个文件，最多 ${MAX_ENTRIES} 个；请分成几个`);
  if (start + size !== end || view.readUInt32LE(end + 4) !== 0) throw damaged();
  const entries: ZipEntry[] = [];
  let at = start;
  for (let index = 0; index < count; index++) {
    const { entry, next } = entryAt(view, at, end);
    entries.push(entry);
    at = next;
  }
  if (at !== end) throw damaged();
  refuseOverlaps(view, entries, start);
  return entries.filter(({ name }) => !name.endsWith('/'));
}

/** The record at the end; its comment must end with the file, so that nothing follows. */
function endOfDirectory(view: Buffer): number {
  const first = Math.max(0, view.length - END_LENGTH - 0xffff);
  for (let at = view.length - END_LENGTH; at >= first; at--)
    if (
      view.readUInt32LE(at) === END_OF_DIRECTORY &&
      at + END_LENGTH + view.readUInt16LE(at + 20) === view.length
    )
      return at;
  throw damaged();
}

function entryAt(view: Buffer, at: number, end: number): { entry: ZipEntry; next: number } {
  if (at + 46 > end || view.readUInt32LE(at) !== DIRECTORY_ENTRY) throw damaged();
  const flags = view.readUInt16LE(at + 8);
  const nameEnd = at + 46 + view.readUInt16LE(at + 28);
  const next = nameEnd + view.readUInt16LE(at + 30) + view.readUInt16LE(at + 32);
  if (next > end) throw damaged();
  const rawName = view.subarray(at + 46, nameEnd);
  // Windows in Chinese writes names in GBK and does not say so.
  const name = new TextDecoder(flags & UTF8_FLAG ? 'utf-8' : 'gb18030').decode(rawName);
  const entry = {
    name,
    rawName,
    method: view.readUInt16LE(at + 10),
    checksum: view.readUInt32LE(at + 16),
    packedBytes: view.readUInt32LE(at + 20),
    bytes: view.readUInt32LE(at + 24),
    at: view.readUInt32LE(at + 42),
  };
  if (flags & ENCRYPTED_FLAG) throw new Refusal('压缩包加了密码，没法检查；请去掉密码再传');
  if (entry.bytes === 0xffffffff || entry.packedBytes === 0xffffffff || entry.at === 0xffffffff)
    throw new Refusal('压缩包的格式（ZIP64）这里读不了；请用系统自带的压缩重新打包');
  if (entry.method !== STORED && entry.method !== DEFLATED)
    throw new Refusal('压缩包用了少见的压缩方法；请用系统自带的压缩重新打包');
  if (/(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[a-z]:|\0/i.test(name))
    throw new Refusal(`压缩包里的「${shownName(name)}」会解到别的文件夹去，不能上传；请重新打包`);
  const unixMode = view.readUInt16LE(at + 40);
  if ((unixMode & 0o170000) === 0o120000) throw new Refusal('压缩包里有符号链接，不能上传；请重新打包');
  return { entry, next };
}

/** Entries that share bytes are how one kilobyte unpacks to a terabyte: https://www.bamsoftware.com/hacks/zipbomb/ */
function refuseOverlaps(view: Buffer, entries: readonly ZipEntry[], directory: number): void {
  let free = 0;
  if (!entries.some(({ at }) => at === 0)) throw damaged();
  for (const entry of [...entries].sort((a, b) => a.at - b.at)) {
    if (entry.at < free || entry.at + 30 > directory) throw damaged();
    free = dataStart(view, entry) + entry.packedBytes;
  }
  if (free > directory) throw damaged();
}

function dataStart(view: Buffer, { at, method, rawName }: ZipEntry): number {
  if (view.readUInt32LE(at) !== LOCAL_ENTRY || view.readUInt16LE(at + 8) !== method) throw damaged();
  const nameEnd = at + 30 + view.readUInt16LE(at + 26);
  if (!view.subarray(at + 30, nameEnd).equals(rawName)) throw damaged();
  return nameEnd + view.readUInt16LE(at + 28);
}

function contentOf(bytes: Uint8Array, entry: ZipEntry): Buffer {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = dataStart(view, entry);
  const packed = view.subarray(start, start + entry.packedBytes);
  const content = entry.method === STORED ? packed : inflate(packed, entry.bytes);
  if (content.length !== entry.bytes || crc32(content) !== entry.checksum) throw damaged();
  return content;
}

function inflate(packed: Buffer, bytes: number): Buffer {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(bytes, 1) });
  } catch (error) {
    throw damaged(error);
  }
}

const damaged = (cause?: unknown) =>
  new Refusal('文件坏了，打不开；请重新打包或用原来的程序重新保存', { cause });

/** A name as a message shows it. */
export const shownName = (name: string): string => name.replace(/\p{C}/gu, '�').slice(-60);
