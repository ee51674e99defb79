import fc from 'fast-check';
import { expect, test } from 'vitest';
import { campaign, event, indicator, records, row } from '../../tests/support/figures.ts';
import { breakdown } from './breakdown.ts';
import type { Dimension } from './facets.ts';
import { figureOfIndicator } from './figure.ts';
import type { SourceRecord } from './records.ts';

const dictionary = [
  indicator('people', 'person'),
  indicator('sessions', 'session', { derived: 'sessions-training' }),
];
const figure = (entries: readonly SourceRecord[], id = 'people', scope = {}) =>
  figureOfIndicator(records(entries, dictionary), id, { year: 2022, ...scope });

/** Values with two decimals, which binary fractions get wrong; undefined is a blank. */
const value = fc.option(
  fc.integer({ min: 0, max: 100_000 }).map((cents) => cents / 100),
  { nil: undefined },
);
const anEvent = fc.record({
  month: fc.integer({ min: 1, max: 12 }),
  datePrecision: fc.constantFrom(
    'day' as const,
    'month' as const,
    'year' as const,
    'unknown' as const,
    undefined,
  ),
  township: fc.constantFrom('east', 'west', undefined),
  campaign: fc.constantFrom('spring', 'autumn', undefined),
  strand: fc.constantFrom('fair', undefined),
  audience: fc.subarray(['youth', 'farmers', 'elders'] as const),
  hosts: fc.subarray(['县科协', '县医院']),
  kind: fc.constantFrom('training' as const, 'fair' as const),
  sessions: fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined }),
  values: fc.array(value, { maxLength: 3 }),
});
const entries = fc
  .tuple(fc.array(anEvent, { maxLength: 12 }), fc.option(value, { nil: undefined }))
  .map(([events, stated]): SourceRecord[] => [
    ...events.map(({ month, values, ...data }, index) =>
      event(`e${index}`, {
        ...data,
        audience: [...data.audience],
        start: `2022-${String(month).padStart(2, '0')}-05`,
        results: values.map((one) => row('people', one)),
      }),
    ),
    campaign('spring', { results: stated === undefined ? [] : [row('people', stated)] }),
  ]);
const close = (a: number | undefined, b: number | undefined) => expect(a ?? 0).toBeCloseTo(b ?? 0, 5);
const total = (rows: readonly { value: number | undefined }[]) =>
  rows.reduce((all, { value: one }) => all + (one ?? 0), 0);

test('每一笔加起来就是合计，按得数方法分开的也是', () => {
  fc.assert(
    fc.property(entries, (all) => {
      const found = figure(all);
      close(total(found?.parts ?? []), found?.value);
      const { measured, estimated, unsaid } = found?.method ?? { measured: 0, estimated: 0, unsaid: 0 };
      close(measured + estimated + unsaid, found?.value);
    }),
  );
});

test.each(['month', 'township', 'campaign', 'strand', 'kind'] as const satisfies Dimension[])(
  '按一个维度分开，各行加上未载的就是全部：%s',
  (by) => {
    fc.assert(
      fc.property(entries, (all) => {
        for (const id of ['people', 'sessions']) {
          const found = figure(all, id);
          if (!found) continue;
          const rows = breakdown(found, by);
          close(total(rows), found.value);
          expect(rows.reduce((count, { parts }) => count + parts.length, 0)).toBe(found.parts.length);
          for (const { key, value: one } of rows)
            if (key !== undefined)
              close(figure(all, id, { [by]: by === 'month' ? Number(key) : key })?.value, one);
        }
      }),
    );
  },
);

test.each(['audience', 'host'] as const)('几方合办的进每一方，哪一行都不超过全部：%s', (by) => {
  fc.assert(
    fc.property(entries, (all) => {
      const found = figure(all);
      if (!found) return;
      const rows = breakdown(found, by);
      expect(new Set(rows.flatMap(({ parts }) => parts))).toEqual(new Set(found.parts));
      for (const { value: one } of rows) expect(one ?? 0).toBeLessThanOrEqual((found.value ?? 0) + 1e-6);
    }),
  );
});

test('与次序无关，同一条给几次只算一次', () => {
  fc.assert(
    fc.property(entries, (all) => {
      for (const id of ['people', 'sessions']) {
        const expected = figure(all, id)?.value;
        expect(figure(all.toReversed(), id)?.value).toBe(expected);
        expect(figure([...all, ...all], id)?.value).toBe(expected);
      }
    }),
  );
});

test('多一笔空着的，合计不多也不少', () => {
  fc.assert(
    fc.property(entries, anEvent, (all, { campaign: of }) => {
      const blank = event('blank', { campaign: of, results: [row('people')] });
      expect(figure([...all, blank])?.value).toBe(figure(all)?.value);
    }),
  );
});
