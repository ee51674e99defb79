import { crc32, deflateRawSync } from 'node:zlib';

/** One file of an archive; the optional parts are what hostile archives get wrong. */
export interface ZipPart {
  name: string | Buffer;
  content: string | Uint8Array;
  /** General purpose flags: 1 encrypted, 0x800 name in UTF-8. */
  flags?: number;
  /** Size that the directory claims. */
  claimed?: number;
  unixMode?: number;
  /** Name in the local header, when it differs. */
  localName?: string;
  /** Directory entries that point to the same bytes. */
  copies?: number;
  /** Extra field of the directory and, when it differs, of the local header. */
  extra?: Buffer;
  localExtra?: Buffer;
}

/** A ZIP archive, deflated. `commentBytes` is the length that the end record gives for its comment, `after`. */
export function zipOf(
  parts: readonly ZipPart[],
  {
    before = '',
    after = '',
    commentBytes = 0,
  }: { before?: string; after?: string | Buffer; commentBytes?: number } = {},
): Buffer {
  const files: Buffer[] = [Buffer.from(before)];
  const directory: Buffer[] = [];
  let at = before.length;
  for (const part of parts) {
    const { name, content, flags = 0x800, claimed, unixMode = 0, localName, copies = 1 } = part;
    const { extra = Buffer.alloc(0), localExtra = extra } = part;
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const sizes = Buffer.alloc(12);
    sizes.writeUInt32LE(crc32(bytes), 0);
    sizes.writeUInt32LE(packed.length, 4);
    sizes.writeUInt32LE(claimed ?? bytes.length, 8);
    const rawName = Buffer.from(name);
    const rawLocal = localName === undefined ? rawName : Buffer.from(localName);
    const common = Buffer.alloc(10);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(8, 4);
    files.push(Buffer.from('PK\x03\x04'), common, sizes);
    files.push(u16(rawLocal.length, localExtra.length), rawLocal, localExtra, packed);
    for (let copy = 0; copy < copies; copy++) {
      const rest = Buffer.alloc(10);
      // Comment length, disk, internal attributes, then external ones with the Unix mode in their upper half.
      rest.writeUInt16LE(unixMode, 8);
      const place = Buffer.alloc(4);
      place.writeUInt32LE(at);
      directory.push(
        Buffer.from('PK\x01\x02'),
        u16(0x0314),
        common,
        sizes,
        u16(rawName.length, extra.length),
        rest,
        place,
        rawName,
        extra,
      );
    }
    at += 30 + rawLocal.length + localExtra.length + packed.length;
  }
  const listed = Buffer.concat(directory);
  const count = parts.reduce((sum, { copies = 1 }) => sum + copies, 0);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(count, 4);
  end.writeUInt16LE(count, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(at, 12);
  end.writeUInt16LE(commentBytes, 16);
  return Buffer.concat([...files, listed, Buffer.from('PK\x05\x06'), end, Buffer.from(after)]);
}

function u16(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, index) => {
    bytes.writeUInt16LE(value, index * 2);
  });
  return bytes;
}
