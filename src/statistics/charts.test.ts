import { expect, test } from 'vitest';
import { activityOf } from './activity.ts';
import { byMonth, byTownship } from './charts.ts';
import type { EventRecord } from './records.ts';

const event = (id: string, data: Partial<EventRecord['data']>): EventRecord => ({
  id,
  collection: 'events',
  data: { title: id, state: 'completed', start: '2026-03-05', ...data },
});
const activity = (...entries: EventRecord[]) =>
  activityOf({ entries, snapshots: [], dictionary: [] }, { year: 2026 });

test('按月计场次，没有活动的月份是零，日期未载的不进任何一个月', () => {
  const chart = byMonth(
    activity(
      event('a', {}),
      event('b', { start: '2026-03-09T09:00', sessions: 3 }),
      event('c', { start: '2026-12-01' }),
      event('d', { start: '2026-01-01', datePrecision: 'year', sessions: 24 }),
      event('e', { start: '2026-05-01', datePrecision: 'month' }),
    ),
  );
  expect(chart.bars.map(({ value }) => value)).toEqual([0, 0, 4, 0, 1, 0, 0, 0, 0, 0, 0, 1]);
  expect(chart.unplaced).toBe(1);
});

test('一笔日期都没有的年份不画每月的图', () => {
  expect(byMonth(activity(event('a', { datePrecision: 'year' })))).toEqual({ bars: [], unplaced: 1 });
});

test('按乡镇计场次，只列有活动的，次序照乡镇表，乡镇未载的另外说', () => {
  const townships = [
    { id: 'a', name: '甲镇' },
    { id: 'b', name: '乙镇' },
    { id: 'c', name: '丙镇' },
  ];
  const chart = byTownship(
    activity(event('1', { township: 'c' }), event('2', { township: 'a', sessions: 2 }), event('3', {})),
    townships,
  );
  expect(chart.bars.map(({ label, value }) => [label, value])).toEqual([
    ['甲镇', 2],
    ['丙镇', 1],
  ]);
  expect(chart.unplaced).toBe(1);
});
