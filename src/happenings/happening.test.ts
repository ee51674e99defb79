import { describe, expect, test } from 'vitest';
import { type HappeningData, lastChange, whenText } from './happening.ts';

const stop: HappeningData = {
  title: '科普大篷车走进青禾镇中心小学',
  uid: 'a@example',
  start: '2026-12-03T09:00',
  end: '2026-12-03T11:30',
  state: 'confirmed',
  sequence: 0,
  published: '2026-08-31',
};
const moved: HappeningData = {
  ...stop,
  state: 'rescheduled',
  formerStart: '2026-11-25T14:00',
  changeReason: '学校考试',
  changedOn: '2026-11-20T15:00',
  sequence: 1,
};

describe('活动和站次', () => {
  test('写明年月日、星期和时刻', () =>
    expect(whenText(stop)).toBe('2026 年 12 月 3 日（周四）上午 9:00–11:30'));
  test('不知道哪一天就说不知道', () => {
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
