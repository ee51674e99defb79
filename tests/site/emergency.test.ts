import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { pagesOf, parsed } from '../support/pages.ts';
import { builtSite } from '../support/site.ts';

/** What the emergency page may weigh with its styles, packed: it comes first, on the slowest line. */
const EMERGENCY_BYTES = 6000;

const { url, outDir } = await builtSite();
const pages = pagesOf(outDir);
const emergency = readFileSync(join(outDir, 'emergency/index.html'), 'utf8');
const urgent = [...emergency.matchAll(/href="\/articles\/([^/"]+)\/"/g)].map(([, slug = '']) => slug);

let browser: Browser;
let context: BrowserContext;
let tab: Page;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 360, height: 780 }, serviceWorkers: 'block' });
  tab = await context.newPage();
});
afterEach(() => context.close());

test('紧急求助页没有脚本，连同样式不超过 6 kB', () => {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
  expect(brotliCompressSync(emergency, { params }).length).toBeLessThanOrEqual(EMERGENCY_BYTES);
  expect(emergency.match(/<script(?![^>]*application\/ld\+json)/g)).toBeNull();
  expect(emergency.match(/<link[^>]*stylesheet|<img/g)).toBeNull();
});

test('按下出了什么事，就到那几步；电话一点就拨；每一件都通到全文', async () => {
  await tab.goto(`${url}/emergency/`);
  for (const number of ['120', '119', '110', '122', '12356', '12379'])
    expect(await tab.locator(`header a[href="tel:${number}"]`).count(), number).toBe(1);
  await tab.getByRole('link', { name: '吃了野蘑菇', exact: true }).click();
  const steps = tab.locator('#wild-mushrooms');
  await expect.poll(async () => (await steps.boundingBox())?.y ?? 9999).toBeLessThan(200);
  expect(await steps.getByRole('listitem').count()).toBeGreaterThan(0);
  await steps.getByRole('link', { name: '看全文' }).click();
  await tab.waitForURL(`${url}/articles/wild-mushrooms/`);
  expect(urgent.length).toBeGreaterThan(15);
});

test('每一页的页头都通到紧急求助页，手机上在拇指够得着的地方', async () => {
  const without = pages.filter(
    ({ address, html }) =>
      !/^\/(?:embed|emergency)\//.test(address) && !/<header[\s\S]*?href="\/emergency\/"/.test(html),
  );
  expect(without.map(({ address }) => address)).toEqual([]);
  await tab.goto(`${url}/`);
  const link = tab.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '紧急求助' });
  const box = await link.boundingBox();
  expect(box?.y).toBeGreaterThan(780 / 2);
  expect(box?.height).toBeGreaterThanOrEqual(44);
  await tab.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await link.click();
  await tab.waitForURL(`${url}/emergency/`);
});

test('“现在就做”整个在手机第一屏里，朗读和打印也先是它', async () => {
  const tops: Record<string, number[]> = {};
  for (const slug of urgent) {
    await tab.goto(`${url}/articles/${slug}/`);
    const box = await tab.locator('.now').boundingBox();
    tops[slug] = [Math.round(box?.y ?? 0), Math.round((box?.y ?? 0) + (box?.height ?? 9999))];
    expect(tops[slug]?.[1], slug).toBeLessThanOrEqual(780);
    const first = await tab.evaluate(() => document.querySelector('main')?.textContent?.trim().slice(0, 40));
    expect(first, slug).toContain('现在就做');
  }
  console.table(tops);
  await tab.emulateMedia({ media: 'print' });
  expect(await tab.locator('.now').isVisible()).toBe(true);
});

test('“现在就做”在结构化数据里是一件 HowTo，号码是 tel: 链接', () => {
  for (const slug of urgent) {
    const document = parsed(readFileSync(join(outDir, `articles/${slug}/index.html`), 'utf8'));
    const data = document.querySelector('script[type="application/ld+json"]')?.textContent ?? '{}';
    const graph = JSON.parse(data)['@graph'] as Record<string, unknown>[];
    const steps = graph.find(({ '@type': type }) => type === 'HowTo')?.step as unknown[];
    expect(steps.length, slug).toBeGreaterThan(0);
    const calls = document.querySelectorAll('.now a').map((link) => link.getAttributeValue('href') ?? '');
    expect(calls.length, slug).toBeGreaterThan(0);
    expect(calls.filter((address) => !/^tel:\d+$/.test(address))).toEqual([]);
  }
});

test.each([
  ['120', '/emergency/'],
  ['急救', '/emergency/'],
  ['娃噎着了', '/articles/heimlich/'],
  ['疯狗病', '/articles/burn-dog-bite/'],
  ['开水烫了', '/articles/burn-dog-bite/'],
  ['地震了往哪里跑', '/articles/earthquake-safety/'],
  ['中风', '/articles/stroke-signs/'],
  ['喝农药', '/articles/pesticide-poisoning/'],
])('搜“%s”，第一条是该做什么', async (query, address) => {
  await tab.goto(`${url}/search/?q=${encodeURIComponent(query)}`);
  const first = tab.locator('search-panel .tier h3 a').first();
  await first.waitFor();
  expect(await first.getAttribute('href')).toBe(address);
});

test('海报印出该做什么和电话，每一张都在一张 A4 里', async () => {
  await tab.setViewportSize({ width: 900, height: 1300 });
  await tab.emulateMedia({ media: 'print' });
  const over: string[] = [];
  for (const { address } of pages.filter(({ template }) => template === 'articles/[slug]/poster.astro')) {
    await tab.goto(url + address);
    const room = await tab.locator('.poster').evaluate((sheet) => {
      const foot = sheet.querySelector('footer')?.getBoundingClientRect().bottom ?? 0;
      return sheet.getBoundingClientRect().bottom - foot;
    });
    if (room < 0) over.push(`${address} ${room}`);
  }
  expect(over).toEqual([]);
  await tab.goto(`${url}/articles/co-poisoning-heating/poster/`);
  const text = await tab.locator('.poster').innerText();
  expect(text).toContain('炉子装了烟囱');
  expect(text).toMatch(/现在就做[\s\S]*120/);
});

test('给家长的通知打印时自己占一张 A4', async () => {
  const stop = pages.find(
    ({ template, html }) => template === 'caravan/[slug]/index.astro' && html.includes('id="parents-notice"'),
  );
  await tab.goto(`${url}${stop?.address}`);
  const sheet = tab.locator('.sheet');
  expect(await sheet.isVisible()).toBe(false);
  await tab.emulateMedia({ media: 'print' });
  expect(await sheet.innerText()).toContain('各位家长');
  expect(await sheet.evaluate((element) => getComputedStyle(element).breakBefore)).toBe('page');
  expect(await tab.locator('#parents-notice').isVisible()).toBe(false);
});
