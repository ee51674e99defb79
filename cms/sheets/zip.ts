import { crc32, inflateRawSync } from 'node:zlib';

/**
 * Opens an .xlsx, which is a ZIP, without trusting anything that it says of itself: names are those of a plain workbook,
 * and what unpacks to more than the limit is given up before it is in memory. The reader of spreadsheets gets a new,
 * uncompressed archive of just these parts, since it allocates whatever size an archive claims.
 * https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */

/** The parts of a workbook that hold its cells. */
const NEEDED =
  /^(?:\[Content_Types\]\.xml|_rels\/\.rels|xl\/(?:workbook|sharedStrings|styles)\.xml|xl\/_rels\/workbook\.xml\.rels|xl\/worksheets\/[\w-]+\.xml)$/;

const MAX_UNPACKED_BYTES = 24 * 1024 * 1024;
const MAX_ENTRIES = 500;

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const CENTRAL_BYTES = 46;
const LOCAL_BYTES = 30;
const MAX_COMMENT_BYTES = 65_535;

const ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;

/** A ZIP that is not taken; the message says what to do. */
export class ZipRefusal extends Error {}

const broken = () => new ZipRefusal('文件坏了或没有传完整，请用 Excel 或 WPS 打开、另存为 .xlsx 再传');

/** The parts of a workbook by name. @throws ZipRefusal */
export function workbookParts(bytes: Buffer): Map<string, Buffer> {
  const parts = new Map<string, Buffer>();
  let left = MAX_UNPACKED_BYTES;
  try {
    for (const { name, flags, method, packed, at } of entriesOf(bytes)) {
      if (!NEEDED.test(name)) continue;
      if (flags & ENCRYPTED) throw new ZipRefusal('文件加了密码，请去掉密码再传');
      const data = contentOf(bytes, at, packed, method, left);
      left -= data.length;
      parts.set(name, data);
    }
  } catch (error) {
    if (error instanceof ZipRefusal) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw new ZipRefusal('表格解开以后太大，请只留要导入的这一张表再传');
    throw broken();
  }
  if (!parts.has('xl/workbook.xml'))
    throw new ZipRefusal('这不是 Excel 表格，请用 Excel 或 WPS 另存为 .xlsx 再传');
  return parts;
}

function* entriesOf(bytes: Buffer) {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0 || end < bytes.length - END_BYTES - MAX_COMMENT_BYTES || bytes.readUInt32LE(end) !== END)
    throw broken();
  const count = bytes.readUInt16LE(end + 10);
  if (count > MAX_ENTRIES) throw new ZipRefusal('表格里的东西太多，请只留要导入的这一张表再传');
  let at = bytes.readUInt32LE(end + 16);
  for (let index = 0; index < count; index++) {
    if (bytes.readUInt32LE(at) !== CENTRAL) throw broken();
    const nameLength = bytes.readUInt16LE(at + 28);
    yield {
      name: bytes.toString('utf8', at + CENTRAL_BYTES, at + CENTRAL_BYTES + nameLength),
      flags: bytes.readUInt16LE(at + 8),
      method: bytes.readUInt16LE(at + 10),
      packed: bytes.readUInt32LE(at + 20),
      at: bytes.readUInt32LE(at + 42),
    };
    at += CENTRAL_BYTES + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
}

function contentOf(bytes: Buffer, at: number, packed: number, method: number, limit: number): Buffer {
  if (bytes.readUInt32LE(at) !== LOCAL) throw broken();
  const start = at + LOCAL_BYTES + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
  if (start + packed > bytes.length) throw broken();
  const data = bytes.subarray(start, start + packed);
  if (method === DEFLATED) return inflateRawSync(data, { maxOutputLength: Math.max(1, limit) });
  if (method !== STORED || data.length > limit) throw broken();
  return data;
}

/** An uncompressed ZIP of some files; names are plain ASCII. */
export function storedZip(parts: ReadonlyMap<string, Buffer>): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, data] of parts) {
    // What a local and a central header have in common: version to … extra length.
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(name.length, 22);
    const signature = (value: number, size: number) => {
      const header = Buffer.alloc(size);
      header.writeUInt32LE(value, 0);
      return header;
    };
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    const local = Buffer.concat([signature(LOCAL, 4), common, Buffer.from(name, 'latin1'), data]);
    directory.push(signature(CENTRAL, 6), common, place, Buffer.from(name, 'latin1'));
    files.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(END_BYTES);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(parts.size, 8);
  end.writeUInt16LE(parts.size, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, central, end]);
}
