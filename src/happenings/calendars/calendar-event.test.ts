import { describe, expect, test } from 'vitest';
import { moved, stop } from '../../../tests/support/happenings.ts';
import { changeText } from '../changes/text.ts';
import { toCalendarEvent } from './calendar-event.ts';

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
