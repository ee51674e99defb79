import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bigrams, MAX_QUERY_CHARS, normalize, normalizeQuery, runsOf, termsOf } from './text.ts';

test('全角半角、大小写、词里的点和繁简都归成一样', () => {
  const simplifiedOf = new Map([['貯', '贮']]);
  expect(normalize('ＰＭ２．５', simplifiedOf)).toBe('pm25');
  expect(normalize('青貯，Wi-Fi！', simplifiedOf)).toBe('青贮 wi fi');
});

test('汉字和其他词分成各自的段', () => {
  expect(runsOf('科普e站 2026年更新')).toEqual(['科普', 'e', '站', '2026', '年更新']);
});

test('检索词是相邻的两个汉字和整个的其他词，各一次', () => {
  expect(termsOf('青贮玉米 青贮 wifi')).toEqual(['青贮', '贮玉', '玉米', 'wifi']);
  expect(bigrams('蜂')).toEqual(['蜂']);
});

test('任何文字都规整成字母、数字和单个空格，再规整一次不变', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (raw) => {
      const text = normalizeQuery(raw);
      expect(text).toMatch(/^(?:[\p{L}\p{N}]+(?: [\p{L}\p{N}]+)*)?$/u);
      expect(normalizeQuery(text)).toBe(text);
      expect(Array.from(text).length).toBeLessThanOrEqual(MAX_QUERY_CHARS);
    }),
  );
});
