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

test('labels keep the given order, and those of no document are left out', () => {
  expect(file.type.values).toEqual(['辟谣', '科普文章', '活动']);
  expect(file.audience.values).toEqual(['农民', '社会公众']);
});

test('labels of one facet add up, facets narrow each other', () => {
  const chosen = { type: ['科普文章', '辟谣'], year: ['2026年'] };
  expect([0, 1, 2].filter((doc) => accepts(file, chosen, doc))).toEqual([0]);
});

test('counts say how many each label would leave; ticked labels stay listed', () => {
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

test('an address is read back as it was written', () => {
  const state = { q: '青贮 玉米', chosen: { type: ['科普文章', '辟谣'], township: ['青禾镇'] } };
  expect(readState(writeState(state))).toEqual(state);
  expect(writeState({ q: '', chosen: {} })).toBe('');
});

test('any address can be read, and any state survives its address', () => {
  fc.assert(fc.property(fc.string(), (search) => void readState(search)));
  const labels = fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 3 });
  const chosen = fc.dictionary(fc.constantFrom(...FACET_NAMES), labels) as fc.Arbitrary<Chosen>;
  fc.assert(
    fc.property(fc.string(), chosen, (q, ticked) => {
      expect(readState(writeState({ q, chosen: ticked }))).toEqual({ q, chosen: { ...ticked } });
    }),
  );
});
