import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeText } from './decode.ts';

const gbk = readFileSync('tests/fixtures/encodings/gbk.mdx');

test('GBK 的文件读得对，说明怎样另存', () => {
  const { text, notice } = decodeText(gbk);
  expect(text).toContain('title: 返青水怎么浇');
  expect(notice).toContain('编码选 UTF-8');
});

test('UTF-8 的文件照原样，有没有签名都行', () => {
  expect(decodeText(Buffer.from('\ufeff甲'))).toEqual({ text: '\ufeff甲', notice: undefined });
  expect(decodeText(Buffer.from('甲 <30℃'))).toEqual({ text: '甲 <30℃', notice: undefined });
});

test('Windows 的「Unicode 文本」读得对', () => {
  const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('标题：甲', 'utf16le')]);
  expect(decodeText(bytes).text).toBe('标题：甲');
});

test('不是文字的不读', () => {
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk', 'base64');
  expect(decodeText(png).text).toBeUndefined();
  expect(decodeText(Buffer.from([0xe7, 0x94, 0xb2, 0xff, 0xfe, 0x41])).text).toBeUndefined();
});

test('随便什么文字写成 UTF-8，读出来还是它', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const plain = text.replaceAll('\0', '');
      expect(decodeText(Buffer.from(plain))).toEqual({ text: plain, notice: undefined });
    }),
  );
});
