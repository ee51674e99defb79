import { expect, test } from 'vitest';
import { addDays, daysBetween, weekdayIndex } from './days.ts';

test('加减天数跨月、跨年、跨闰日', () => {
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  expect(addDays('2028-03-01', -1)).toBe('2028-02-29');
});

test('星期从周一数起，时刻按它那一天算', () => {
  expect(weekdayIndex('2026-11-23')).toBe(0);
  expect(weekdayIndex('2026-11-22T23:30')).toBe(6);
});

test('两天相差几天，前后都数得对', () => {
  expect(daysBetween('2028-02-28', '2028-03-01')).toBe(2);
  expect(daysBetween('2027-01-01', '2026-12-31')).toBe(-1);
});
