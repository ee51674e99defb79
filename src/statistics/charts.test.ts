import { expect, test } from 'vitest';
import { byMonth, byTownship } from './charts.ts';

const happening = (start: string, township?: string) => ({ data: { start, township } });

test('按月计数，没有活动的月份是零', () => {
  const bars = byMonth([happening('2026-03-05'), happening('2026-03-09T09:00'), happening('2026-12-01')]);
  expect(bars).toHaveLength(12);
  expect(bars.map(({ value }) => value)).toEqual([0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
});

test('按乡镇计数，只列有活动的，次序照乡镇表', () => {
  const townships = [
    { id: 'a', name: '甲镇' },
    { id: 'b', name: '乙镇' },
    { id: 'c', name: '丙镇' },
  ];
  const bars = byTownship(
    [happening('2026-01-01', 'c'), happening('2026-01-02', 'a'), happening('2026-01-03')],
    townships,
  );
  expect(bars.map(({ label }) => label)).toEqual(['甲镇', '丙镇']);
});
