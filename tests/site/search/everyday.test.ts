import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { phraseTest } from '../../../src/search/phrase.ts';
import { searchRecords } from '../../../src/search/indexing/records.ts';
import { traditionalForms } from '../../../src/search/indexing/tables.ts';
import { EVERYDAY_NOW, everydayQueries } from './everyday.ts';
import { type FoundPage, openSearch } from './searching.ts';

/** Least recall@10 of each kind. */
const TARGET = 0.97;

/** Kinds whose first result is what was asked for nearly always. */
const FIRST: Record<string, number> = { 土话: 0.95, 急事: 0.97 };

const NONE = '没有的东西';
const simplifiedOf = new Map(traditionalForms());
const kinds = everydayQueries();
const records = new Map(searchRecords().map((record) => [record.address, record]));

let search: Awaited<ReturnType<typeof openSearch>>;
const found = new Map<string, FoundPage[]>();
const foundBy = (query: string) => found.get(query) as FoundPage[];

beforeAll(async () => {
  search = await openSearch(EVERYDAY_NOW);
  for (const { query } of [...kinds.values()].flat()) found.set(query, await search.ask(query));
}, 300_000);
afterAll(() => search?.close());

describe('县里的人怎么说，就怎么搜得到', () => {
  const report: string[] = [];

  for (const [kind, queries] of kinds)
    if (kind !== NONE)
      test(`${kind}：前十条里找到的至少占 ${TARGET}`, () => {
        const ranks = queries.map(({ query, answers }) =>
          foundBy(query).findIndex(({ address }) => answers.includes(address)),
        );
        const part = (most: number) => ranks.filter((rank) => rank >= 0 && rank < most).length / ranks.length;
        report.push(`${kind}\t${ranks.length}\t${part(10).toFixed(3)}\t${part(1).toFixed(3)}`);
        const missed = queries.filter((_, index) => (ranks[index] as number) < 0).map(({ query }) => query);
        expect(queries.length).toBeGreaterThanOrEqual(20);
        expect(part(10), missed.join('、')).toBeGreaterThanOrEqual(TARGET);
        expect(part(1)).toBeGreaterThanOrEqual(FIRST[kind] ?? 0);
      });

  afterAll(() => console.log(['查询\t条数\trecall@10\t第一条', ...report].join('\n')));
});

test('没有的东西就说没有，不拿别的凑', () => {
  for (const { query } of kinds.get(NONE) ?? []) expect(foundBy(query), query).toEqual([]);
});

test('列为完全匹配的，页面上有打的那句话，或者是那一天的', () => {
  for (const [kind, queries] of kinds)
    if (kind !== '日期')
      for (const { query } of queries) {
        const holds = phraseTest(query, simplifiedOf);
        for (const { tier, address } of foundBy(query)) {
          const record = records.get(address);
          if (tier !== 'full' || !record || !/^[\p{Script=Han}]+$/u.test(query)) continue;
          expect(holds(`${record.title}\n${record.text}`), `${query} ${address}`).toBe(true);
        }
      }
});

test('那一天办的在前，取消的、改走的在后', async () => {
  const ranks = async (query: string, ...addresses: string[]) => {
    const pages = (await search.ask(query)).map(({ address }) => address);
    return addresses.map((address) => pages.indexOf(address));
  };
  const [held = -1, moved = -1] = await ranks(
    '12月',
    '/caravan/2026-12-01-gaoji-zhongxue/',
    '/caravan/2026-12-23-yunling-baiyang-xiaoxue/',
  );
  expect(held).toBeGreaterThanOrEqual(0);
  expect(moved === -1 || moved > held).toBe(true);
  expect((await search.ask('12月4日'))[0]).toMatchObject({ tier: 'full' });
});

test('数字不因为别处有这几个数就算完全匹配', async () => {
  for (const { tier, address } of await search.ask('12月9日'))
    if (tier === 'full') {
      const { title, text, days = [] } = records.get(address) as NonNullable<ReturnType<typeof records.get>>;
      const isNamed = /12 ?月 ?9 ?[日号]|-12-09/.test(`${title}\n${text}`);
      const isOfIt = days.some(({ from, to = from }) => [from, to].some((day) => day.endsWith('-12-09')));
      expect(isNamed || isOfIt, address).toBe(true);
    }
});

test('打病名，不建议昆虫；急事的建议先是急救', async () => {
  expect(await search.offer('中风')).not.toContain('/articles/chinese-bee-transfer-winter/');
  expect((await search.offer('中风'))[0]).toBe('/articles/stroke-signs/');
  expect((await search.offer('娃噎着了'))[0]).toBe('/articles/heimlich/');
  expect((await search.offer('zhongfeng'))[0]).toBe('/articles/stroke-signs/');
  expect((await search.ask('中风')).map(({ title }) => title).join()).not.toContain('蜂');
});

test('打日子时也有建议', async () => {
  expect(await search.offer('12月4日')).toContain('/caravan/2026-12-04-dongjie-xiaoxue/');
});
