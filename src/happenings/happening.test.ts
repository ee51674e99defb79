import { describe, expect, test } from 'vitest';
import { changeText, type HappeningData, lastChange, toCalendarEvent, whenText } from './happening.ts';

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

describe('时间和变更的说法', () => {
  test('写明年月日、星期和时刻', () =>
    expect(whenText(stop)).toBe('2026 年 12 月 3 日（周四）上午 9:00–11:30'));
  test('不知道哪一天就说不知道', () => {
    expect(whenText({ start: '2022-09-01', dateNote: '具体日期原报告未载' })).toBe(
      '2022 年（具体日期原报告未载）',
    );
  });
  test('没有变更就没有变更说明', () => expect(changeText(stop)).toBeUndefined());
  test('改期写原定、改为和原因', () => {
    expect(changeText(moved)).toBe(
      '原定 11 月 25 日（周三）下午 2:00，改为 12 月 3 日（周四）上午 9:00–11:30。原因：学校考试。',
    );
  });
  test('取消写原定和原因', () => {
    expect(changeText({ ...stop, state: 'cancelled', changeReason: '大雪' })).toBe(
      '原定 12 月 3 日（周四）上午 9:00，现已取消。原因：大雪。',
    );
  });
});

describe('日历条目', () => {
  test('最后改动取最晚的一个日期', () => {
    expect(lastChange(stop)).toBe('2026-08-31');
    expect(lastChange({ ...moved, updated: '2026-11-20' })).toBe('2026-11-20T15:00');
    expect(lastChange({ ...moved, updated: '2026-11-21' })).toBe('2026-11-21');
  });
  test('说明里先写变更，最后给网址', () => {
    const { description } = toCalendarEvent(moved, {
      place: '操场',
      url: 'https://x.example/a/',
      lines: ['雨天：改期', undefined],
    });
    expect(description.split('\n')).toEqual([changeText(moved), '雨天：改期', '详情：https://x.example/a/']);
  });
  test('拟定的站次写明还可能变动', () => {
    const { description } = toCalendarEvent(
      { ...stop, state: 'tentative' },
      { place: '', url: 'https://x.example/' },
    );
    expect(description).toContain('时间还可能变动');
  });
});
