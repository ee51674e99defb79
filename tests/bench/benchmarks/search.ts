import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser } from '../../support/browser.ts';
import { corpusOf } from '../machine/corpus.ts';
import { type Cost, measure } from '../machine/measure.ts';
import { quantile } from '../machine/median.ts';
import { WORK } from '../machine/packages.ts';
import { builtSite } from '../machine/portal.ts';
import { serveSite } from '../machine/serve-site.ts';
import { watchTraffic } from '../machine/traffic.ts';
import { pagefindOf } from '../peers/pagefind.ts';
import { OWN, type Row } from '../report/result.ts';
import type { Context } from './context.ts';

/**
 * Search in a real browser, used through its page as a visitor would: whichever engine is behind it. A fresh browser context
 * has nothing in its cache.
 */

const QUERIES = 50;

/** What is typed first: two letters after which every site has something to offer. */
const FIRST_TYPED = '苹果';

/** The search page's own field; the header has another. */
const FIELD = 'search-panel input[type=search]';

const ANSWER_WITHIN_MS = 20_000;

const AIMS = { suggestions: 40, query: 250, p95: 100, indexCpu: 20, indexMemory: 1000 };

/** What people of a county type, every so many lines of the fixture. */
function everydayQueries(): string[] {
  const all = readFileSync('tests/fixtures/everyday-searches.txt', 'utf8')
    .split('\n')
    .filter((line) => line.includes('>') && !line.startsWith('#'))
    .map((line) => line.split('>')[0]?.trim() ?? '');
  return Array.from(
    { length: QUERIES },
    (_, index) => all[Math.floor((index * all.length) / QUERIES)] as string,
  );
}

/** Types a query, presses Enter and waits until the page says that it is done; milliseconds, taken in the page. */
async function ask(page: Page, query: string): Promise<number> {
  await page.fill(FIELD, query);
  const took = await page.evaluate(
    (within) =>
      new Promise<number | undefined>((resolve) => {
        setTimeout(() => resolve(undefined), within);
        const panel = document.querySelector('search-panel') as HTMLElement;
        const began = performance.now();
        // Every query sets it anew, to true and then to false.
        const watcher = new MutationObserver(() => {
          if (panel.getAttribute('aria-busy') === 'true') return;
          watcher.disconnect();
          resolve(performance.now() - began);
        });
        watcher.observe(panel, { attributes: true, attributeFilter: ['aria-busy'] });
        panel.querySelector('form')?.requestSubmit();
      }),
    ANSWER_WITHIN_MS,
  );
  if (took === undefined) throw new Error(`搜索「${query}」没有答完`);
  return took;
}

const opened = async (context: BrowserContext, url: string) => {
  const page = await context.newPage();
  const traffic = await watchTraffic(page);
  await page.goto(url);
  // Before its script has come, the form would load the page anew.
  await page.waitForFunction(() => customElements.get('search-panel') !== undefined);
  await traffic.quiet();
  traffic.reset();
  return { page, traffic };
};

const visitor = (browser: Browser) => browser.newContext({ serviceWorkers: 'block' });

async function firstSuggestions(browser: Browser, url: string): Promise<Row['figures']> {
  const context = await visitor(browser);
  const { page, traffic } = await opened(context, `${url}/search/`);
  const began = performance.now();
  await page.locator(FIELD).pressSequentially(FIRST_TYPED);
  await page.locator('search-panel [role=option]').first().waitFor();
  const first = performance.now() - began;
  await traffic.quiet();
  await context.close();
  return { first, transferred: traffic.bytes() / 1000 };
}

async function queries(
  browser: Browser,
  url: string,
): Promise<{ first: Row['figures']; warm: Row['figures'] }> {
  const context = await visitor(browser);
  const { page, traffic } = await opened(context, `${url}/search/`);
  const took = await ask(page, FIRST_TYPED);
  await traffic.quiet();
  const first = { first: took, transferred: traffic.bytes() / 1000 };
  traffic.reset();
  const times: number[] = [];
  for (const query of everydayQueries()) times.push(await ask(page, query));
  await traffic.quiet();
  const warm = {
    median: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    slowest: Math.max(...times),
    transferred: traffic.bytes() / 1000 / times.length,
  };
  await context.close();
  return { first, warm };
}

/**
 * Making the index alone, in a process of its own, without what earlier builds have kept for it; reading the content, whose bodies
 * are compiled already, is measured apart.
 */
async function indexing(size: number): Promise<{ reading: Cost; whole: Cost }> {
  const folder = join(WORK, `index-${size}`);
  rmSync(folder, { recursive: true, force: true });
  const env = { ...process.env, CONTENT_DIR: corpusOf(size).content, CACHE_DIR: join(folder, 'cache') };
  const script = join(import.meta.dirname, '../processes/index-search.ts');
  const run = (...args: string[]) => measure(process.execPath, [script, ...args], { env });
  await run();
  return { reading: await run(), whole: await run(join(folder, 'site')) };
}

export async function benchSearch({ sheet, size }: Context): Promise<void> {
  const folder = await builtSite(size);
  const site = await serveSite(folder);
  const browser = await launchBrowser();
  try {
    const suggestions = sheet.row(OWN, '第一次出建议', await firstSuggestions(browser, site.url));
    const { first, warm } = await queries(browser, site.url);
    const query = sheet.row(OWN, '第一次查询', first);
    const later = sheet.row(OWN, `以后的 ${QUERIES} 次查询，传输按每次`, warm);
    const { reading, whole } = await indexing(size);
    sheet.row(OWN, '只读内容，不建索引', { ...reading });
    const index = sheet.row(OWN, '读内容，建索引', { ...whole });
    sheet.aim('第一次出建议', { own: suggestions, metric: 'transferred', most: AIMS.suggestions });
    sheet.aim('第一次查询', { own: query, metric: 'transferred', most: AIMS.query });
    sheet.aim('以后的查询，p95', { own: later, metric: 'p95', most: AIMS.p95 });
    sheet.aim('建索引', { own: index, metric: 'cpu', most: AIMS.indexCpu });
    sheet.aim('建索引的内存', { own: index, metric: 'memory', most: AIMS.indexMemory });
    const stock = await pagefindOf(size, browser, FIRST_TYPED);
    if (stock) {
      sheet.compare(query, sheet.row(stock.name, '第一次查询', stock.query));
      sheet.compare(index, sheet.row(stock.name, '建索引', { ...stock.indexing }));
    } else sheet.note('装不上现成的 Pagefind，没有和它比。');
  } finally {
    await browser.close();
    await site.close();
  }
  sheet.note(
    `在搜索页上打「${FIRST_TYPED}」。传输是浏览器收到的字节（压缩后，连同响应头），不算搜索页本身；以后的查询取自 tests/fixtures/everyday-searches.txt。`,
  );
  sheet.note(
    '现成的 Pagefind 用它自己的命令给 Eleventy 3 的文章页建索引，没有建议、拼音、日子、改错字和筛选，中文也不按二元组切；查询从它的脚本开始下载算起。',
  );
}
