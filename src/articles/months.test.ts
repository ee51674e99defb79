import { describe, expect, test } from 'vitest';
import { monthsText, termsOfMonth } from './months.ts';

describe('当季月份的写法', () => {
  test.each([
    [['11'], '11 月'],
    [['9', '10', '11'], '9 月至 11 月'],
    [['11', '12', '1', '2'], '11 月至次年 2 月'],
    [['3', '4', '10'], '3 月至 4 月、10 月'],
    [['5', '6', '12', '1'], '5 月至 6 月、12 月至次年 1 月'],
    [[], ''],
    [Array.from({ length: 12 }, (_, index) => String(index + 1)), '全年'],
  ])('%j 写成「%s」', (months, text) => expect(monthsText(months)).toBe(text));
});

describe('一个月的节气', () => {
  test('今年还没过完的月份说今年', () =>
    expect(termsOfMonth(11, '2026-11-23')).toBe('立冬 11月7日、小雪 11月22日'));
  test('已经过去的月份说明年', () => expect(termsOfMonth(1, '2026-11-23')).toBe('小寒 1月5日、大寒 1月20日'));
});
