import { expect, test } from 'vitest';
import { event, indicator, records, row } from '../../tests/support/figures.ts';
import type { ChartData } from '../statistics/charts/charts.ts';
import { figuresOf } from '../statistics/index.ts';
import { largestPoints, leadingFigures } from './selection.ts';

const figuresNamed = (names: readonly string[], headlines: readonly string[] = []) =>
  figuresOf(
    records(
      [
        event('a', { results: names.map((name, index) => row(name, index)) }),
        event('b', { results: [row('blank')] }),
      ],
      [...names, 'blank'].map((name) => indicator(name, 'person', { headline: headlines.includes(name) })),
    ),
    { year: 2022 },
  );
const ids = (figures: readonly { indicator: { id: string } }[]) => figures.map(({ indicator: { id } }) => id);

test('大字的是首页显示的指标，其余在旁边；未载的不上成绩单，放不下的说有几项', () => {
  const names = Array.from({ length: 40 }, (_, index) => `i${index}`);
  const { leading, others, left } = leadingFigures(figuresNamed(names, ['i3', 'i5']));
  expect(ids(leading)).toEqual(['i3', 'i5']);
  expect(ids(others).slice(0, 4)).toEqual(['i0', 'i1', 'i2', 'i4']);
  expect(ids(others)).not.toContain('blank');
  expect(leading.length + others.length + left).toBe(40);
  expect(left).toBeGreaterThan(0);
});

test('词典里没有勾选首页显示的，就取前几个', () => {
  const { leading, others } = leadingFigures(figuresNamed(['x', 'y']));
  expect(ids(leading)).toEqual(['x', 'y']);
  expect(others).toEqual([]);
});

test('条太多的图只留最多的几条，次序不变，并且说明', () => {
  const chart: ChartData = {
    id: 'c',
    title: '按乡镇',
    unit: '场',
    kind: 'bars',
    by: '乡镇',
    points: Array.from({ length: 10 }, (_, index) => ({ label: `${index}`, value: index, text: '' })),
    unplaced: [],
    notes: [],
  };
  const { points, notes } = largestPoints(chart);
  expect(points.map(({ label }) => label)).toEqual(['3', '4', '5', '6', '7', '8', '9']);
  expect(notes).toEqual(['只画最多的 7 个，其余 3 个见年度数据']);
  expect(largestPoints({ ...chart, kind: 'columns' }).points).toHaveLength(10);
});
