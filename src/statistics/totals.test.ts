import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Indicator, totalsOf } from './totals.ts';

const indicator = (id: string, unit: Indicator['unit'], nature: Indicator['nature'] = 'flow'): Indicator => ({
  id,
  name: id,
  unit,
  nature,
  headline: false,
});
const dictionary = [
  indicator('people', 'person'),
  indicator('attendances', 'attendance'),
  indicator('coverage', 'percent'),
  indicator('users', 'person', 'stock'),
];
type Result = { indicator: string; value?: number; approximate?: boolean };
const entry = (id: string, ...results: Result[]) => ({ id, data: { results } });
const totalOf = (id: string, ...entries: ReturnType<typeof entry>[]) =>
  totalsOf(entries, dictionary).find((total) => total.indicator.id === id);

describe('加总', () => {
  test('同一指标相加，列出每一笔的来处', () => {
    const a = entry('a', { indicator: 'people', value: 30 });
    const b = entry('b', { indicator: 'people', value: 12 });
    expect(totalOf('people', a, b)).toMatchObject({
      unit: 'person',
      value: 42,
      approximate: false,
      incomplete: false,
      parts: [
        { entry: a, value: 30 },
        { entry: b, value: 12 },
      ],
    });
  });
  test('人和人次各加各的', () => {
    const totals = totalsOf(
      [entry('a', { indicator: 'people', value: 30 }, { indicator: 'attendances', value: 100 })],
      dictionary,
    );
    expect(totals.map(({ unit, value }) => [unit, value])).toEqual([
      ['person', 30],
      ['attendance', 100],
    ]);
  });
  test('空着的数不当作零，合计标明不全', () => {
    const total = totalOf(
      'people',
      entry('a', { indicator: 'people', value: 30 }),
      entry('b', { indicator: 'people' }),
    );
    expect(total).toMatchObject({ value: 30, incomplete: true });
  });
  test('全空就没有合计', () => {
    expect(totalOf('people', entry('a', { indicator: 'people' }))).toMatchObject({
      value: undefined,
      incomplete: true,
    });
  });
  test('零是一个数', () => {
    expect(totalOf('people', entry('a', { indicator: 'people', value: 0 }))).toMatchObject({
      value: 0,
      incomplete: false,
    });
  });
  test('有一笔是约数，合计就是约数', () => {
    const total = totalOf(
      'people',
      entry('a', { indicator: 'people', value: 30, approximate: true }),
      entry('b', { indicator: 'people', value: 1 }),
    );
    expect(total).toMatchObject({ value: 31, approximate: true });
  });
  test.each(['coverage', 'users'])('比例和存量不相加：%s', (id) => {
    const total = totalOf(
      id,
      entry('a', { indicator: id, value: 1 }),
      entry('b', { indicator: id, value: 2 }),
    );
    expect(total?.value).toBeUndefined();
    expect(totalOf(id, entry('a', { indicator: id, value: 1 }))?.value).toBe(1);
  });
  test('同一条内容给两次只算一次，两类内容可以同名', () => {
    const a = { ...entry('a', { indicator: 'people', value: 3 }), collection: 'events' };
    const stop = { ...entry('a', { indicator: 'people', value: 4 }), collection: 'caravan' };
    expect(totalOf('people', a, a, stop)?.value).toBe(7);
  });
  test('词典里没有的指标不算，也不出错', () => {
    expect(totalsOf([entry('a', { indicator: 'nobody', value: 3 })], dictionary)).toEqual([]);
    expect(totalsOf([], dictionary)).toEqual([]);
  });
  test('合计与次序无关，小数不走样', () => {
    const values = fc.array(
      fc.integer({ min: 0, max: 100_000 }).map((cents) => cents / 100),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(values, (list) => {
        const entries = list.map((value, index) => entry(String(index), { indicator: 'people', value }));
        const sum = totalsOf(entries, dictionary)[0]?.value;
        expect(totalsOf(entries.toReversed(), dictionary)[0]?.value).toBe(sum);
        expect(sum).toBe(list.reduce((cents, value) => cents + Math.round(value * 100), 0) / 100);
      }),
    );
  });
});
