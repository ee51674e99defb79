import { expect, test } from 'vitest';
import { numberInCharacters } from '../../calendar/text.ts';
import { type Amount, amountText, moneyText, numberText } from './numbers.ts';

const amount = (value: number | undefined, more: Partial<Amount> = {}): Amount => ({
  value,
  unit: 'session',
  approximate: false,
  incomplete: false,
  conflict: [],
  ...more,
});

test.each([
  [0, '0'],
  [3639, '3639'],
  [50_000, '5万'],
  [13_000, '1.3万'],
  [12_345, '12345'],
  [12_300, '1.23万'],
])('%d 写成「%s」，不丢一个数', (value, text) => {
  expect(numberText(value)).toBe(text);
});

test.each([
  [5000, '5000元'],
  [150_000, '15万元'],
  [235_000, '23.5万元'],
  [123_456, '12.3456万元'],
])('%d 元写成「%s」', (yuan, text) => {
  expect(moneyText(yuan)).toBe(text);
});

test('约数写「约」，记录不全写「不少于」，零就是零', () => {
  expect(amountText(amount(13_000, { unit: 'attendance', approximate: true }))).toBe('约1.3万人次');
  expect(amountText(amount(24, { incomplete: true }), '场次')).toBe('不少于24场次');
  expect(amountText(amount(0))).toBe('0场');
  expect(amountText(amount(95, { unit: 'percent' }), '')).toBe('95%');
});

test('两个数对不上就都写，不挑一个；没有数就不写数', () => {
  expect(amountText(amount(undefined, { unit: 'person', conflict: [1278, 1283] }))).toBe('1278或1283人');
  expect(amountText(amount(undefined))).toBeUndefined();
});

test('届次和段落的编号写成汉字，过了一百也对', () => {
  expect([1, 10, 12, 30, 100, 105, 110, 119, 120, 999].map(numberInCharacters)).toEqual(
    '一 十 十二 三十 一百 一百零五 一百一十 一百一十九 一百二十 九百九十九'.split(' '),
  );
});
