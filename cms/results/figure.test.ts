import { expect, test } from 'vitest';
import { readFigure } from './figure.ts';

test('数字怎样写都认得：逗号、全角、单位、约数', () => {
  expect(readFigure('1800', 'copy')).toEqual({ value: 1800, approximate: false });
  expect(readFigure(' 1,800 ', 'copy')).toEqual({ value: 1800, approximate: false });
  expect(readFigure('１８００份', 'copy')).toEqual({ value: 1800, approximate: false });
  expect(readFigure('约1800余份', 'copy')).toEqual({ value: 1800, approximate: true });
  expect(readFigure('650份左右', 'copy')).toEqual({ value: 650, approximate: true });
  expect(readFigure('3639 人次', 'attendance')).toEqual({ value: 3639, approximate: false });
  expect(readFigure(0, 'person')).toEqual({ value: 0, approximate: false });
  expect(readFigure('235000.5', 'yuan')).toEqual({ value: 235000.5, approximate: false });
});

test('不是数的说明白，不猜', () => {
  const said = (typed: string, unit: Parameters<typeof readFigure>[1]) =>
    (readFigure(typed, unit) as { problem?: string }).problem ?? '没有问题';
  expect(said('很多', 'copy')).toContain('「很多」不是数字');
  expect(said('-5', 'copy')).toBe('不能是负数');
  expect(said('12.5', 'person')).toContain('要是整数');
  expect(said('120', 'percent')).toContain('不能超过 100');
  expect(said('3639人次', 'person')).toContain('写的是「人次」，这一项的单位是「人」');
  expect(said('3639人', 'attendance')).toContain('写的是「人」，这一项的单位是「人次」');
  expect(said('1,80', 'copy')).toContain('看不懂');
  expect(said('三百', 'copy')).toContain('不是数字');
  expect(said('100-200', 'copy')).toContain('不是数字');
  expect(said('1e9', 'copy')).toContain('不是数字');
});
