import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { schoolYearOf, weeksOf } from './month.ts';

describe('月历', () => {
  test('从星期一排起，别的月份空着', () => {
    const weeks = weeksOf('2026-11');
    expect(weeks).toHaveLength(6);
    expect(weeks[0]).toEqual([...Array(6).fill(undefined), '2026-11-01']);
    expect(weeks[5]?.slice(0, 2)).toEqual(['2026-11-30', undefined]);
  });
  test('二月正好四周', () => expect(weeksOf('2027-02')).toHaveLength(4));
  test('每一天恰好出现一次', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1950, max: 2100 }), fc.integer({ min: 1, max: 12 }), (year, month) => {
        const days = weeksOf(`${year}-${String(month).padStart(2, '0')}`)
          .flat()
          .filter(Boolean);
        expect(days).toHaveLength(new Date(Date.UTC(year, month, 0)).getUTCDate());
        expect(days).toEqual([...new Set(days)].sort());
      }),
    );
  });
});

test.each([
  ['2026-08-01', '2026—2027 学年'],
  ['2026-12-31', '2026—2027 学年'],
  ['2027-07-31', '2026—2027 学年'],
  ['2027-08-01', '2027—2028 学年'],
])('学年从八月算起：%s', (day, label) => expect(schoolYearOf(day).label).toBe(label));
