import { describe, expect, test } from 'vitest';
import { event, indicator, records, row, snapshot, stop, team } from '../../tests/support/figures.ts';
import { activityOf } from './activity.ts';
import { coverageOf } from './coverage.ts';
import { compareYears, yearSoFar, yearsWithFigures } from './years.ts';

const dictionary = [
  indicator('people', 'person'),
  indicator('users', 'person', { nature: 'stock' }),
  indicator('squads', 'group', { nature: 'stock', derived: 'teams-volunteer' }),
];
const held = (id: string, year: number, people?: number) =>
  event(id, { start: `${year}-05-01`, results: [row('people', people)] });

describe('几年之间', () => {
  test('有结果或填报的年份，近的在前；只有队伍还在，不算有数字的一年', () => {
    const all = records(
      [
        held('a', 2026, 1),
        event('b', { start: '2027-03-05', state: 'confirmed' }),
        team('squad', { founded: 2020 }),
      ],
      dictionary,
      [snapshot('s', { indicator: 'users', value: 1 })],
    );
    expect(yearsWithFigures(all)).toEqual([2026, 2022]);
    expect(yearsWithFigures(records([], dictionary))).toEqual([]);
  });

  test('两年都齐全才说变化，从零起的不说百分比', () => {
    const all = records(
      [held('a', 2024, 0), held('b', 2025, 30), held('c', 2026, 45), held('d', 2027)],
      dictionary,
    );
    const [people] = compareYears(all, [2024, 2025, 2026, 2027]);
    expect(people?.figures.map((figure) => figure?.value)).toEqual([0, 30, 45, undefined]);
    expect(people?.changes).toEqual([
      undefined,
      { difference: 30, ratio: undefined },
      { difference: 15, ratio: 0.5 },
      undefined,
    ]);
  });

  test('今年到现在，旁边是上一个有数字的整年', () => {
    const all = records([held('a', 2022, 30), held('b', 2026, 7)], dictionary);
    const now = yearSoFar(all, '2026-11-28');
    expect(now).toMatchObject({ year: 2026, figures: [{ value: 7 }], lastComplete: { year: 2022 } });
  });
});

describe('到了哪里，没到哪里', () => {
  const lists = {
    townships: [
      { id: 'east', name: '东镇' },
      { id: 'west', name: '西镇' },
      { id: 'south', name: '南镇' },
    ],
    schools: [
      { id: 'first', name: '一小', township: 'west' },
      { id: 'second', name: '二小', township: 'south' },
    ],
    audiences: { youth: '青少年', elders: '老年人' },
  };
  const missed = (reaches: readonly { name: string; entries: readonly unknown[] }[]) =>
    reaches.filter(({ entries }) => entries.length === 0).map(({ name }) => name);

  test('大篷车到校也算到了那个乡镇和青少年；乡镇未载的另外列出；没办的不算', () => {
    const coverage = coverageOf(
      records(
        [
          event('a', { township: 'east' }),
          event('b', {}),
          stop('c', { school: 'first', stages: ['primary'] }),
          stop('d', { school: 'second', state: 'confirmed' }),
        ],
        dictionary,
      ),
      2022,
      lists,
    );
    expect(missed(coverage.townships)).toEqual(['南镇']);
    expect(missed(coverage.schools)).toEqual(['二小']);
    expect(missed(coverage.audiences)).toEqual(['老年人']);
    expect(coverage.unplaced.map(({ id }) => id)).toEqual(['b']);
  });

  test('活动和站次按场次数，一条代表几场就是几场', () => {
    const all = records(
      [event('a', { sessions: 26 }), stop('b'), stop('c', { state: 'cancelled' })],
      dictionary,
    );
    expect(activityOf(all, { year: 2022 })).toMatchObject({ value: 27 });
  });
});
