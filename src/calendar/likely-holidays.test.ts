import { expect, test } from 'vitest';
import { holidayCalendar } from './holidays.ts';
import { likelyHolidays } from './likely-holidays.ts';

test.each([
  ['2026', '2026-02-16', '2026-04-05', '2026-06-19', '2026-09-25'],
  ['2027', '2027-02-05', '2027-04-05', '2027-06-09', '2027-09-15'],
  ['2028', '2028-01-25', '2028-04-04', '2028-05-28', '2028-10-03'],
  ['2029', '2029-02-12', '2029-04-04', '2029-06-16', '2029-09-22'],
  ['2030', '2030-02-02', '2030-04-05', '2030-06-05', '2030-09-12'],
])('%s 年的除夕、清明、端午、中秋', (year, eve, qingming, dragonBoat, midAutumn) => {
  const of = (name: string) => likelyHolidays(year).holidays.find((one) => one.name === name)?.from;
  expect([of('春节'), of('清明节'), of('端午节'), of('中秋节')]).toEqual([
    eve,
    qingming,
    dragonBoat,
    midAutumn,
  ]);
});

test('推算的一共 13 天，写明是推算；没有通知的调休不猜', () => {
  const { holidays, workdays } = likelyHolidays('2027');
  const days = holidays.map(({ from, to }) => (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1);
  expect(days.reduce((sum, count) => sum + count, 0)).toBe(13);
  expect(workdays).toEqual([]);
  const calendar = holidayCalendar(likelyHolidays);
  expect(calendar.on('2027-09-15')).toEqual({ name: '中秋节', isLikely: true });
  expect(calendar.on('2027-09-16')).toBeUndefined();
  expect(calendar.isKnown('2027-09-15')).toBe(false);
});
