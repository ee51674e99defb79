import { expect, test } from 'vitest';
import { yuanText } from './yuan.ts';

test('投资写成读者习惯的元和万元，没有数就写「未载」', () => {
  expect(yuanText(150_000)).toBe('15 万元');
  expect(yuanText(85_000)).toBe('8.5 万元');
  expect(yuanText(5_000)).toBe('5,000 元');
  expect(yuanText(123_456)).toBe('123,456 元');
  expect(yuanText(0)).toBe('0 元');
  expect(yuanText(undefined)).toBe('未载');
});
