import { inflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { requestDocx } from './request-docx.ts';
import { requestPaper } from './request-paper.ts';

/** The text of a part of an OOXML file, by the ZIP's central directory. */
function part(zip: Uint8Array, name: string): string {
  const buffer = Buffer.from(zip);
  const end = buffer.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  let at = buffer.readUInt32LE(end + 16);
  for (let left = buffer.readUInt16LE(end + 10); left > 0; left--) {
    const nameLength = buffer.readUInt16LE(at + 28);
    const found = buffer.toString('utf8', at + 46, at + 46 + nameLength);
    if (found === name) {
      const local = buffer.readUInt32LE(at + 42);
      const start = local + 30 + buffer.readUInt16LE(local + 26) + buffer.readUInt16LE(local + 28);
      const bytes = buffer.subarray(start, start + buffer.readUInt32LE(at + 20));
      return (buffer.readUInt16LE(at + 10) === 8 ? inflateRawSync(bytes) : bytes).toString('utf8');
    }
    at += 46 + nameLength + buffer.readUInt16LE(at + 30) + buffer.readUInt16LE(at + 32);
  }
  throw new Error(`no ${name}`);
}
const known = {
  townships: [{ id: 'chengguan', name: '城关镇' }],
  exhibitSets: [{ name: '基础物理' }],
  site: { association: '县科协', requestsTo: '交县教体局教研室' },
};
const school = { id: 'diyi', name: '第一小学', township: 'chengguan', stages: ['primary' as const] };
const textOf = (zip: Uint8Array) => part(zip, 'word/document.xml').replace(/<[^>]+>/g, '');

test('学校的 Word 申请表填好校名、乡镇和编号，并写明申请不等于确认', async () => {
  const text = textOf(await requestDocx(requestPaper(school, known)));
  for (const part of [
    '第一小学',
    '城关镇',
    '小学',
    'DPC-diyi-',
    '□ 基础物理',
    '申请不等于确认',
    '送到：交县教体局教研室',
  ])
    expect(text).toContain(part);
});

test('空白的 Word 申请表全都留着给人填', async () => {
  const text = textOf(await requestDocx(requestPaper(undefined, known)));
  expect(text).toContain('学校或社区');
  expect(text).toContain('□ 幼儿园');
});

test('每次做出的文件都一样，两次生成逐字节相同', async () => {
  const first = await requestDocx(requestPaper(undefined, known));
  await new Promise((resolve) => setTimeout(resolve, 2100));
  expect(Buffer.from(await requestDocx(requestPaper(undefined, known))).equals(Buffer.from(first))).toBe(
    true,
  );
});
