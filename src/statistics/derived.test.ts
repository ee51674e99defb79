import { describe, expect, test } from 'vitest';
import {
  base,
  event,
  facility,
  honour,
  indicator,
  records,
  row,
  snapshot,
  stop,
  team,
} from '../../tests/support/figures.ts';
import type { Derivation } from '../types/statistics.ts';
import { figureOfIndicator } from './figure.ts';
import type { Indicator, SourceRecord } from './records.ts';

const figure = (derived: Derivation, entries: SourceRecord[], year = 2022, more: Partial<Indicator> = {}) =>
  figureOfIndicator(records(entries, [indicator('x', 'session', { derived, ...more })]), 'x', { year });

describe('由记录得出的指标', () => {
  test('培训场次按每条代表的场次加，第二场补了成果就多一场', () => {
    const first = event('a', { kind: 'training', sessions: 24 });
    const second = event('b', { kind: 'training', state: 'confirmed', results: [row('people', 30)] });
    const coming = event('c', { kind: 'training', state: 'confirmed' });
    expect(figure('sessions-training', [first])?.value).toBe(24);
    expect(figure('sessions-training', [first, second, coming, event('d', { kind: 'fair' })])?.value).toBe(
      25,
    );
  });

  test('活动自己填了这一项的，按它填的，空着也照空', () => {
    const entries = [
      event('a', { kind: 'training', sessions: 24, results: [row('x', 20)] }),
      event('b', { kind: 'lecture' }),
      event('c', { kind: 'training', results: [row('x')] }),
    ];
    expect(figure('sessions-training', entries)).toMatchObject({ value: 21, incomplete: true });
  });

  test('投资是当年建成的阵地之和：没填的是不全，并入别处的不重复', () => {
    const hall = facility('hall', { investment: 80_000 });
    const second = facility('second', { investmentIn: 'hall' });
    const board = facility('board', { investment: 5000 });
    const old = facility('old', { investment: 999, built: 2021 });
    expect(figure('investment', [hall, second, board, old])).toMatchObject({
      value: 85_000,
      incomplete: false,
    });
    expect(figure('investment', [hall, facility('estation')])).toMatchObject({
      value: 80_000,
      incomplete: true,
    });
  });

  test('阵地按种类数，一条代表几个就是几个', () => {
    const entries = [facility('a', { kind: 'estation' }), facility('b', { kind: 'estation', quantity: 4 })];
    expect(figure('facilities-estation', entries)?.value).toBe(5);
    expect(figure('facilities-hall', entries)).toBeUndefined();
  });

  test('一个基地在基地页和荣誉里各有一条推荐，只算一个', () => {
    const recommended = { name: '示范基地', level: 'city', year: 2022, state: 'recommended' } as const;
    const entries = [
      base('bee', { honours: [recommended] }),
      honour('bee-honour', { recipientKind: 'base', state: 'recommended', base: 'bee' }),
      honour('other', { recipientKind: 'base', state: 'recommended', base: 'forage' }),
      honour('awarded', { recipientKind: 'base', state: 'awarded', base: 'coop' }),
    ];
    expect(figure('bases-recommended', entries)?.value).toBe(2);
    expect(figure('honours-awarded', entries)?.value).toBe(1);
  });

  test('志愿活动数有志愿队的活动，上传数是其中已上传的', () => {
    const entries = [
      team('squad', { quantity: 5 }),
      team('trainers', { kind: 'training' }),
      event('a', { teams: ['squad'], sessions: 26, uploads: 18 }),
      event('b', { teams: ['trainers'] }),
      stop('c', { platform: '已上传' }),
    ];
    expect(figure('sessions-volunteer', entries)?.value).toBe(26);
    expect(figure('uploads', entries)?.value).toBe(19);
    expect(figure('sessions-caravan', entries)?.value).toBe(1);
  });

  test('分队是年末的数：撤并以后不再算，成立以前也不算', () => {
    const entries = [team('squad', { quantity: 5, founded: 2022, disbanded: 2025 })];
    const stock = { nature: 'stock' } as const;
    expect(
      [2021, 2022, 2024, 2025].map((year) => figure('teams-volunteer', entries, year, stock)?.value),
    ).toEqual([undefined, 5, 5, undefined]);
  });

  test('又填了年度数据的，和记录不同就指出来', () => {
    const found = figureOfIndicator(
      records(
        [facility('a', { kind: 'estation' })],
        [indicator('x', 'count', { derived: 'facilities-estation' })],
        [snapshot('s', { indicator: 'x', value: 5 })],
      ),
      'x',
      { year: 2022 },
    );
    expect(found).toMatchObject({ value: 1, conflict: [1, 5] });
  });
});
