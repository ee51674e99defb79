import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deadLinks } from '../support/links.ts';
import { launchBrowser } from '../support/browser.ts';
import { built } from '../support/built.ts';
import { pagesOf, visibleText } from '../support/pages.ts';
import { htmlFaults } from '../support/validate.ts';
import { walk } from '../support/walk.ts';

/** A county's first day: an empty content folder, no settings. */
const SECTIONS = [
  'articles',
  'rumours',
  'experiments',
  'events',
  'caravan',
  'bases',
  'facilities',
  'townships',
  'campaigns',
  'experts',
  'teams',
  'organisations',
  'honours',
  'documents',
  'news',
  'statistics',
];

const { outDir } = await built('empty');
const pages = pagesOf(outDir);

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

test('每个栏目都有页面，说明还没有内容，没有空白的一页', () => {
  for (const section of SECTIONS) {
    const page = pages.find(({ address }) => address === `/${section}/`);
    expect(page, section).toBeDefined();
    const main = /<main[\s\S]*<\/main>/.exec(page?.html ?? '')?.[0] ?? '';
    expect(visibleText(main), section).toMatch(/还没有|暂无|没有|尚未/);
  }
  for (const section of ['search', 'sitemap', 'help', 'accessibility'])
    expect(existsSync(join(outDir, section, 'index.html')), section).toBe(true);
});

test('首页不显示空栏目', () => {
  const home = pages.find(({ address }) => address === '/')?.html ?? '';
  const sections = [...home.matchAll(/<h2[^>]*>([\s\S]*?)<\/h2>/g)].length;
  expect(home).toContain('<h1');
  expect(sections).toBeLessThanOrEqual(2);
});

test('设置没有打开，就没有公开的各校多久没去了', () => {
  expect(existsSync(join(outDir, 'caravan/index.html'))).toBe(true);
  expect(existsSync(join(outDir, 'caravan/fairness'))).toBe(false);
});

test('每一页仍是合格的 HTML，没有死链接', async () => {
  expect([...(await htmlFaults(pages)), ...deadLinks(outDir, pages)]).toEqual([]);
});

test('每一页 axe 都找不到问题，控制台没有错误，手机上不用左右滚动', async () => {
  const { faults, looked } = await walk(browser, outDir, pages, () => false);
  expect(looked.normal).toBe(pages.length);
  expect(faults).toEqual({ axe: [], noise: [], width: [], targets: [] });
});

test('生成到程序旁边的文件夹（名字前半截相同，有空格和汉字），也不留下生成用的程序', () => {
  expect(readdirSync(outDir).filter((name) => name.startsWith('.'))).toEqual([]);
});

test('订阅和日历没有条目，但格式完整', () => {
  expect(readFileSync(join(outDir, 'feed.xml'), 'utf8')).toMatch(/<feed [\s\S]*<\/feed>/);
  expect(JSON.parse(readFileSync(join(outDir, 'feed.json'), 'utf8'))).toMatchObject({ items: [] });
  expect(readFileSync(join(outDir, 'caravan/calendar.ics'), 'utf8')).toMatch(
    /^BEGIN:VCALENDAR\r\n[\s\S]*END:VCALENDAR\r\n$/,
  );
});
