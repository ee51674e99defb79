import { performance } from 'node:perf_hooks';
import { breakdown, figuresOf, type Indicator, type SourceRecord } from '../../../src/statistics/index.ts';
import { OWN } from '../report/result.ts';
import type { Context } from './context.ts';

/** Events of a year: more than a large city's in ten. */
const COUNT = 10_000;
const INDICATORS = ['people', 'handouts', 'sessions'];

const dictionary = INDICATORS.map((id): Indicator => ({
  id,
  name: id,
  unit: 'count',
  nature: 'flow',
  summable: true,
  headline: false,
  ...(id === 'sessions' ? { derived: 'sessions-training' as const } : {}),
}));
const entries = Array.from({ length: COUNT }, (_, index): SourceRecord => ({
  id: `event-${index}`,
  collection: 'events',
  data: {
    title: `活动 ${index}`,
    start: `2026-${String((index % 12) + 1).padStart(2, '0')}-05`,
    state: 'completed',
    kind: index % 2 === 0 ? 'training' : 'fair',
    township: `township-${index % 30}`,
    campaign: `campaign-${index % 8}`,
    hosts: ['县科协', `单位 ${index % 50}`],
    results: [
      { indicator: 'people', value: index, approximate: false, method: 'measured' },
      { indicator: 'handouts', value: index, approximate: false },
      { indicator: 'people', approximate: false },
    ],
  },
}));

/** How long the figures of a year of many events take, with their breakdowns; a second is the limit that we set ourselves. */
export function benchFigures({ sheet }: Context): void {
  const started = performance.now();
  const figures = figuresOf({ entries, snapshots: [], dictionary }, { year: 2026 });
  for (const figure of figures)
    for (const by of ['month', 'township', 'host'] as const) breakdown(figure, by);
  const own = sheet.row(OWN, `${COUNT} 条活动的年度数据`, { wall: (performance.now() - started) / 1000 });
  sheet.aim('一年的数字连同分项', { own, metric: 'wall', most: 1 });
  sheet.note('同类没有这一项。');
}
