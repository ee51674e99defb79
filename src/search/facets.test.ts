import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  accepts,
  type Chosen,
  countFacets,
  FACET_NAMES,
  packFacets,
  readState,
  writeState,
} from './facets.ts';

const file = packFacets(
  [
    { type: ['科普文章'], topic: ['养殖'], audience: ['农民', '社会公众'], year: ['2026年'] },
    { type: ['辟谣'], topic: ['养殖'], audience: ['农民'], year: ['2025年'] },
    { type: ['活动'], township: ['青禾镇'], year: ['2026年'] },
  ],
  { type: ['辟谣', '科普文章', '活动', '荣誉'], year: ['2026年', '2025年'] },
);

test('选项照给定的次序，没有文档的不列', () => {
  expect(file.type.values).toEqual(['辟谣', '科普文章', '活动']);
  expect(file.audience.values).toEqual(['农民', '社会公众']);
});

test('同一类的选项相加，各类之间互相收窄', () => {
  const chosen = { type: ['科普文章', '辟谣'], year: ['2026年'] };
  expect([0, 1, 2].filter((doc) => accepts(file, chosen, doc))).toEqual([0]);
});

test('计数说明每个选项会剩下几条；勾上的一直列着', () => {
  const counts = countFacets(file, [0, 1, 2], { year: ['2025年'] });
  expect(counts.type).toEqual([{ value: '辟谣', count: 1, chosen: false }]);
  expect(counts.year).toEqual([
    { value: '2026年', count: 2, chosen: false },
    { value: '2025年', count: 1, chosen: true },
  ]);
  expect(countFacets(file, [2], { topic: ['养殖'] }).topic).toEqual([
    { value: '养殖', count: 0, chosen: true },
  ]);
});

test('写成网址再读回来，和原来一样', () => {
  const state = { q: '青贮 玉米', chosen: { type: ['科普文章', '辟谣'], township: ['青禾镇'] } };
  expect(readState(writeState(state))).toEqual(state);
  expect(writeState({ q: '', chosen: {} })).toBe('');
});

test('任何网址都读得懂，任何选择写成网址都读得回来', () => {
  fc.assert(fc.property(fc.string(), (search) => void readState(search)));
  const labels = fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 3 });
  const chosen = fc.dictionary(fc.constantFrom(...FACET_NAMES), labels) as fc.Arbitrary<Chosen>;
  fc.assert(
    fc.property(fc.string(), chosen, (q, ticked) => {
      expect(readState(writeState({ q, chosen: ticked }))).toEqual({ q, chosen: { ...ticked } });
    }),
  );
});
