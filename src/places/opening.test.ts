import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HOLIDAYS } from '../../tests/support/holidays.ts';
import * as opening from './opening.ts';
import { type Openable, weeklyHours } from './opening.ts';

const isOpenOn = (place: Openable, day: string) => opening.isOpenOn(place, day, HOLIDAYS);
const nextOpenDay = (place: Openable, day: string) => opening.nextOpenDay(place, day, HOLIDAYS);
const openingText = (place: Openable, moment: string) => opening.openingText(place, moment, HOLIDAYS);

const community: Openable = {
  opening: [{ days: ['mo', 'tu', 'we', 'th', 'fr'], opens: '08:30', closes: '17:30' }],
  closedOnHolidays: true,
};
const centre: Openable = {
  opening: [
    { days: ['sa', 'su'], opens: '14:00', closes: '17:00' },
    { days: ['sa', 'su'], opens: '09:00', closes: '11:30' },
  ],
};

describe('今天开放吗', () => {
  test('按星期', () => {
    expect(isOpenOn(community, '2026-11-23').open).toBe(true);
    expect(isOpenOn(community, '2026-11-22').open).toBe(false);
    expect(isOpenOn(centre, '2026-11-22').open).toBe(true);
  });

  test('没有写开放时间就不下结论', () => {
    expect(isOpenOn({ opening: [] }, '2026-11-23').open).toBeUndefined();
    expect(openingText({ opening: [] }, '2026-11-23T09:00')).toBeUndefined();
  });

  test('写明节假日闭馆的，国庆假期里的工作日不开，并说是哪个节', () => {
    expect(isOpenOn(community, '2026-10-06')).toEqual({ open: false, holiday: '国庆节' });
    expect(openingText(community, '2026-10-06T10:00')?.text).toContain('国庆节');
    expect(isOpenOn({ ...community, closedOnHolidays: false }, '2026-10-06').open).toBe(true);
  });

  test('调休上班的周六提醒先联系', () => {
    expect(isOpenOn(centre, '2026-10-10')).toMatchObject({ open: true, caution: 'makeup' });
  });

  test('没有收录节假日的年份不装作知道', () => {
    expect(isOpenOn(community, '2035-02-12')).toMatchObject({ open: true, caution: 'unknown' });
    expect(isOpenOn(community, '2035-10-01').open).toBe(false);
    expect(isOpenOn(centre, '2035-02-10')).toEqual({ open: true, hours: expect.anything() });
  });

  test('说清现在、稍后、已关门和下次', () => {
    expect(openingText(community, '2026-11-23T09:00')).toEqual({
      open: true,
      text: '现在开放，17:30 关门。',
    });
    expect(openingText(community, '2026-11-23T07:00')?.text).toBe('今天开放：08:30–17:30。');
    expect(openingText(community, '2026-11-27T17:30')).toMatchObject({ open: false });
    expect(openingText(community, '2026-11-27T17:30')?.text).toMatch(/今天已经关门。下次开放：11月30日/);
    expect(openingText(centre, '2026-11-22T12:00')?.text).toBe('今天开放：14:00–17:00。');
  });

  test('下次开放跳过假期；从不开放就没有下次', () => {
    expect(nextOpenDay(community, '2026-09-30')).toBe('2026-10-08');
    expect(
      nextOpenDay({ opening: [{ days: [], opens: '09:00', closes: '10:00' }] }, '2026-11-23'),
    ).toBeUndefined();
  });

  test('任何一天都有答案，下次开放一定在之后而且确实开放', () => {
    const day = fc
      .integer({ min: 0, max: 20_000 })
      .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, (value) => {
        const next = nextOpenDay(community, value);
        expect(next === undefined || (next > value && isOpenOn(community, next).open === true)).toBe(true);
      }),
    );
  });

  test('每周表从周一排到周日，一天几段按时间排', () => {
    const week = weeklyHours(centre.opening);
    expect(week.map(({ day }) => day)).toEqual(['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su']);
    expect(week[5]?.spans).toEqual(['09:00–11:30', '14:00–17:00']);
    expect(week[0]?.spans).toEqual([]);
  });
});
