import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { FEW_RUNS } from '../../tests/support/random.ts';
import { openContent } from '../store/index.ts';
import {
  BLANK,
  changeLines,
  changesBetween,
  composeReport,
  type Material,
  readMaterial,
  readOutline,
  type Report,
} from './index.ts';

/** Figures changed one at a time in the records of the demo county. */

const cache = mkdtempSync(join(tmpdir(), 'changes-'));
afterAll(() => rmSync(cache, { recursive: true, force: true }));

const content = openContent({ contentDir: 'content', cacheDir: cache });
const material = readMaterial(content, 2022);
const { outline } = readOutline(content, material.records.dictionary);
if (!outline) throw new Error('no outline');
const compose = (of: Material) => composeReport({ outline, material: of, on: '2026-11-28' });
const original = compose(material);

type Results = { indicator: string; value?: number; item?: string }[];

/** Every figure that an entry of the year states in its results. */
const stated = material.ofYear.flatMap((record) =>
  'results' in record.data
    ? (record.data.results as Results).flatMap(({ value, indicator }, row) =>
        value === undefined ? [] : [{ id: `${record.collection}/${record.id}`, row, indicator, value }],
      )
    : [],
);

/** The same records with the result of one entry changed. */
function changed(id: string, row: number, value: number | undefined): Material {
  const change = <Entry extends { collection: string; id: string; data: object }>(entry: Entry): Entry => {
    if (`${entry.collection}/${entry.id}` !== id) return entry;
    const results = ((entry.data as { results: Results }).results ?? []).map((result, index) =>
      index === row ? { ...result, value } : result,
    );
    return { ...entry, data: { ...entry.data, results } };
  };
  const entries = material.records.entries.map(change);
  return { ...material, records: { ...material.records, entries }, ofYear: material.ofYear.map(change) };
}

const sentencesOf = ({ blocks }: Report) =>
  blocks.flatMap((block) => (block.kind === 'paragraph' ? block.sentences : []));

/** Which sentences state a figure of this indicator that rests on this entry. */
const restingOn = (report: Report, id: string, indicator: string): number[] =>
  sentencesOf(report).flatMap(({ runs }, at) => {
    const isAbout = runs.some(({ figure }) => figure?.endsWith(`|${indicator}`));
    const cites = runs.flatMap(({ note }) =>
      note === undefined ? [] : (report.notes[note - 1]?.sources ?? []),
    );
    return isAbout && cites.some((source) => source.id === id) ? [at] : [];
  });

const wordsOf = (report: Report) =>
  sentencesOf(report).map(({ runs }) => runs.map(({ text }) => text).join(''));

test('演示县的记录里有数字可改', () => {
  expect(stated.length).toBeGreaterThan(5);
});

test('改任何一条记录的一个数字，恰好是写着它的那几句变了，别的一字不动', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...stated),
      fc.integer({ min: 1, max: 900_000 }),
      ({ id, row, indicator, value }, by) => {
        const after = compose(changed(id, row, value + by));
        const before = wordsOf(original);
        const now = wordsOf(after);
        expect(now).toHaveLength(before.length);
        const moved = now.flatMap((words, at) => (words === before[at] ? [] : [at]));
        expect(moved).toEqual(restingOn(original, id, indicator));
        expect(moved.length).toBeGreaterThan(0);
      },
    ),
    { numRuns: FEW_RUNS },
  );
});

test('第二稿说明哪些数字变了，由多少改为多少', () => {
  const essays = stated.find(({ indicator }) => indicator === 'essays-written');
  if (!essays) throw new Error('no essays');
  const after = compose(changed(essays.id, essays.row, 31));
  const changes = changesBetween(original, after);
  expect(changes.moved.map(({ from, to }) => [from, to])).toEqual([['25篇', '31篇']]);
  expect(changeLines(changes)[0]).toContain('学生撰写征文：由25篇改为31篇');
  expect(changesBetween(original, original)).toEqual({
    moved: [],
    stated: [],
    unstated: [],
    added: [],
    removed: [],
  });
});

test('第二稿说明多了哪条记录、少了哪条记录，没填的数补上了也说', () => {
  const without = { ...material, ofYear: material.ofYear.filter(({ id }) => id !== 'square-board') };
  const lines = changeLines(changesBetween(compose(without), original));
  expect(lines).toContain('新增记录：《广场科普宣传栏》');
  expect(changeLines(changesBetween(original, compose(without)))).toContain('去掉记录：《广场科普宣传栏》');
  const silage = material.ofYear.find(({ id }) => id === '2022-kepuri-jin-chanye');
  const rowOf = (indicator: string) =>
    ((silage?.data ?? {}) as { results?: Results }).results?.findIndex(
      (result) => result.indicator === indicator,
    );
  const filled = compose(changed('events/2022-kepuri-jin-chanye', rowOf('people-trained') ?? -1, 88));
  const moved = changesBetween(original, filled).moved;
  expect(moved.every(({ from }) => from === BLANK || from.startsWith('不少于'))).toBe(true);
  expect(moved.map(({ to }) => to)).toContain('88人');
});
