import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Fact, FACTS, TOTALS } from '../../tests/fixtures/report-2022-facts.ts';
import { openContent } from '../store/index.ts';
import { typeNamed } from '../types/index.ts';
import { activityOf } from './activity.ts';
import { figureOfIndicator, figuresOf } from './figure.ts';
import { readYearRecords } from './read.ts';
import { breakdown } from './breakdown.ts';

const content = openContent({ contentDir: join(import.meta.dirname, '../../content') });
const records = readYearRecords(content);

interface Row {
  indicator?: unknown;
  value?: unknown;
}

function dataOf(entry: string): Record<string, unknown> | undefined {
  const [folder, slug] = entry.split('/');
  const type = typeNamed(folder);
  const file = type && content.filesOf(type).files.find((one) => one.slug === slug);
  return type && file ? (content.readFile(type, file).data as Record<string, unknown>) : undefined;
}

const fieldOf = (data: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], data);

/** Whether the entry carries the fact in a field. */
function carries({ entry, indicator, value, field, text }: Fact): boolean {
  const data = dataOf(entry);
  if (!data) return false;
  if (indicator !== undefined) {
    const rows = [data, ...((data.results ?? []) as Row[])] as Row[];
    return rows.some((row) => row.indicator === indicator && row.value === value);
  }
  const found = fieldOf(data, field ?? '');
  if (text === undefined) return found === value;
  return [found].flat().some((one) => typeof one === 'string' && one.includes(text));
}

test('2022 年工作汇报的每个名称和数字，内容里都有一条写着', () => {
  const missing = FACTS.filter((fact) => !carries(fact)).map(({ fact, entry }) => `${fact}：${entry}`);
  expect(missing).toEqual([]);
  expect(FACTS.length).toBeGreaterThan(60);
});

test.each(Object.entries(TOTALS))('2022 年的「%s」由记录得出', (id, value) => {
  expect(figureOfIndicator(records, id, { year: 2022 })).toMatchObject({ value });
});

test('汇报里对不上的、空缺的照样看得出', () => {
  const figure = (id: string) => figureOfIndicator(records, id, { year: 2022 });
  expect(figure('app-users')?.conflict).toEqual([1278, 1283]);
  expect(figure('investment')?.incomplete).toBe(true);
  expect(figure('consultations')).toMatchObject({ approximate: true, method: { estimated: 13_000 } });
  const spring = figureOfIndicator(records, 'training-sessions', {
    year: 2022,
    campaign: '2022-kejizhichun',
  });
  expect(spring).toMatchObject({ value: 24, incomplete: false });
});

test('没有一笔 2022 年的活动算进某个月，乡镇未载的说得出有几笔', () => {
  const activity = activityOf(records, { year: 2022 });
  expect(breakdown(activity, 'month').map(({ key }) => key)).toEqual([undefined]);
  const unplaced = breakdown(activity, 'township').at(-1);
  expect(unplaced?.key).toBeUndefined();
  expect(unplaced?.parts.length).toBeGreaterThanOrEqual(18);
});

test('由记录得出的指标没有又填一遍的', () => {
  const derived = figuresOf(records, { year: 2022 }).filter(({ indicator }) => indicator.derived);
  expect(derived.length).toBeGreaterThan(10);
  expect(derived.filter(({ snapshots }) => snapshots.length > 0)).toEqual([]);
});
