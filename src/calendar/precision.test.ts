import { describe, expect, test } from 'vitest';
import {
  compareKnownDates,
  firstPossibleDay,
  knownDate,
  knownDateText,
  lastPossibleDay,
  precisionOf,
  shortDateText,
} from './precision.ts';

describe('日期有多准', () => {
  test('没有写的就是准确到日；从前用日期说明表示的，算只知道年份', () => {
    expect(precisionOf({})).toBe('day');
    expect(precisionOf({ dateNote: '具体日期原报告未载' })).toBe('year');
    expect(precisionOf({ datePrecision: 'day', dateNote: '遇雨顺延' })).toBe('day');
  });

  test.each([
    ['day', '2022-03-05', '2022年3月5日', '2022年3月5日'],
    ['month', '2022-03', '2022年3月', '2022年3月'],
    ['year', '2022', '2022年（具体日期未载）', '2022年'],
    ['unknown', '2022', '2022年归档（日期不详）', '2022年'],
  ] as const)('不准的日子不显示：%s', (datePrecision, known, text, short) => {
    expect(knownDate('2022-03-05T09:00', { datePrecision })).toBe(known);
    expect(knownDateText('2022-03-05', { datePrecision })).toBe(text);
    expect(shortDateText('2022-03-05', { datePrecision })).toBe(short);
  });

  test('最早和最晚可能是哪一天', () => {
    const at = (datePrecision: 'day' | 'month' | 'year', start: string) => ({ start, datePrecision });
    expect(lastPossibleDay(at('month', '2024-02-01'))).toBe('2024-02-29');
    expect(lastPossibleDay(at('month', '2022-12-01'))).toBe('2022-12-31');
    expect(lastPossibleDay(at('year', '2022-03-01'))).toBe('2022-12-31');
    expect(firstPossibleDay(at('month', '2022-03-09'))).toBe('2022-03-01');
    expect(firstPossibleDay(at('year', '2022-03-09'))).toBe('2022-01-01');
    expect(firstPossibleDay(at('day', '2022-03-09T09:00'))).toBe('2022-03-09');
  });

  test('排列时，只知道年份的在那一年的日子前面，只知道月份的在那个月前面', () => {
    const days = [
      { day: '2022-03-05' },
      { day: '2022-09-01', datePrecision: 'year' as const },
      { day: '2022-03-20', datePrecision: 'month' as const },
      { day: '2022-01-02' },
      { day: '2022-01-01', datePrecision: 'year' as const },
    ];
    expect(days.toSorted(compareKnownDates).map(({ day }) => day)).toEqual([
      '2022-01-01',
      '2022-09-01',
      '2022-01-02',
      '2022-03-20',
      '2022-03-05',
    ]);
  });
});
