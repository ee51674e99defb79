import { expect, test } from 'vitest';
import { event, indicator, records, row } from '../../../tests/support/figures.ts';
import { compareYears } from '../years.ts';
import { changeText, missingBetween, pointsOfYears } from './changes.ts';

const sessions = indicator('sessions', 'session');

test('增减写成话：增加、减少、持平，不知道的写横线；没有过完的一年不说减少', () => {
  expect(changeText({ difference: 12, ratio: 0.2 }, sessions, false)).toBe('增加 12 场（20%）');
  expect(changeText({ difference: -3, ratio: undefined }, sessions, false)).toBe('减少 3 场');
  expect(changeText({ difference: 0, ratio: 0 }, sessions, false)).toBe('持平');
  expect(changeText(undefined, sessions, false)).toBe('—');
  expect(changeText({ difference: -3, ratio: -0.5 }, sessions, true)).toBe('还差 3 场');
  expect(changeText({ difference: 3, ratio: 0.5 }, sessions, true)).toBe('已多 3 场');
  expect(changeText({ difference: -3, ratio: -0.5 }, { unit: 'person', nature: 'stock' }, true)).toBe(
    '减少 3 人（50%）',
  );
});

test('中间没有记录的年份不画点，也说得出是哪几年', () => {
  const all = records(
    [
      event('a', { start: '2022-03-05', results: [row('sessions', 24)] }),
      event('b', { start: '2025-03-05', results: [row('sessions', 30), row('sessions')] }),
    ],
    [sessions],
  );
  const years = [2022, 2025];
  const [comparison] = compareYears(all, years);
  const { points, known, notes } = pointsOfYears(comparison as NonNullable<typeof comparison>, years);
  expect(points.map(({ label, value, text }) => [label, value, text])).toEqual([
    ['2022', 24, '24 场'],
    ['2023', undefined, '未载'],
    ['2024', undefined, '未载'],
    ['2025', 30, '不少于 30 场'],
  ]);
  expect(known).toBe(2);
  expect(notes).toEqual(['2023、2024 年未载']);
  expect(missingBetween(years)).toEqual([2023, 2024]);
  expect(missingBetween([2022, 2023])).toEqual([]);
  expect(missingBetween([])).toEqual([]);
});
