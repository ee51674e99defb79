import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseICS } from 'node-ical';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { filesBelow } from '../../cms/server/build/files/linking.ts';
import { axeViolations } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { built, COUNTY_URL } from '../support/built.ts';
import { parsed } from '../support/pages.ts';
import { type Served, serve } from '../support/serve.ts';
import { htmlFaults } from '../support/validate.ts';

/** A page that moved is still found at its former address, on any web server and without scripts. */

const { outDir } = await built('below');

let served: Served;
let browser: Browser;

beforeAll(async () => {
  served = await serve(outDir, { base: '/kepu/' });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await served?.close();
});

const text = (file: string) => readFileSync(join(outDir, file), 'utf8');
const MOVED = [
  'articles/mai-zi-jiu',
  'articles/mai-zi-jiu/poster',
  'events/2026-12-05-jiu',
  'lao-wangzhan/2019',
];

test('没有脚本的浏览器打开旧地址，到了新的页面', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  for (const [from, to] of [
    ['articles/mai-zi-jiu/', 'articles/mai-zi/'],
    ['articles/mai-zi-jiu/poster/', 'articles/mai-zi/poster/'],
    ['lao-wangzhan/2019/', 'about/'],
  ]) {
    await page.goto(`${served.url}/kepu/${from}`);
    await page.waitForURL(`${served.url}/kepu/${to}`);
  }
  await context.close();
});

test('不自动跳转的浏览器看到一句中文和一个链接；页面合格，不让搜索引擎收录，规范网址是新地址', async () => {
  const context = await browser.newContext({ viewport: { width: 360, height: 640 } });
  const page = await context.newPage();
  for (const file of MOVED) {
    const html = text(`${file}/index.html`);
    expect(await htmlFaults([{ address: file, html }])).toEqual([]);
    const document = parsed(html);
    const attribute = (selector: string, name: string) =>
      document.querySelector(selector)?.getAttributeValue(name);
    const to = attribute('main a', 'href') ?? '';
    expect(attribute('link[rel="canonical"]', 'href')).toBe(COUNTY_URL + to);
    expect(attribute('meta[name="robots"]', 'content')).toBe('noindex');
    expect(document.querySelectorAll('script')).toHaveLength(0);
    await page.setContent(html.replace(/<meta http-equiv="refresh"[^>]*>/, ''));
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('这一页搬家了');
    expect((await page.getByRole('link').boundingBox())?.height).toBeGreaterThanOrEqual(44);
    expect(await axeViolations(page, 'normal')).toEqual([]);
  }
  await context.close();
});

test('旧地址不在站点地图、搜索和订阅里；订阅里的编号还是原来的', () => {
  for (const file of filesBelow(outDir).filter((name) => /\.(?:xml|json)$|^sitemap\/|^search\//.test(name)))
    if (!['feed.xml', 'feed.json', 'events/changes/feed.xml'].includes(file))
      expect(text(file), file).not.toMatch(/-jiu\/|lao-wangzhan/);
  expect(text('feed.xml')).toContain(`<id>${COUNTY_URL}/kepu/articles/mai-zi-jiu/</id>`);
  expect(text('feed.xml')).toContain(`href="${COUNTY_URL}/kepu/articles/mai-zi/"`);
  expect(JSON.parse(text('feed.json')).items).toContainEqual(
    expect.objectContaining({
      id: `${COUNTY_URL}/kepu/articles/mai-zi-jiu/`,
      url: `${COUNTY_URL}/kepu/articles/mai-zi/`,
    }),
  );
});

test('加进日历的活动，旧文件还在，与新的一样，编号没有变；分享的图片也还在', () => {
  const calendar = text('events/2026-12-05-jiu/calendar.ics');
  expect(calendar).toBe(text('events/2026-12-05-yi-zhen/calendar.ics'));
  const [event] = Object.values(parseICS(calendar)).filter((part) => part?.type === 'VEVENT');
  expect(event).toMatchObject({ uid: '2026-12-05-yi-zhen@kx.example.gov.cn' });
  expect(existsSync(join(outDir, 'og/events/2026-12-05-jiu.png'))).toBe(true);
});

test('新地址没有页面时，旧地址也没有', () => {
  expect(existsSync(join(outDir, 'articles/mei-le-jiu'))).toBe(false);
});
