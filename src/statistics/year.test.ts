import { describe, expect, test } from 'vitest';
import type { Indicator } from './totals.ts';
import { figuresOf, type Recorded, type Snapshot, yearsWithFigures } from './year.ts';

const indicator = (id: string, unit: Indicator['unit'], nature: Indicator['nature']): Indicator => ({
  id,
  name: id,
  unit,
  nature,
  headline: false,
});
const dictionary = [
  indicator('sessions', 'session', 'flow'),
  indicator('handouts', 'copy', 'flow'),
  indicator('users', 'person', 'stock'),
];
const event = (id: string, data: Partial<Recorded['data']>): Recorded => ({
  id,
  collection: 'events',
  data: { title: id, start: '2022-03-05', results: [], ...data },
});
const snapshot = (
  indicatorId: string,
  value: number | undefined,
  more: Partial<Snapshot['data']> = {},
): Snapshot => ({
  id: `${indicatorId}-${value}-${more.date ?? ''}`,
  data: {
    title: indicatorId,
    indicator: indicatorId,
    date: '2022-12-31',
    value,
    source: '工作报告',
    ...more,
  },
});
const figure = (id: string, records: Recorded[], snapshots: Snapshot[] = []) =>
  figuresOf(2022, records, snapshots, dictionary).find((found) => found.indicator.id === id);

describe('一年的数字', () => {
  test('只加当年的，取消的不算', () => {
    const results = [{ indicator: 'sessions', value: 1 }];
    const found = figure('sessions', [
      event('a', { results }),
      event('b', { results, state: 'cancelled' }),
      event('c', { results, start: '2023-01-01' }),
    ]);
    expect(found).toMatchObject({ value: 1, conflict: [] });
    expect(found?.total?.parts).toHaveLength(1);
  });

  test('品牌活动自己报了总数的指标，它名下活动的同一指标不再加', () => {
    const spring: Recorded = {
      id: 'spring',
      collection: 'campaigns',
      data: {
        title: '科技之春',
        year: 2022,
        results: [{ indicator: 'sessions', value: 24 }, { indicator: 'handouts' }],
      },
    };
    const part = event('a', {
      campaign: 'spring',
      results: [
        { indicator: 'sessions', value: 3 },
        { indicator: 'handouts', value: 50 },
      ],
    });
    expect(figure('sessions', [spring, part])).toMatchObject({ value: 24 });
    expect(figure('handouts', [spring, part])).toMatchObject({ value: 50, incomplete: true });
  });

  test('存量同一天两个数：不挑一个，指出来', () => {
    expect(figure('users', [], [snapshot('users', 1283), snapshot('users', 1278)])).toMatchObject({
      value: undefined,
      conflict: [1278, 1283],
    });
  });

  test('存量年内有几天的数，用最晚的一天', () => {
    const found = figure(
      'users',
      [],
      [snapshot('users', 900, { date: '2022-06-30' }), snapshot('users', 1283)],
    );
    expect(found).toMatchObject({ value: 1283, conflict: [] });
  });

  test('记录加出来的和填报的不一样就指出来；记录不全而填报更多则不算矛盾', () => {
    const known = event('a', { results: [{ indicator: 'sessions', value: 18 }] });
    const blank = event('b', { results: [{ indicator: 'sessions' }] });
    expect(figure('sessions', [known], [snapshot('sessions', 26)])).toMatchObject({
      value: 18,
      conflict: [18, 26],
    });
    expect(figure('sessions', [known, blank], [snapshot('sessions', 26)])).toMatchObject({
      value: 26,
      conflict: [],
    });
    expect(figure('sessions', [known, blank])).toMatchObject({ value: 18, incomplete: true });
  });

  test('空着就是空着，不当作零', () => {
    expect(figure('users', [], [snapshot('users', undefined)])).toMatchObject({
      value: undefined,
      conflict: [],
    });
    expect(figure('handouts', [event('a', { results: [{ indicator: 'handouts' }] })])?.value).toBeUndefined();
  });

  test('有结果或填报的年份，近的在前', () => {
    const records = [
      event('a', { results: [{ indicator: 'sessions', value: 1 }], start: '2026-09-19' }),
      event('b', { start: '2027-03-05' }),
    ];
    expect(yearsWithFigures(records, [snapshot('users', 1)])).toEqual([2026, 2022]);
    expect(yearsWithFigures([], [])).toEqual([]);
  });
});
