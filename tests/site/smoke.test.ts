import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ICAL from 'ical.js';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deadLinks } from '../support/links.ts';
import { filesBelow } from '../../cms/server/build/files/linking.ts';
import { launchBrowser } from '../support/browser.ts';
import { pagesOf, sampleOf, visibleText } from '../support/pages.ts';
import { builtSite } from '../support/site.ts';
import { htmlFaults } from '../support/validate.ts';
import { faultsWithoutScripts, walk } from '../support/walk.ts';

/** A small county's site, looked at for a minute: what `npm test` runs of this project. */

const { url, outDir } = await builtSite('county');
const pages = pagesOf(outDir);
const sample = sampleOf(pages, 1);
const text = (file: string) => readFileSync(join(outDir, file), 'utf8');
const pageAt = (address: string) => pages.find((page) => page.address === address)?.html ?? '';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

test.each([
  ['/', '麦子什么时候种'],
  ['/articles/mai-zi/', '麦子什么时候种'],
  ['/events/2026-12-05-yi-zhen/', '降雪预警'],
  ['/caravan/', '第一小学'],
  ['/bases/shi-fan-tian/', '示范田'],
  ['/search/', '搜索'],
  ['/404.html', '没有'],
])('%s 有自己的内容：%s', (address, words) => {
  const main = /<main[\s\S]*<\/main>/.exec(pageAt(address))?.[0] ?? '';
  expect(visibleText(main)).toContain(words);
});

test('每一页都是合格的 HTML，没有打不开的链接', async () => {
  expect([...(await htmlFaults(sample)), ...deadLinks(outDir, pages)]).toEqual([]);
});

test('写坏的一篇不发布，其余照常', () => {
  expect(pageAt('/articles/xie-huai-le/')).toBe('');
  expect(text('feed.xml')).not.toContain('xie-huai-le');
});

test('订阅和日历读得通，条目都在', () => {
  const { items } = JSON.parse(text('feed.json')) as { items: { url: string }[] };
  expect(items.map((item) => new URL(item.url).pathname)).toContain('/articles/mai-zi/');
  expect(text('feed.xml').match(/<entry>/g)).toHaveLength(items.length);
  const calendars = filesBelow(outDir).filter((file) => file.endsWith('.ics'));
  const summaries = calendars.flatMap((file) =>
    new ICAL.Component(ICAL.parse(text(file)))
      .getAllSubcomponents('vevent')
      .map((event) => String(event.getFirstPropertyValue('summary'))),
  );
  expect(calendars).toContain('events/calendar.ics');
  expect(calendars).toContain('caravan/calendar.ics');
  expect(summaries.join()).toContain('义诊');
});

describe('浏览器里', () => {
  test('每种页面：axe 找不到问题，没有控制台错误和外站请求，手机上放得下；平常、长辈模式、深色', async () => {
    const { faults, looked } = await walk(browser, outDir, sample, () => true);
    expect(looked).toEqual({ normal: sample.length, elder: sample.length, dark: sample.length });
    expect(faults).toEqual({ axe: [], noise: [], width: [], targets: [] });
  });

  test('不用脚本，每种页面都有正文、标题和导航', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    expect(await faultsWithoutScripts(context, url, sample)).toEqual([]);
    await context.close();
  });

  test('打字搜索，结果点得开', async () => {
    const tab = await browser.newPage();
    await tab.goto(`${url}/search/`);
    await tab.getByRole('combobox', { name: '搜索全站' }).fill('麦子');
    await tab.keyboard.press('Enter');
    await tab.locator('search-panel .tier h3 a').first().click();
    await tab.waitForURL(`${url}/articles/mai-zi/`);
    expect(await tab.locator('h1').textContent()).toContain('麦子');
    await tab.close();
  });

  test('没有这一页时，状态是 404，导航还在', async () => {
    const tab = await browser.newPage();
    const response = await tab.goto(`${url}/mei-you/zhe-yi-ye/`);
    expect(response?.status()).toBe(404);
    await tab.getByRole('navigation', { name: '主导航' }).getByRole('link').first().click();
    await tab.waitForURL(`${url}/articles/`);
    await tab.close();
  });
});
