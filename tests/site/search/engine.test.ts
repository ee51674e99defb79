import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeFullText } from '../../../src/search/indexing/build.ts';
import { updateSearch } from '../../../src/search/indexing/recent.ts';
import type { openPagefind } from '../../../src/search/browser/pagefind.ts';
import type { SearchRecord } from '../../../src/search/indexing/record.ts';
import { launchBrowser } from '../../support/browser.ts';
import { type Served, serve } from '../../support/serve.ts';

/** What the planner relies on in Pagefind and its documentation does not promise: see `src/search/README.md`. */

const TITLES = ['南派红烧肉', '红烧鲤鱼', '烧饼夹肉', '青貯玉米'];
const TEXTS = [
  '先把肉焯水。半个表情：\ud83d',
  '鱼要先煎，烧的时候不放肉。',
  '烧好的饼里夹肉，再烧一会儿。',
  '青貯要壓實。',
];

const PAGE = `<!doctype html><html lang="zh-CN"><title>x</title><script type="module">
  import { openPagefind } from './pagefind.js';
  globalThis.openPagefind = openPagefind;
  globalThis.engine = openPagefind('/pagefind/pagefind.js');
</script>`;

type WithEngine = { engine: ReturnType<typeof openPagefind>; openPagefind: typeof openPagefind };

let served: Served;
let browser: Browser;
let page: Page;
/** What is served. */
let root: string;

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'engine-'));
  root = folder;
  const records = TITLES.map((title, doc): SearchRecord => ({
    title,
    address: `/${doc}/`,
    kind: '文章',
    summary: '',
    version: title,
    text: TEXTS[doc] as string,
    facets: {},
  }));
  await writeFullText(join(folder, 'pagefind'), records);
  for (const file of ['browser/pagefind.ts', 'parts.ts'])
    writeFileSync(
      join(folder, `${basename(file, '.ts')}.js`),
      stripTypeScriptTypes(readFileSync(`src/search/${file}`, 'utf8')).replace(
        /'[./]+\/(\w+)\.ts';/g,
        "'./$1.js';",
      ),
    );
  writeFileSync(join(folder, 'index.html'), PAGE);
  served = await serve(folder);
  browser = await launchBrowser();
  page = await browser.newPage();
  await page.goto(served.url);
});
afterAll(async () => {
  await browser?.close();
  await served?.close();
});

/** Numbers of the documents that the engine finds. */
const all = (...terms: string[]) =>
  page.evaluate(async (wanted) => {
    const engine = await (globalThis as unknown as WithEngine).engine;
    return (await engine.all(wanted)).map(({ doc }) => doc);
  }, terms);

test('两个字连着找，只找到有这两个字挨在一起的文章', async () => {
  expect(await all('烧肉')).toEqual([0]);
  expect(await all('红烧', '烧肉')).toEqual([0]);
});

test('哪篇都没有的两个字什么也找不到，不会只按第一个字找', async () => {
  expect(await all('肉烧')).toEqual([]);
  expect(await all('红烧', '肉烧')).toEqual([]);
});

test('繁体的文章，用简体字找得到', async () => {
  expect(await all('青贮')).toEqual([3]);
});

test('文章按编号读出，页面的语言不变', async () => {
  const [kept, lang] = await page.evaluate(async () => {
    const engine = await (globalThis as unknown as WithEngine).engine;
    return [await engine.read(1), document.documentElement.lang] as const;
  });
  expect(kept).toMatchObject({ title: '红烧鲤鱼', address: '/1/' });
  expect(kept.text).toContain('鱼要先煎');
  expect(lang).toBe('zh-CN');
});

test('新写的和改过的，在旧索引之外也找得到，编号是现在的编号', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'recent-'));
  const base = join(folder, 'base');
  const record = (address: string, title: string, text: string): SearchRecord => ({
    ...{ title, address, text, kind: '文章', summary: '', facets: {} },
    version: `${title}${text}`,
  });
  const old = Array.from({ length: 12 }, (_, number) =>
    record(`/d${String(number).padStart(2, '0')}/`, `第${number}篇`, `秋天种小麦要看墒情，编号${number}号。`),
  );
  expect(await updateSearch(join(folder, 'old'), old, { folder: base })).toBe(0);
  const now = [
    record('/c/', '防冻', '果园花期防冻，灌水最稳。'),
    ...old.filter((_, number) => number !== 3),
  ].map((one) => (one.address === '/d05/' ? record(one.address, '玉米', '玉米什么时候收，看乳线。') : one));
  const target = join(folder, 'now');
  expect(await updateSearch(target, now, { folder: base })).toBe(2);
  const { parts } = JSON.parse(readFileSync(join(target, 'search/index/manifest.json'), 'utf8'));
  cpSync(target, join(root, 'joint'), { recursive: true });
  const find = (...terms: string[]) =>
    page.evaluate(
      async ([wanted, joint]) => {
        const open = (globalThis as unknown as WithEngine).openPagefind;
        const engine = await open('/joint/pagefind/pagefind.js', Promise.resolve(joint));
        const found = await engine.all(wanted);
        return Promise.all(found.map(async ({ doc }) => `${doc} ${(await engine.read(doc)).address}`));
      },
      [terms, parts] as const,
    );
  expect(await find('防冻')).toEqual(['0 /c/']);
  expect(await find('玉米')).toEqual(['5 /d05/']);
  expect((await find('小麦')).sort()).toEqual(
    now.flatMap(({ address, text }, doc) => (text.includes('小麦') ? `${doc} ${address}` : [])).sort(),
  );
  expect(await find('墒情', '编号')).toHaveLength(10);
});
