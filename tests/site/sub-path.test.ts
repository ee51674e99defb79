import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { built, COUNTY_URL } from '../support/built.ts';
import { deadLinks } from '../support/links.ts';
import { type BuiltPage, pagesOf, parsed } from '../support/pages.ts';
import { PHOTO } from '../support/project.ts';
import { type Served, serve } from '../support/serve.ts';

/**
 * Another county, with its own address and below a path of the county government's site. It was built just after the same
 * county at the root of a host: what a build leaves in the cache must not leak into one for another path.
 */
const { outDir, printed } = await built('below');

let pages: BuiltPage[];
let served: Served;
let browser: Browser;

beforeAll(async () => {
  pages = pagesOf(outDir);
  served = await serve(outDir, { base: '/kepu/' });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await served?.close();
});

const page = (address: string) => pages.find((one) => one.address === address) as BuiltPage;
const text = (file: string) => readFileSync(join(outDir, file), 'utf8');

test('所有链接、图片、样式和脚本都带着子路径，都打得开', () => {
  expect(deadLinks(outDir, pages, '/kepu/')).toEqual([]);
});

test('规范网址、订阅、站点地图、机器人协议都是带子路径的完整网址', () => {
  const canonical = parsed(page('/articles/mai-zi/').html).querySelector('link[rel="canonical"]');
  expect(canonical?.getAttributeValue('href')).toBe(`${COUNTY_URL}/kepu/articles/mai-zi/`);
  const addresses = [
    ...text('feed.xml').matchAll(/<id>([^<]*)<\/id>/g),
    ...text('sitemap-0.xml').matchAll(/<loc>([^<]*)<\/loc>/g),
  ].map(([, address]) => address);
  expect(addresses.length).toBeGreaterThan(20);
  expect(addresses.filter((address) => !address?.startsWith(`${COUNTY_URL}/kepu/`))).toEqual([]);
  expect(text('robots.txt')).toContain(`Sitemap: ${COUNTY_URL}/kepu/sitemap-index.xml`);
  const manifest = JSON.parse(text('manifest.webmanifest')) as { start_url: string };
  expect(manifest.start_url).toMatch(/^\/kepu\//);
});

test('离线功能只管自己的子路径，断网时子路径下读过的页面打得开', async () => {
  const context = await browser.newContext();
  const tab = await context.newPage();
  await tab.goto(`${served.url}/kepu/`);
  await tab.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
  expect(await tab.evaluate(async () => (await navigator.serviceWorker.ready).scope)).toBe(
    `${served.url}/kepu/`,
  );
  const kept = () =>
    tab.evaluate(
      async () => (await (await caches.open('portal:/kepu/:pages')).match('/kepu/articles/mai-zi/'))?.ok,
    );
  await tab.goto(`${served.url}/kepu/articles/mai-zi/`);
  await expect.poll(kept, { timeout: 30_000 }).toBe(true);
  await context.setOffline(true);
  await tab.reload();
  expect(await tab.getByText('网络不通或太慢').isVisible()).toBe(true);
  await context.close();
});

test('正文里的站内链接和页内链接也带子路径', () => {
  const { html } = page('/articles/mai-zi/');
  expect(html).toContain('<a href="/kepu/bases/shi-fan-tian/">示范田</a>');
  expect(html).toContain(`href="#${encodeURIComponent('看气温')}"`);
});

test('写坏的一篇不发布，构建照样完成并说明哪里要改；其余都在', () => {
  expect(existsSync(join(outDir, 'articles/xie-huai-le'))).toBe(false);
  for (const slug of ['mai-zi', 'gai-pian', 'zi-zhi-ci-tie'])
    expect(existsSync(join(outDir, `articles/${slug}/index.html`)), slug).toBe(true);
  expect(printed).toMatch(/articles\/xie-huai-le\.mdx 第 3 行 ?「种类」没有「artcle」这一项/);
  expect(printed).toMatch(/articles\/xie-huai-le\.mdx 第 7 行 ?「发布日期」没有这一天/);
  expect(text('feed.xml')).not.toContain('xie-huai-le');
  expect(text('sitemap-0.xml')).not.toContain('xie-huai-le');
});

test('照片有 AVIF 和 WebP 的几种宽度，写明宽高，不撑动版面', () => {
  const { html } = page('/articles/mai-zi/');
  const figure = /<figure class="block-figure">([\s\S]*?)<\/figure>/.exec(html)?.[1] ?? '';
  for (const type of ['image/avif', 'image/webp']) {
    const srcset = new RegExp(`<source[^>]*type="${type}"[^>]*srcset="([^"]*)"`).exec(figure)?.[1] ?? '';
    const candidates = srcset.split(', ');
    expect(candidates.length, srcset).toBeGreaterThanOrEqual(2);
    for (const candidate of candidates) {
      expect(candidate).toMatch(/^\/kepu\/pictures\/\S+\.(avif|webp) \d+w$/);
      const file = (candidate.split(' ')[0] as string).replace('/kepu/', '');
      expect(existsSync(join(outDir, file)), file).toBe(true);
    }
  }
  expect(figure).toContain(`width="${PHOTO.width}" height="${PHOTO.height}"`);
  expect(figure).toContain('loading="lazy"');
});

test('浏览器里走一走：没有打不开的东西，搜索也在子路径下', async () => {
  const tab = await browser.newPage();
  const faults: string[] = [];
  tab.on('response', (response) => {
    if (response.status() >= 400) faults.push(`${response.status()} ${response.url()}`);
  });
  tab.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  for (const address of ['/', '/articles/mai-zi/', '/caravan/', '/bases/shi-fan-tian/', '/events/'])
    await tab.goto(`${served.url}/kepu${address}`, { waitUntil: 'networkidle' });
  await tab.goto(`${served.url}/kepu/search/?q=${encodeURIComponent('麦子')}`);
  await tab.locator('main a[href="/kepu/articles/mai-zi/"]').first().waitFor();
  expect(faults).toEqual([]);
  await tab.close();
});
