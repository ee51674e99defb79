import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { searchRecords } from '../../../src/search/indexing/records.ts';
import { launchBrowser } from '../../support/browser.ts';
import { builtSite } from '../../support/site.ts';
import { inTabs } from '../../support/tabs.ts';
import { holds, knownItems, QUERY_KINDS, type QueryKind } from './queries.ts';

/** Least recall@10 of each kind of query. */
const TARGETS: Record<QueryKind, number> = {
  ...{ title: 0.98, words: 0.98, cut: 0.98, phrase: 0.98, terms: 0.98, question: 0.98 },
  ...{ pinyin: 0.98, initials: 0.98, traditional: 0.98 },
  ...{ homophone: 0.95, wrong: 0.95, dropped: 0.95, synonym: 0.95 },
};

/** Least part of the results called full matches that do hold the query. */
const MIN_PRECISION = 0.95;

interface Asked {
  /** Addresses of the first ten results, as shown. */
  shown: string[];
  /** How many of them stand under 完全匹配. */
  full: number;
  milliseconds: number;
}

const { url } = await builtSite();
const records = searchRecords();
const items = knownItems(records);

/** What each query found. */
const answers = new Map<string, Asked>();
const answerTo = (query: string) => answers.get(query) as Asked;

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
  const queries = new Set(
    Object.values(items)
      .flat()
      .map(({ query }) => query),
  );
  const opened = new WeakSet<Page>();
  await inTabs(await browser.newContext(), [...queries], async (tab, query) => {
    if (!opened.has(tab)) {
      await tab.goto(`${url}/search/`);
      // Loads the engine, which is no part of a query's time.
      await ask(tab, '科普');
      opened.add(tab);
    }
    answers.set(query, await ask(tab, query));
  });
}, 600_000);
afterAll(() => browser?.close());

/** Types a query into the page's form and reads the results. */
const ask = (tab: Page, query: string): Promise<Asked> =>
  tab.evaluate(async (typed) => {
    const panel = document.querySelector('search-panel') as HTMLElement;
    const input = panel.querySelector('input[type=search]') as HTMLInputElement;
    const started = performance.now();
    input.value = typed;
    const done = new Promise<void>((resolve) => {
      const observer = new MutationObserver(() => {
        if (panel.getAttribute('aria-busy') !== 'false') return;
        observer.disconnect();
        resolve();
      });
      observer.observe(panel, { attributes: true, attributeFilter: ['aria-busy'] });
    });
    (panel.querySelector('form') as HTMLFormElement).requestSubmit();
    await done;
    const links = [...panel.querySelectorAll<HTMLAnchorElement>('.tier h3 a')];
    const heading = [...panel.querySelectorAll('.tier')].find(
      (tier) => tier.querySelector('h2')?.textContent === '完全匹配',
    );
    return {
      shown: links.map((link) => new URL(link.href).pathname),
      full: heading?.querySelectorAll('li').length ?? 0,
      milliseconds: performance.now() - started,
    };
  }, query);

const quantile = (numbers: number[], part: number) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length * part)] ?? 0;

describe('演示内容里该找到的，找得到', () => {
  const report: string[] = [];
  const times: number[] = [];

  for (const kind of Object.keys(QUERY_KINDS) as QueryKind[])
    test(`${QUERY_KINDS[kind]}：前十条里找到的至少占 ${TARGETS[kind]}`, () => {
      const took: number[] = [];
      let found = 0;
      let reciprocal = 0;
      const missed: string[] = [];
      for (const { query, address } of items[kind]) {
        const { shown, milliseconds } = answerTo(query);
        took.push(milliseconds);
        const rank = shown.indexOf(address) + 1;
        if (rank > 0) {
          found++;
          reciprocal += 1 / rank;
        } else missed.push(`${query} → ${address}`);
      }
      const count = items[kind].length;
      report.push(
        [
          QUERY_KINDS[kind],
          count,
          (found / count).toFixed(3),
          (reciprocal / count).toFixed(3),
          quantile(took, 0.5).toFixed(0),
          quantile(took, 0.95).toFixed(0),
          missed.slice(0, 3).join('；'),
        ].join('\t'),
      );
      times.push(...took);
      expect(found / count, missed.join('\n')).toBeGreaterThanOrEqual(TARGETS[kind]);
    });

  test('列为完全匹配的，确实有打的那些字', () => {
    let right = 0;
    let all = 0;
    for (const { query } of [...items.words, ...items.cut, ...items.phrase, ...items.terms]) {
      const { shown, full } = answerTo(query);
      for (const address of shown.slice(0, full)) {
        all++;
        const record = records.find((one) => one.address === address);
        if (record && holds(record, query)) right++;
      }
    }
    report.push(`完全匹配的准确率\t${all}\t${(right / all).toFixed(3)}`);
    expect(right / all).toBeGreaterThanOrEqual(MIN_PRECISION);
  });

  afterAll(() => {
    const header = '查询\t条数\trecall@10\tMRR\t中位毫秒\tp95 毫秒\t没找到的例子';
    const speed = `全部查询\t${times.length}\t\t\t${quantile(times, 0.5).toFixed(0)}\t${quantile(times, 0.95).toFixed(0)}`;
    console.log([`${records.length} 条内容`, header, ...report, speed].join('\n'));
  });
});
