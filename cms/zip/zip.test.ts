import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { FEW_RUNS } from '../../tests/support/random.ts';
import { type ZipPart, zipOf } from '../../tests/support/zip.ts';
import { isZip, openZip, ZipError, type ZipLimits } from './index.ts';

const LIMITS: ZipLimits = { maxEntries: 20, maxBytes: 10_000_000, maxRatio: 200 };

/** Names and content of an archive. */
async function unpack(bytes: Uint8Array, limits = LIMITS, isWanted?: (name: string) => boolean) {
  const files: [string, string][] = [];
  for (const { name, read } of await openZip(bytes, limits, isWanted))
    files.push([name, (await read()).toString()]);
  return files;
}

/** Why an archive is refused; what it holds when it is not. */
const problem = (bytes: Uint8Array, limits = LIMITS) =>
  unpack(bytes, limits).catch((error: unknown) => {
    if (!(error instanceof ZipError)) throw error;
    return error.problem;
  });

const zip = (...parts: ZipPart[]) => problem(zipOf(parts));

const PART = { name: 'a.txt', content: 'x'.repeat(99) };

const LOCAL_HEADER = 'PK\x03\x04';
const DIRECTORY_HEADER = 'PK\x01\x02';
const END_RECORD = 'PK\x05\x06';

/** The archive with another number in the first record of a kind. */
function withNumber(
  archive: Buffer,
  record: string,
  offset: number,
  value: number,
  bytes: 2 | 4 = 2,
): Buffer {
  const changed = Buffer.from(archive);
  changed.writeUIntLE(value, changed.indexOf(record, 0, 'latin1') + offset, bytes);
  return changed;
}

function extraField(id: number, data: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(id, 0);
  head.writeUInt16LE(data.length, 2);
  return Buffer.concat([head, data]);
}

const unicodePath = (name: string, replaced: string) => {
  const head = Buffer.alloc(5);
  head.writeUInt8(1, 0);
  head.writeUInt32LE(crc32(replaced), 1);
  return extraField(0x7075, Buffer.concat([head, Buffer.from(name)]));
};

describe('正常的压缩包', () => {
  test('文件的名字和内容照原样读出，文件夹不算文件，存储的、压缩的都行', async () => {
    const files = {
      'a/': new Uint8Array(),
      'a/课.txt': Buffer.from('光'),
      'b.txt': Buffer.from('y'.repeat(500)),
    };
    for (const level of [0, 6] as const)
      expect(await unpack(zipSync(files, { level }))).toEqual([
        ['a/课.txt', '光'],
        ['b.txt', 'y'.repeat(500)],
      ]);
    expect(isZip(zipSync(files))).toBe(true);
    expect(isZip(Buffer.from('PK'))).toBe(false);
  });

  test('说明写在末尾的也行', async () => {
    expect(await problem(zipOf([PART], { after: '说明', commentBytes: 6 }))).toEqual([
      ['a.txt', PART.content],
    ]);
  });

  test('Windows 中文文件名（GBK）不乱码；另带的 UTF-8 名字要是同一个', async () => {
    const gbk = Buffer.from([0xbf, 0xce, 0xbc, 0xfe]);
    expect(await zip({ name: gbk, content: 'x', flags: 0 })).toEqual([['课件', 'x']]);
    expect(await zip({ name: gbk, content: 'x', flags: 0, extra: unicodePath('课件', '课件') })).toEqual([
      ['课件', 'x'],
    ]);
    expect(await zip({ name: '课件', content: 'x', flags: 0, extra: unicodePath('课件', '课件') })).toEqual([
      ['课件', 'x'],
    ]);
    expect(await zip({ ...PART, extra: unicodePath('a.exe', 'a.txt') })).toBe('damaged');
    expect(await zip({ ...PART, localExtra: unicodePath('a.exe', 'a.txt') })).toBe('damaged');
  });
});

describe('压缩炸弹', () => {
  test('解开太大的，单个的、加起来的；不要的文件不算', async () => {
    const large = { ...PART, content: Buffer.alloc(6_000_000, 'abcdefgh') };
    const limits = { ...LIMITS, maxRatio: undefined };
    expect(await problem(zipOf([large]), limits)).toHaveLength(1);
    expect(await problem(zipOf([large, { ...large, name: 'b.txt' }]), limits)).toBe('too-large');
    expect(await problem(zipOf([large]), { ...limits, maxBytes: 5_999_999 })).toBe('too-large');
    expect(
      await unpack(zipOf([large, PART]), { ...LIMITS, maxBytes: 99 }, (name) => name === 'b.txt'),
    ).toEqual([]);
  });

  test('压得太狠的；一兆以内随它', async () => {
    expect(await zip({ ...PART, content: Buffer.alloc(2_000_000) })).toBe('bomb');
    expect(await zip({ ...PART, content: Buffer.alloc(1_000_000) })).toHaveLength(1);
  });

  test('大小写得比实际小的，解到那么大就停；写得比实际大的', async () => {
    const archive = zipOf([{ ...PART, content: Buffer.alloc(200_000_000), claimed: 10 }]);
    const before = process.memoryUsage().rss;
    expect(await problem(archive)).toBe('damaged');
    expect(process.memoryUsage().rss - before).toBeLessThan(50_000_000);
    expect(await zip({ ...PART, claimed: 100 })).toBe('damaged');
    expect(await zip({ ...PART, claimed: 0xffff_fff0 })).toBe('too-large');
  });

  test('几个文件共用同一段内容，或者有一段重叠', async () => {
    expect(await zip({ ...PART, copies: 9 })).toBe('damaged');
    const two = zipOf([PART, { ...PART, name: 'b.txt' }]);
    expect(await problem(withNumber(two, DIRECTORY_HEADER, 20, 60, 4))).toBe('damaged');
  });

  test('文件太多', async () => {
    expect(await zip({ ...PART, copies: 21 })).toBe('too-many-entries');
  });
});

describe('两个程序会读出不同内容的压缩包', () => {
  const archive = zipOf([PART]);

  test('文件头和目录的名字、压缩方法、加密标记不一样', async () => {
    expect(await zip({ ...PART, localName: 'a.exe' })).toBe('damaged');
    expect(await problem(withNumber(archive, LOCAL_HEADER, 8, 0))).toBe('damaged');
    expect(await problem(withNumber(archive, LOCAL_HEADER, 6, 1))).toBe('damaged');
  });

  test('内容和校验码不符', async () => {
    expect(await problem(withNumber(archive, DIRECTORY_HEADER, 16, 1, 4))).toBe('damaged');
  });

  test('前面、后面、中间夹带别的东西', async () => {
    expect(await problem(zipOf([PART], { before: 'PK\x03\x04 #!/bin/sh' }))).toBe('damaged');
    expect(await problem(zipOf([PART], { after: 'MZ' }))).toBe('damaged');
    const hidden = Buffer.concat([archive, archive]);
    expect(await problem(hidden)).toBe('damaged');
    hidden.writeUInt32LE(hidden.length - 22 - hidden.readUInt32LE(hidden.length - 10), hidden.length - 6);
    expect(await problem(hidden)).toBe('damaged');
  });

  test('说明里又有一个目录', async () => {
    expect(await problem(zipOf([PART], { after: archive, commentBytes: archive.length }))).toBe('damaged');
    const end = archive.subarray(archive.indexOf(END_RECORD));
    expect(await problem(zipOf([PART], { after: end, commentBytes: end.length }))).toBe('damaged');
  });

  test('末尾写的文件个数、目录大小、位置、分卷不对', async () => {
    for (const [offset, value] of [
      [4, 1],
      [6, 1],
      [8, 2],
      [10, 2],
      [12, 1],
      [16, 1],
      [20, 1],
    ] as const)
      expect(await problem(withNumber(archive, END_RECORD, offset, value)), String(offset)).toBe('damaged');
  });

  test('空的压缩包', async () => {
    expect(await problem(zipSync({}))).toBe('damaged');
  });
});

describe('不收的', () => {
  test('逃出文件夹的名字', async () => {
    for (const name of ['../a', 'a/../../b', '..\\a', '/etc/passwd', '\\a', 'C:\\a', 'c:a', 'a\0b'])
      expect(await zip({ ...PART, name }), name).toBe('path-traversal');
    for (const name of ['..a', 'a../b', 'a/...']) expect(await zip({ ...PART, name }), name).toHaveLength(1);
  });

  test('符号链接、加密的、少见的压缩方法、ZIP64', async () => {
    expect(await zip({ ...PART, unixMode: 0o120777 })).toBe('symbolic-link');
    expect(await zip({ ...PART, flags: 1 })).toBe('encrypted');
    expect(await problem(withNumber(zipOf([PART]), DIRECTORY_HEADER, 10, 12))).toBe('unknown-method');
    const sizes = Buffer.alloc(8);
    sizes.writeUInt8(99, 0);
    expect(await zip({ ...PART, claimed: 0xffff_ffff, extra: extraField(1, sizes) })).toBe('zip64');
    expect(await zip({ ...PART, claimed: 0xffff_ffff })).toBe('zip64');
  });

  test('ZIP64 的目录，哪怕只藏在最后一个文件的备注里', async () => {
    const archive = zipOf([PART]);
    const end = archive.indexOf(END_RECORD);
    for (const offset of [0, 4, end, 2 ** 32, 2 ** 52]) {
      const locator = Buffer.alloc(20);
      locator.write('PK\x06\x07', 'latin1');
      locator.writeBigUInt64LE(BigInt(offset), 8);
      const commented = withNumber(archive, DIRECTORY_HEADER, 32, locator.length);
      const bytes = Buffer.concat([commented.subarray(0, end), locator, commented.subarray(end)]);
      const size = bytes.readUInt32LE(bytes.length - 10) + locator.length;
      expect(['damaged', 'zip64']).toContain(await problem(withNumber(bytes, END_RECORD, 12, size, 4)));
    }
  });
});

describe('坏文件', () => {
  const archive = zipOf([
    { name: 'a/课.txt', content: '光'.repeat(50) },
    { name: 'b.txt', content: '影', extra: extraField(0x5455, Buffer.alloc(5)) },
    { name: 'c.bin', content: Buffer.alloc(2000, 'xyz') },
  ]);

  /** The content is the same, or the archive is refused; names are not covered by the checksum. */
  async function expectSameOrRefused(bytes: Uint8Array) {
    const files = await problem(bytes);
    if (typeof files === 'string') return;
    const original = (await unpack(archive)).map(([, content]) => content);
    expect(original).toEqual(expect.arrayContaining(files.map(([, content]) => content)));
  }

  test('任意改动几个字节、截断、接上别的，不是不收就是原来的内容，从不出错', async () => {
    const change = fc.tuple(fc.nat(archive.length - 1), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { minLength: 1, maxLength: 8 }),
        fc.nat(archive.length),
        fc.uint8Array({ maxLength: 30 }),
        async (changes, length, tail) => {
          const mutated = Buffer.from(archive);
          for (const [at, byte] of changes) mutated[at] = byte;
          await expectSameOrRefused(mutated);
          await expectSameOrRefused(mutated.subarray(0, length));
          await expectSameOrRefused(Buffer.concat([mutated, tail]));
        },
      ),
      { numRuns: FEW_RUNS * 5 },
    );
  });

  test('记录里的每个数换成极端的值', async () => {
    for (let at = 0; at < archive.length; at++)
      for (const value of [0, 1, 0x7fff_ffff, 0xffff_fffe, 0xffff_ffff]) {
        const mutated = Buffer.from(archive);
        for (const [index, byte] of [value, value >>> 8, value >>> 16, value >>> 24].entries())
          if (at + index < mutated.length) mutated[at + index] = byte & 0xff;
        await expectSameOrRefused(mutated);
      }
  });

  test('随便什么字节', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        expect(await problem(bytes)).toBe('damaged');
        expect(await problem(Buffer.concat([Buffer.from(LOCAL_HEADER), bytes]))).toBe('damaged');
      }),
      { numRuns: FEW_RUNS },
    );
  });
});
