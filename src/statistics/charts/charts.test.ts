import { expect, test } from 'vitest';
import { AUDIENCES } from '../../model/common.ts';
import { campaign, event, indicator, records, row } from '../../../tests/support/figures.ts';
import { activityOf } from '../activity.ts';
import { chartOf, chartsOf, type ChartNames } from './charts.ts';
import { figuresOf } from '../figure.ts';
import type { EventRecord } from '../records.ts';

const names: ChartNames = {
  townships: [
    { id: 'a', name: '甲镇' },
    { id: 'b', name: '乙镇' },
    { id: 'c', name: '丙镇' },
  ],
  audiences: AUDIENCES,
  campaigns: { spring: '科技之春', day: '科普日' },
};
const activity = (...entries: EventRecord[]) =>
  activityOf({ entries, snapshots: [], dictionary: [] }, { year: 2022 });

test('按月计场次，没有活动的月份是零，日期未载的不进任何一个月', () => {
  const chart = chartOf(
    activity(
      event('a', { start: '2022-03-05' }),
      event('b', { start: '2022-03-09T09:00', sessions: 3 }),
      event('c', { start: '2022-12-01' }),
      event('d', { start: '2022-01-01', datePrecision: 'year', sessions: 24 }),
      event('e', { start: '2022-05-01', datePrecision: 'month' }),
    ),
    'month',
    names,
  );
  expect(chart?.points.map(({ value }) => value)).toEqual([0, 0, 4, 0, 1, 0, 0, 0, 0, 0, 0, 1]);
  expect(chart?.notes).toEqual(['日期未载 1 笔，24 场，不在图里']);
  expect(chart?.unplaced).toEqual([{ label: '日期未载（1 笔）', value: 24, text: '24 场' }]);
});

test('一笔日期都没有的年份不画每月的图，只说有几笔未载', () => {
  const figure = activity(
    event('a', { datePrecision: 'year', township: 'a' }),
    event('b', { township: 'b' }),
  );
  const { charts, undrawn } = chartsOf(figure, ['month', 'township'], names);
  expect(charts.map(({ id }) => id)).toEqual(['activity-township']);
  expect(undrawn).toEqual(['日期未载 1 笔，1 场']);
});

test('按乡镇计场次，只列有活动的，次序照乡镇表，乡镇未载的另外说', () => {
  const chart = chartOf(
    activity(event('1', { township: 'c' }), event('2', { township: 'a', sessions: 2 }), event('3')),
    'township',
    names,
  );
  expect(chart?.points.map(({ label, value, address }) => [label, value, address])).toEqual([
    ['甲镇', 2, '/townships/a/'],
    ['丙镇', 1, '/townships/c/'],
  ]);
  expect(chart?.notes).toEqual(['乡镇未载 1 笔，1 场，不在图里']);
});

test('面向几类人群的一场进每一类，并且说明', () => {
  const chart = chartOf(
    activity(event('1', { audience: ['youth', 'farmers'] }), event('2', { audience: ['farmers'] })),
    'audience',
    names,
  );
  expect(chart?.points.map(({ label, value }) => [label, value])).toEqual([
    ['青少年', 1],
    ['农民', 2],
  ]);
  expect(chart?.notes).toEqual(['一场面向几类人群的，每一类都计']);
});

test('一个指标按品牌活动看，有空着的写不少于；不能相加的指标不画', () => {
  const dictionary = [indicator('handouts', 'copy'), indicator('units', 'count', { summable: false })];
  const year = records(
    [
      campaign('spring'),
      event('1', { campaign: 'spring', results: [row('handouts', 50), row('units', 3)] }),
      event('2', { campaign: 'day', results: [row('handouts', 30), row('units', 4)] }),
      event('3', { campaign: 'day', results: [row('handouts')] }),
    ],
    dictionary,
  );
  const [handouts, units] = figuresOf(year, { year: 2022 });
  const chart = handouts && chartOf(handouts, 'campaign', names);
  expect(chart?.points.map(({ label, text }) => [label, text])).toEqual([
    ['科技之春', '50 份'],
    ['科普日', '不少于 30 份'],
  ]);
  expect(units && chartOf(units, 'campaign', names)).toBeUndefined();
});
