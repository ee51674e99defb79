import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { daysOfWeek, formatWeek, weekOf } from './week.ts';
import { addDays } from './days.ts';

const day = fc
  .date({ min: new Date('1999-01-01'), max: new Date('2101-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('周', () => {
  test('年头年尾的日子归到 ISO 8601 说的那一周', () => {
    expect(weekOf('2026-11-24T09:00')).toBe('2026-W48');
    expect(weekOf('2027-01-01')).toBe('2026-W53');
    expect(weekOf('2024-12-30')).toBe('2025-W01');
    expect(weekOf('2028-02-29')).toBe('2028-W09');
    expect(daysOfWeek('2026-W53')[6]).toBe('2027-01-03');
    expect(formatWeek('2026-W08')).toBe('2026 年第 8 周');
  });
  test('每一天都在自己那一周的七天里，七天从周一起，一天不缺', () =>
    fc.assert(
      fc.property(day, (one) => {
        const days = daysOfWeek(weekOf(one));
        expect(days).toContain(one);
        expect(new Date(`${days[0]}T00:00:00Z`).getUTCDay()).toBe(1);
        expect(days.slice(1)).toEqual(days.slice(0, -1).map((each) => addDays(each, 1)));
        expect(new Set(days.map(weekOf)).size).toBe(1);
      }),
    ));
  test('周的写法按字母排就是先后', () =>
    fc.assert(
      fc.property(day, day, (a, b) => {
        if (weekOf(a) < weekOf(b)) expect(a < b).toBe(true);
      }),
    ));
});
