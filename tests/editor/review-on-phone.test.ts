import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sharedBrowser } from '../support/browser.ts';
import { type Office, openNewsroom } from '../support/newsroom.ts';

/** A leader on an old phone, without scripts: from 待办 to a comment and a return. */

let office: Office;
let context: BrowserContext;
let page: Page;

const PATH = 'content/news/shou-ji-shen.mdx';
const TEXT =
  '---\ntitle: 手机上审的一条\nkind: news\nsummary: 一句话。\npublished: 2026-11-01\n---\n\n讲座在周一。地点在文化馆。\n';

beforeAll(async () => {
  office = await openNewsroom({ steps: ['final'], content: 'tests/fixtures/county' });
  const author = await office.member('xiaowang', 'author', '小王');
  const { version } = await author.call('PUT', 'file', { path: PATH, text: TEXT, version: null });
  await author.call('POST', 'review', { path: PATH, version, action: 'submit' });
  context = await (
    await sharedBrowser()
  ).newContext({ viewport: { width: 360, height: 740 }, javaScriptEnabled: false });
  await context.addCookies(office.administrator.cookies());
  page = await context.newPage();
});
afterAll(async () => {
  await context?.close();
  await office?.close();
});

test('从待办点进去，给一句话提意见，再退回；一路不用横着滚', async () => {
  await page.goto(`${office.url}admin/desk/overview/`);
  await page.getByRole('link', { name: '「手机上审的一条」', exact: true }).click();
  const paragraph = page.locator('.paragraph', { hasText: '地点在文化馆。' });
  await paragraph.getByText('提意见').first().click();
  await paragraph.getByLabel('地点在文化馆。').check();
  await paragraph.getByLabel('意见', { exact: true }).fill('哪个厅？');
  await paragraph.getByRole('button', { name: '提意见' }).click();
  await page.locator('.comment', { hasText: '哪个厅？' }).getByText('地点在文化馆。').waitFor();
  await page.getByText('还有 1 条意见没有解决').waitFor();
  await page.locator('summary', { hasText: '退回' }).click();
  await page
    .getByLabel('要改什么')
    .fill('写明在哪个厅，并且把开始和结束的时间、联系电话、怎样报名都补上再交');
  await page.getByRole('button', { name: '退回' }).click();
  await page.locator('.lead', { hasText: '退回：写明在哪个厅' }).waitFor();
  const size = await page.locator('html').boundingBox();
  expect(size?.width).toBeLessThanOrEqual(360);
  await page.goto(`${office.url}admin/desk/overview/`);
  await page.getByText('退回：写明在哪个厅').waitFor();
});
