import { describe, expect, test } from 'vitest';
import { moved, stop } from '../../tests/support/happenings.ts';
import { lastChange, whenText } from './happening.ts';

describe('活动和站次', () => {
  test('写明年月日、星期和时刻', () =>
    expect(whenText(stop)).toBe('2026 年 12 月 3 日（周四）上午 9:00–11:30'));
  test('不知道哪一天就说不知道', () => {
    expect(whenText({ start: '2022-03-01', datePrecision: 'month' })).toBe('2022 年 3 月');
    expect(whenText({ start: '2022-03-01', datePrecision: 'year' })).toBe('2022 年（具体日期未载）');
    expect(whenText({ start: '2022-03-01', datePrecision: 'day', dateNote: '遇雨顺延' })).toBe(
      '2022 年 3 月 1 日（周二）（遇雨顺延）',
    );
    expect(whenText({ start: '2022-09-01', dateNote: '具体日期原报告未载' })).toBe(
      '2022 年（具体日期原报告未载）',
    );
  });
  test('最后改动取最晚的一个日期', () => {
    expect(lastChange(stop)).toBe('2026-08-31');
    expect(lastChange({ ...moved, updated: '2026-11-20' })).toBe('2026-11-20T15:00');
    expect(lastChange({ ...moved, updated: '2026-11-21' })).toBe('2026-11-21');
  });
});
