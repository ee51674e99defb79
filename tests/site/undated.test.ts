import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pagesOf } from '../support/pages.ts';
import { builtSite } from '../support/site.ts';

/** The archive of 2022: of its events, news and documents only the year is on record. No page may show a day of them. */

const { outDir } = await builtSite();
const archive = pagesOf(outDir).filter(({ address }) =>
  /^\/(events|caravan|news|documents)\/2022-[^/]+\/$/.test(address),
);
const text = (file: string) => readFileSync(join(outDir, file), 'utf8');
const withoutTags = (html: string) => html.replace(/<[^>]+>/g, '').replace(/\s+/g, ' ');
const schemas = (html: string) =>
  [...html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)]
    .map(([, json]) => String(json))
    .join('');

test('页面和给机器读的数据里，没有一个编出来的 2022 年的日子', () => {
  expect(archive.length).toBeGreaterThan(30);
  for (const { address, html } of archive) {
    expect(html, address).not.toMatch(/datetime="2022-\d\d/);
    expect(schemas(html), address).not.toMatch(/"(startDate|endDate|datePublished)":"20\d\d-\d\d/);
    expect(withoutTags(html), address).not.toMatch(/2022\s?年\s?\d+\s?月\s?\d+\s?日/);
  }
});

test.each([
  ['news/2022-03-kejizhichun-qidong', '2022年（具体日期未载）'],
  ['documents/2022-shisiwu-guihua', '2022年（具体日期未载）'],
  ['events/2022-kejizhichun-peixun', '2022 年（具体日期原报告未载）'],
])('%s 写明只知道年份', (page, words) => {
  expect(withoutTags(text(`${page}/index.html`))).toContain(words);
});

test('订阅源里没有日期不准的', () => {
  expect(text('feed.xml')).not.toContain('/news/2022-');
  expect(text('feed.xml')).not.toContain('/events/2022-');
});

test('年度页的图不画归档用的日子，写明日期未载、乡镇未载几笔', () => {
  const page = withoutTags(text('statistics/2022/index.html'));
  expect(page).toContain('日期未载 22 笔');
  expect(page).toContain('乡镇未载 21 笔');
  expect(page).not.toContain('活动和站次，按月份');
  expect(withoutTags(text('statistics/2026/index.html'))).toContain('活动和站次，按月份');
});

test('首页的数字在标题里写明是哪一年', () => {
  expect(withoutTags(text('index.html'))).toMatch(/2026 年到现在（截至.*2022 年全年/s);
});
