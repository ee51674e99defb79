import { describe, expect, test } from 'vitest';
import { moved, stop } from '../../../tests/support/happenings.ts';
import { changeText, reasonText } from './text.ts';

describe('变更的说法', () => {
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

test('原因自己带着句号的，不再加一个', () => {
  expect(reasonText('大雪')).toBe('原因：大雪。');
  expect(reasonText('大雪，路不安全。')).toBe('原因：大雪，路不安全。');
  expect(reasonText(undefined)).toBe('');
});
