import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { pagesOf } from '../support/pages.ts';
import { builtSite } from '../support/site.ts';

/** What fits into TCP's first ten segments of 1,460 bytes (RFC 6928): the page arrives in one round trip. */
const FIRST_WINDOW_BYTES = 14_600;
const HOME_FIRST_VIEW_BYTES = 60_000;

const { url, outDir } = await builtSite();

const brotli = (text: string | Buffer) =>
  brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

test('每篇文章连同样式在一个初始拥塞窗口（14.6 kB）之内', () => {
  const sizes = pagesOf(outDir)
    .filter(({ template }) => template === 'articles/[slug]/index.astro')
    .map(({ address, html }) => ({ address, bytes: brotli(html) }))
    .sort((a, b) => b.bytes - a.bytes);
  const middle = sizes[Math.floor(sizes.length / 2)];
  console.table([...sizes.slice(0, 5), { ...middle, address: `中位：${middle?.address}` }]);
  expect(sizes.length).toBeGreaterThan(40);
  expect(sizes.filter(({ bytes }) => bytes > FIRST_WINDOW_BYTES)).toEqual([]);
});

test('文章页的样式都在页面里，正文不等任何脚本', () => {
  const faults = pagesOf(outDir)
    .filter(({ template }) => template === 'articles/[slug]/index.astro')
    .flatMap(({ address, html }) => {
      const scripts = [...html.matchAll(/<script(?![^>]*type="application\/ld\+json")([^>]*)>/g)].map(
        ([, attributes = '']) => attributes,
      );
      // Modules wait for the page; the one script before it only recalls the reader's choices (300 bytes).
      const blocking = scripts.filter((attributes) => !/type="module"|preferences\.js/.test(attributes));
      const sheets = [...html.matchAll(/<link[^>]*rel="stylesheet"[^>]*>/g)].map(([link]) => link);
      return [...blocking, ...sheets].map((found) => `${address} ${found}`);
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
