import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bigrams, MAX_QUERY_CHARS, normalize, normalizeQuery, runsOf, termsOf } from './text.ts';

test('width, case, dots inside words and traditional characters are folded', () => {
  const simplifiedOf = new Map([['貯', '贮']]);
  expect(normalize('ＰＭ２．５', simplifiedOf)).toBe('pm25');
  expect(normalize('青貯，Wi-Fi！', simplifiedOf)).toBe('青贮 wi fi');
});

test('runs part Han characters from other words', () => {
  expect(runsOf('科普e站 2026年更新')).toEqual(['科普', 'e', '站', '2026', '年更新']);
});

test('terms are pairs of Han characters and whole other words, each once', () => {
  expect(termsOf('青贮玉米 青贮 wifi')).toEqual(['青贮', '贮玉', '玉米', 'wifi']);
  expect(bigrams('蜂')).toEqual(['蜂']);
});

test('any string normalises to letters, digits and single spaces, and normalising again changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (raw) => {
      const text = normalizeQuery(raw);
      expect(text).toMatch(/^(?:[\p{L}\p{N}]+(?: [\p{L}\p{N}]+)*)?$/u);
      expect(normalizeQuery(text)).toBe(text);
      expect(Array.from(text).length).toBeLessThanOrEqual(MAX_QUERY_CHARS);
    }),
  );
});
