import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { readSyllables, readTraditional } from './characters.ts';
import { attemptsAt, highlightTerms, readQuery } from './query.ts';
import { characterTables } from './indexing/tables.ts';

const tables = characterTables([]);
const characters = {
  syllableOf: readSyllables(tables.syllables),
  simplifiedOf: readTraditional(tables.traditional),
};
const SYNONYMS = [
  ['土豆', '马铃薯', '洋芋'],
  ['科普日', '全国科普日'],
];
const read = (raw: string) => readQuery(raw, characters, SYNONYMS);

test('疑问词不算内容，除非只打了疑问词', () => {
  expect(read('青贮玉米什么时候收？').content).toBe('青贮玉米 收');
  expect(read('怎么办').content).toBe('怎么办');
});

test('繁体当简体读', () => {
  expect(read('青貯玉米').text).toBe('青贮玉米');
});

test('同义词换掉的是同组里打了的最长的词', () => {
  expect(read('土豆发芽').variants).toEqual(['马铃薯发芽', '洋芋发芽']);
  expect(read('全国科普日 校园').variants).toEqual(['科普日 校园']);
  expect(read('科普日 校园').variants).toEqual(['全国科普日 校园']);
});

test('从要有全部的词一步步放宽到有一个就行', () => {
  const attempts = attemptsAt(read('青贮玉米什么时候收'));
  expect(attempts[0]).toEqual({
    need: 'all',
    terms: expect.arrayContaining(['青贮', '米什', '候收']),
    exact: true,
  });
  expect(attempts[1]).toEqual({ need: 'all', terms: ['青贮', '贮玉', '玉米'], exact: false });
  expect(attempts.at(-1)).toMatchObject({ need: 'any' });
});

test('只有符号的查询没有可试的', () => {
  expect(attemptsAt(read('？！…… 🙂'))).toEqual([]);
});

test('命中的词先标长的', () => {
  expect(highlightTerms(read('奶山羊产羔'))[0]).toBe('奶山羊产羔');
});

test('没有 Intl.Segmenter 的浏览器，连着的一串当一个词', () => {
  vi.stubGlobal('Intl', { ...Intl, Segmenter: undefined });
  expect(read('玉米 wifi').words).toEqual(['玉米', 'wifi']);
  vi.unstubAllGlobals();
});

test('任何文字都读得懂，试的次数和词数有上限', () => {
  const typed = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.string({
      unit: fc.constantFrom('青', '贮', '什', '么', 'q', 'a', ' ', '的', '吗', '\ud800'),
      maxLength: 400,
    }),
  );
  fc.assert(
    fc.property(typed, (raw) => {
      const query = read(raw);
      const attempts = attemptsAt(query);
      expect(attempts.length).toBeLessThanOrEqual(8);
      for (const { terms } of attempts) {
        expect(terms.length).toBeGreaterThan(0);
        expect(terms.length).toBeLessThanOrEqual(80);
      }
      expect(highlightTerms(query).every((term) => term.length > 0)).toBe(true);
    }),
  );
});
