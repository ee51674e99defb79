import { expect, test } from 'vitest';
import { figureText } from './figures.ts';

test('数字带单位，约数写「约」', () => {
  expect(figureText(624, 'attendance')).toBe('624 人次');
  expect(figureText(1800, 'copy', true)).toBe('约 1,800 份');
  expect(figureText(35, 'percent')).toBe('35%');
});
test('空着的数写「未载」，零就是零', () => {
  expect(figureText(undefined, 'person')).toBe('未载');
  expect(figureText(0, 'person')).toBe('0 人');
});
