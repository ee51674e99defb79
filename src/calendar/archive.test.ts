import fc from 'fast-check';
import { expect, test } from 'vitest';
import { archiveYear, isArchived } from './archive.ts';
import { addDays } from './days.ts';

test('结束超过 400 天的进存档，正好 400 天的还在订阅里', () => {
  expect(isArchived({ start: '2025-10-19T09:00' }, '2026-11-23')).toBe(false);
  expect(isArchived({ start: '2025-10-18T09:00' }, '2026-11-23')).toBe(true);
});

test('跨年的按结束那天算，归到开始那一年', () => {
  const fair = { start: '2025-09-30', end: '2026-01-02' };
  expect(isArchived(fair, '2026-11-23')).toBe(false);
  expect(archiveYear(fair)).toBe('2025');
});

test('闰年也数得对：任何一天起，第 401 天进存档，早一天不进', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 15_000 }), (days) => {
      const day = addDays('2020-01-01', days);
      expect(isArchived({ start: day }, addDays(day, 400))).toBe(false);
      expect(isArchived({ start: day }, addDays(day, 401))).toBe(true);
    }),
  );
});
