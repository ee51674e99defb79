import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RECALL } from '../../src/shell/preferences/recall.ts';
import { launchBrowser } from '../support/browser.ts';
import { type BuiltPage, pagesOf, sampleOf } from '../support/pages.ts';
import { builtSite } from '../support/site.ts';

/** Sizes are bytes compressed by Brotli. The best quality makes them 5% smaller and takes ten times as long. */
const QUALITY = 9;

/** What fits into TCP's first ten segments of 1,460 bytes (RFC 6928): the page arrives in one round trip. */
const FIRST_WINDOW_BYTES = 14_600;
const HOME_FIRST_VIEW_BYTES = 60_000;
const SCRIPT_BYTES = 5000;
/** That 95% of the articles do not exceed. */
const ARTICLE_BYTES = 13_300;
/** Styles of a page. */
const STYLE_BYTES = 5000;

const { url, outDir } = await builtSite();

const brotli = (text: string | Buffer) =>
  brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY } }).length;

const pages = pagesOf(outDir);
const ofTemplate = (name: string) => pages.filter(({ template }) => template === name);
const articles = ofTemplate('articles/[slug]/index.astro');

const stylesOf = (html: string): string =>
  [...html.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)].map(([, css]) => css).join('');

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

test('每篇文章连同样式在一个初始拥塞窗口（14.6 kB）之内，95% 的不超过 13.3 kB', () => {
  const sizes = articles
    .map(({ address, html }) => ({ address, bytes: brotli(html) }))
    .sort((a, b) => b.bytes - a.bytes);
  const middle = sizes[Math.floor(sizes.length / 2)];
  console.table([...sizes.slice(0, 3), { ...middle, address: `中位：${middle?.address}` }]);
  expect(sizes.length).toBeGreaterThan(40);
  expect(sizes.filter(({ bytes }) => bytes > FIRST_WINDOW_BYTES)).toEqual([]);
  expect(sizes[Math.floor(sizes.length * 0.05)]?.bytes).toBeLessThanOrEqual(ARTICLE_BYTES);
});

test('哪一页的样式都不超过 5 kB', () => {
  const sizes = sampleOf(pages, 1).map(({ template, html }) => ({
    template,
    bytes: brotli(stylesOf(html)),
  }));
  console.table(sizes.toSorted((a, b) => b.bytes - a.bytes).slice(0, 5));
  expect(sizes.filter(({ bytes }) => bytes > STYLE_BYTES)).toEqual([]);
});

test('页面里没有一条用不到的组件样式', () => {
  const faults = pages
    // Their scripts bring in more, see `src/style/slim/scripted.ts`.
    .filter(({ html }) => !/<(?:stop-filter|online-request)|class="stops-of-year"/.test(html))
    .flatMap(({ address, html }) => {
      const body = html.slice(html.indexOf('<body'));
      const marks = new Set(stylesOf(html).match(/data-c-[a-z0-9]+/g));
      return [...marks].filter((mark) => !body.includes(` ${mark}`)).map((mark) => `${address} ${mark}`);
    });
  expect(faults).toEqual([]);
  expect(pages.filter(({ html }) => html.includes('data-astro-cid'))).toEqual([]);
});

test('除了搜索和大篷车的筛选，哪一页的脚本都不超过 5 kB', () => {
  const sizes = sampleOf(pages, 1)
    // The list of the caravan's stops searches, too.
    .filter(({ html }) => !/<(?:search-panel|stop-filter)/.test(html))
    .map((page) => ({ template: page.template, bytes: scriptBytes(page) }));
  console.table(sizes.toSorted((a, b) => b.bytes - a.bytes).slice(0, 5));
  expect(sizes.filter(({ bytes }) => bytes > SCRIPT_BYTES)).toEqual([]);
});

/** Of all scripts that a page runs, with those that they import. */
function scriptBytes({ html }: BuiltPage): number {
  const inline = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, text = '']) => brotli(text));
  const waiting = [...html.matchAll(/<script[^>]*\ssrc="([^"]+)"/g)].map(([, address = '']) => address);
  const files = new Set<string>();
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
    if (files.has(file)) continue;
    files.add(file);
    const text = readFileSync(join(outDir, file), 'utf8');
    for (const [, name] of text.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g))
      waiting.push(`/_astro/${name}`);
  }
  return [...inline, ...[...files].map((file) => brotli(readFileSync(join(outDir, file))))].reduce(
    (sum, bytes) => sum + bytes,
    0,
  );
}

test('哪一页的第一屏都不等脚本、样式文件和字体', () => {
  const faults = pages.flatMap(({ address, html }) => {
    const scripts = [...html.matchAll(/<script(?![^>]*type="application\/ld\+json")([^>]*)>([^<]*)/g)];
    // Modules wait for the page; the one script before it only recalls the reader's choices.
    const blocking = scripts.filter(
      ([, attributes = '', text]) => !attributes.includes('type="module"') && text !== RECALL,
    );
    const sheets = [...html.matchAll(/<link[^>]*rel="(?:stylesheet|preload)"[^>]*>|@font-face|@import/g)];
    return [...blocking, ...sheets].map(([found]) => `${address} ${found.slice(0, 80)}`);
  });
  expect(faults).toEqual([]);
});

test('首页第一屏（HTML、样式、脚本和首屏图片）不超过 60 kB', async () => {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, deviceScaleFactor: 2 });
  const tab = await context.newPage();
  const loaded = new Map<string, string>();
  tab.on('response', (response) => {
    const path = new URL(response.url()).pathname;
    loaded.set(path.endsWith('/') ? `${path}index.html` : path, response.request().resourceType());
  });
  await tab.goto(`${url}/`, { waitUntil: 'networkidle' });
  // A browser fetches lazy pictures a few screens ahead; only those in the first screen count, and all that are not lazy.
  const later = await tab.evaluate(() =>
    [...document.images]
      .filter((image) => image.loading === 'lazy' && image.getBoundingClientRect().top >= innerHeight)
      .map((image) => new URL(image.currentSrc || image.src).pathname),
  );
  await context.close();
  for (const path of later) loaded.delete(path);
  const sizes = [...loaded].map(([path, kind]) => {
    const file = readFileSync(join(outDir, decodeURIComponent(path)));
    return { path, kind, bytes: /\.(png|jpe?g|webp|avif|gif)$/.test(path) ? file.length : brotli(file) };
  });
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  console.table([...sizes.sort((a, b) => b.bytes - a.bytes), { path: '合计', kind: '', bytes: total }]);
  expect(total).toBeLessThanOrEqual(HOME_FIRST_VIEW_BYTES);
});
