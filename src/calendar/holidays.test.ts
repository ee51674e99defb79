import { describe, expect, test } from 'vitest';
import { HOLIDAY_NOTICES, holidayOn, holidaysKnown, isMakeupWorkday } from './holidays.ts';

const isWeekend = (day: string) => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());

describe('法定节假日', () => {
  test('2026 年的放假和调休照通知', () => {
    expect(holidayOn('2026-02-15')).toBe('春节');
    expect(holidayOn('2026-02-23')).toBe('春节');
    expect(holidayOn('2026-02-24')).toBeUndefined();
    expect(holidayOn('2026-10-07')).toBe('国庆节');
    expect(isMakeupWorkday('2026-10-10')).toBe(true);
  });

  test('通知里一共 33 天放假、6 天调休上班', () => {
    const { holidays = [], workdays = [] } = HOLIDAY_NOTICES['2026'] ?? {};
    const days = holidays.map(({ from, to }) => (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1);
    expect(days.reduce((sum, count) => sum + count, 0)).toBe(33);
    expect(workdays).toHaveLength(6);
  });

  test('每年的日子都在当年，节假日不重叠，调休上班都是周末', () => {
    for (const [year, { holidays, workdays }] of Object.entries(HOLIDAY_NOTICES)) {
      for (const [index, { from, to }] of holidays.entries()) {
        expect(from.slice(0, 4)).toBe(year);
        expect(from <= to).toBe(true);
        expect((holidays[index - 1]?.to ?? '') < from).toBe(true);
      }
      for (const day of workdays) {
        expect(isWeekend(day), day).toBe(true);
        expect(holidayOn(day), day).toBeUndefined();
      }
    }
  });

  test('还没有通知的年份只认日期固定的节日', () => {
    expect(holidaysKnown('2035-02-10')).toBe(false);
    expect(holidayOn('2035-10-01')).toBe('国庆节');
    expect(holidayOn('2035-10-05')).toBeUndefined();
    expect(isMakeupWorkday('2035-10-13')).toBe(false);
  });
});
