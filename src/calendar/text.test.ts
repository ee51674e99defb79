import { describe, expect, test } from 'vitest';
import { dayInCharacters, dayText, momentText, rangeText, weekdayText } from './text.ts';

describe('日期的写法', () => {
  test('日期不补零', () => expect(dayText('2026-09-01')).toBe('2026年9月1日'));
  test.each([
    ['2026-11-22', '十一月二十二日'],
    ['2026-01-10', '一月十日'],
    ['2026-10-31', '十月三十一日'],
    ['2026-02-04', '二月四日'],
  ])('竖排用汉字数字：%s %s', (day, text) => expect(dayInCharacters(day)).toBe(text));
  test('星期按北京时间的那一天', () => {
    expect(weekdayText('2026-11-23')).toBe('周一');
    expect(weekdayText('2026-11-22T23:30')).toBe('周日');
  });
  test('有时刻就写出时刻', () => {
    expect(momentText('2026-09-01T09:00')).toBe('2026年9月1日 周二 9:00');
    expect(momentText('2026-09-01')).toBe('2026年9月1日 周二');
  });
  test.each([
    ['2026-09-01T09:00', '2026-09-01T11:30', '2026年9月1日 周二 9:00–11:30'],
    ['2026-09-01', '2026-09-03', '2026年9月1日至3日'],
    ['2026-09-01', '2026-10-03', '2026年9月1日至10月3日'],
    ['2026-12-30', '2027-01-02', '2026年12月30日至2027年1月2日'],
    ['2026-09-01T09:00', '2026-09-02T17:00', '2026年9月1日 周二 9:00至9月2日 17:00'],
    ['2026-09-01', undefined, '2026年9月1日 周二'],
    ['2026-09-01', '2026-09-01', '2026年9月1日 周二'],
  ])('起止不重复：%s %s', (start, end, text) => expect(rangeText(start, end)).toBe(text));
});
