import { describe, expect, test } from 'vitest';
import { campaign, event, indicator, records, row, snapshot } from '../../tests/support/figures.ts';
import { figureOfIndicator, figuresOf } from './figure.ts';
import type { SnapshotRecord, SourceRecord } from './records.ts';

const dictionary = [
  indicator('people', 'person'),
  indicator('attendances', 'attendance'),
  indicator('sessions', 'session'),
  indicator('handouts', 'copy'),
  indicator('members', 'count', { summable: false }),
  indicator('coverage', 'percent'),
  indicator('users', 'person', { nature: 'stock' }),
];
const figure = (id: string, entries: SourceRecord[], snapshots: SnapshotRecord[] = [], scope = {}) =>
  figureOfIndicator(records(entries, dictionary, snapshots), id, { year: 2022, ...scope });

describe('加总', () => {
  test('同一指标相加，列出每一笔的来处', () => {
    const found = figure('people', [
      event('a', { results: [row('people', 30)] }),
      event('b', { results: [row('people', 12)] }),
    ]);
    expect(found).toMatchObject({ unit: 'person', value: 42, approximate: false, incomplete: false });
    expect(found?.parts.map(({ entry, value }) => [entry.id, value])).toEqual([
      ['a', 30],
      ['b', 12],
    ]);
  });

  test('人和人次各加各的', () => {
    const a = event('a', { results: [row('people', 30), row('attendances', 100)] });
    const found = figuresOf(records([a], dictionary), { year: 2022 });
    expect(found.map(({ unit, value }) => [unit, value])).toEqual([
      ['person', 30],
      ['attendance', 100],
    ]);
  });

  test('空着的数不当作零，合计标明不全；全空就没有合计；零是一个数', () => {
    const blank = event('b', { results: [row('people')] });
    const known = event('a', { results: [row('people', 30)] });
    expect(figure('people', [known, blank])).toMatchObject({ value: 30, incomplete: true });
    expect(figure('people', [blank])).toMatchObject({ value: undefined, incomplete: true });
    expect(figure('people', [event('c', { results: [row('people', 0)] })])).toMatchObject({
      value: 0,
      incomplete: false,
    });
  });

  test('有一笔是约数，合计就是约数；空着的约数不算', () => {
    const rough = event('a', { results: [row('people', 30, { approximate: true })] });
    const exact = event('b', { results: [row('people', 1)] });
    expect(figure('people', [rough, exact])).toMatchObject({ value: 31, approximate: true });
    const blank = event('c', { results: [row('people', undefined, { approximate: true })] });
    expect(figure('people', [exact, blank])?.approximate).toBe(false);
  });

  test('实测、估计和没有说明的分开计', () => {
    const found = figure('handouts', [
      event('a', { results: [row('handouts', 300, { method: 'measured' })] }),
      event('b', { results: [row('handouts', 50_000, { method: 'estimated' })] }),
      event('c', { results: [row('handouts', 20)] }),
    ]);
    expect(found?.method).toEqual({ measured: 300, estimated: 50_000, unsaid: 20 });
  });

  test.each(['coverage', 'members'])('比例、会重复出现的人和单位不相加：%s', (id) => {
    const entries = [event('a', { results: [row(id, 1)] }), event('b', { results: [row(id, 2)] })];
    expect(figure(id, entries)?.value).toBeUndefined();
    expect(figure(id, entries.slice(0, 1))?.value).toBe(1);
  });

  test('同一条内容给两次只算一次，两类内容可以同名；词典里没有的指标不算，也不出错', () => {
    const a = event('a', { results: [row('people', 3), row('nobody', 9)] });
    const stop: SourceRecord = {
      ...a,
      collection: 'caravan',
      data: { ...a.data, results: [row('people', 4)] },
    };
    expect(figure('people', [a, a, stop])?.value).toBe(7);
    expect(figuresOf(records([], dictionary), { year: 2022 })).toEqual([]);
  });

  test('只加当年的，取消的不算', () => {
    const results = [row('sessions', 1)];
    const found = figure('sessions', [
      event('a', { results }),
      event('b', { results, state: 'cancelled' }),
      event('c', { results, start: '2023-01-01' }),
    ]);
    expect(found?.parts).toHaveLength(1);
  });
});

describe('品牌活动自己报的总数', () => {
  const spring = campaign('spring', { results: [row('sessions', 24), row('handouts'), row('members', 12)] });
  const a = event('a', {
    campaign: 'spring',
    township: 'east',
    results: [row('sessions', 3), row('handouts', 50), row('members', 5)],
  });

  test('它名下活动的同一指标不再加，分到乡镇的仍看得见，余下的留在品牌活动名下', () => {
    expect(figure('sessions', [spring, a])).toMatchObject({ value: 24, conflict: [] });
    expect(figure('sessions', [spring, a], [], { township: 'east' })?.value).toBe(3);
    expect(figure('sessions', [spring, a])?.parts).toMatchObject([{ value: 21, stated: 24 }, { value: 3 }]);
  });

  test('它没有填的指标，由活动加出；名下空着的活动不让总数变成不全', () => {
    expect(figure('handouts', [spring, a])).toMatchObject({ value: 50, incomplete: true });
    const blank = event('b', { campaign: 'spring', results: [row('sessions')] });
    expect(figure('sessions', [spring, a, blank])).toMatchObject({ value: 24, incomplete: false });
  });

  test('不相加的指标，活动里的包含在品牌活动里', () => {
    expect(figure('members', [spring, a])?.value).toBe(12);
    expect(figure('members', [spring, a], [], { township: 'east' })?.value).toBe(5);
  });

  test('活动加起来比它填的还多，两个数都指出来', () => {
    const more = event('b', { campaign: 'spring', results: [row('sessions', 30)] });
    expect(figure('sessions', [spring, a, more])).toMatchObject({ value: 33, conflict: [24, 33] });
  });
});

describe('填报的数', () => {
  const typed = (id: string, value?: number, date = '2022-12-31') =>
    snapshot(`${id}-${value}-${date}`, { indicator: id, value, date });

  test('存量同一天两个数：不挑一个，指出来；年内有几天的数，用最晚的一天', () => {
    expect(figure('users', [], [typed('users', 1283), typed('users', 1278)])).toMatchObject({
      value: undefined,
      conflict: [1278, 1283],
    });
    expect(figure('users', [], [typed('users', 900, '2022-06-30'), typed('users', 1283)])).toMatchObject({
      value: 1283,
      conflict: [],
    });
  });

  test('记录加出来的和填报的不一样就指出来；记录不全而填报更多则不算矛盾', () => {
    const known = event('a', { results: [row('sessions', 18)] });
    const blank = event('b', { results: [row('sessions')] });
    expect(figure('sessions', [known], [typed('sessions', 26)])).toMatchObject({
      value: 18,
      conflict: [18, 26],
    });
    const whole = figure('sessions', [known, blank], [typed('sessions', 26)]);
    expect(whole).toMatchObject({ value: 26, incomplete: false, conflict: [] });
    expect(whole?.parts.map(({ value }) => value)).toEqual([18, undefined, 8]);
  });

  test('填报的数只属于全年，不进某个月、某个乡镇', () => {
    expect(figure('sessions', [], [typed('sessions', 26)])?.value).toBe(26);
    expect(figure('sessions', [], [typed('sessions', 26)], { month: 12 })).toBeUndefined();
  });

  test('空着就是空着，不当作零', () => {
    expect(figure('users', [], [typed('users')])).toMatchObject({ value: undefined, conflict: [] });
  });
});
