import { describe, expect, test } from 'vitest';
import type { HappeningData } from '../happening.ts';
import { changeText } from '../changes/text.ts';
import { toCalendarEvent } from './calendar-event.ts';

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

describe('日历条目', () => {
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
