import { expect, test } from 'vitest';
import { upcoming } from './upcoming.ts';

const at = (id: string, start: string, end?: string) => ({ id, data: { start, end } });

test('今天还没结束的活动仍在预告里，先开始的在前', () => {
  const list = [
    at('later', '2026-12-01T09:00'),
    at('today', '2026-11-23T08:00', '2026-11-23T09:00'),
    at('past', '2026-11-22'),
    at('running', '2026-11-20', '2026-11-25'),
  ];
  expect(upcoming(list, '2026-11-23').map(({ id }) => id)).toEqual(['running', 'today', 'later']);
});

test('只知道月份的，那个月过完才算过去', () => {
  const list = [{ id: 'november', data: { start: '2026-11-01', datePrecision: 'month' as const } }];
  expect(upcoming(list, '2026-11-30')).toHaveLength(1);
  expect(upcoming(list, '2026-12-01')).toHaveLength(0);
});
