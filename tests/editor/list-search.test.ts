import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Office, openNewsroom } from '../support/newsroom.ts';
import { closeWindows, openEditorAs, waitForIdle, visit } from './editor.ts';

/** The search box above the lists. */

let office: Office;
let page: Page;

const ENTRIES: [slug: string, title: string][] = [
  ['hangtian-ri', '中国航天日讲座'],
  ['taikong-cai', '太空蔬菜进校园'],
  ['old-street-4471', '老街里的科普驿站'],
  ['script', '<img src=x onerror=alert(1)>(.*)[航'],
];

beforeAll(async () => {
  office = await openNewsroom({ steps: ['final'], content: 'tests/fixtures/county' });
  const author = await office.member('xiaowang', 'author', '小王');
  for (const [slug, title] of ENTRIES) {
    const text = `---\ntitle: ${JSON.stringify(title)}\nkind: news\nsummary: 一句话。\npublished: 2026-11-01\n---\n`;
    const saved = await author.call('PUT', 'file', { path: `content/news/${slug}.mdx`, text, version: null });
    expect(saved).toMatchObject({ status: 200 });
  }
  ({ page } = await openEditorAs(office, author));
});
afterAll(async () => {
  await closeWindows();
  await office?.close();
});
/** Types words into the box above the list. */
async function find(words: string): Promise<void> {
  await visit({ page }, '#/collections/news');
  await page.locator('a[href="#/collections/news/entries/hangtian-ri"]').first().waitFor();
  const box = page.getByRole('textbox').first();
  await box.fill(words);
  await box.press('Enter');
  await page.waitForURL(/\/search\//);
  await waitForIdle({ page });
}

/** Names of the entries that are listed. */
async function found(): Promise<string[]> {
  const links = await page
    .locator('a[href*="/entries/"]')
    .evaluateAll((all) => all.map((link) => link.getAttribute('href')));
  return links.map((href) => href?.split('/').at(-1) ?? '');
}

test.each([
  ['标题中间的两个字', '航天', 'hangtian-ri'],
  ['标题中间的一段', '蔬菜进校', 'taikong-cai'],
  ['两个词', '科普 老街', 'old-street-4471'],
  ['文件名', 'old-street', 'old-street-4471'],
  ['文件名里的数字', '4471', 'old-street-4471'],
  ['拼音', 'taikong', 'taikong-cai'],
  ['对程序有特别意思的符号', '(.*)[', 'script'],
])('在列表上方找%s「%s」，只找到那一条', async (_, words, slug) => {
  await find(words);
  await expect.poll(found).toEqual([slug]);
});

test('没有的找不到，并且说出来', async () => {
  await find('没有这样的东西');
  await page.getByText(/没有/).first().waitFor();
  expect(await found()).toEqual([]);
});
