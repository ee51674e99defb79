import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Office, openNewsroom, type Visitor } from '../support/newsroom.ts';
import {
  bodyBox,
  closeWindows,
  field,
  isChanged,
  openEntry,
  openEditorAs,
  reviewOf,
  save,
} from './editor.ts';

/** Who changed what and when, and back to an older text without losing the newer one. */

let office: Office;
let author: Visitor;
let page: Page;

const PATH = 'content/news/history.mdx';
const entry = (title: string, body: string) =>
  `---\ntitle: ${title}\nkind: news\nsummary: 一句话。\npublished: 2026-11-01\n---\n\n${body}\n`;
const FIRST = entry('第一版', '甲段。\n\n乙段 <30℃。');
const SECOND = entry('第二版', '甲段。\n\n乙段改了。');

beforeAll(async () => {
  office = await openNewsroom({ steps: ['final'], content: 'tests/fixtures/county' });
  author = await office.member('xiaowang', 'author', '小王');
  const reviewer = await office.member('laoli', 'reviewer', '老李');
  const { version } = await author.call('PUT', 'file', { path: PATH, text: FIRST, version: null });
  await reviewer.call('PUT', 'file', { path: PATH, text: SECOND, version });
  ({ page } = await openEditorAs(office, author));
});
afterAll(async () => {
  await closeWindows();
  await office?.close();
});

const stored = async () => (await author.call('GET', `file?path=${PATH}`)).text;
const history = async () =>
  (await author.call('GET', `history?path=${PATH}`)).items as {
    name: string;
    commit: string;
    message: string;
  }[];
const dialog = () => page.locator('dialog.portal-versions');

test('历史说明谁什么时候改了什么', async () => {
  await openEntry({ page }, 'news', 'history');
  await reviewOf({ page }).getByRole('button', { name: '历史' }).click();
  await dialog().waitFor();
  const rows = dialog().locator('.portal-history button');
  await expect.poll(() => rows.count()).toBe(2);
  expect(await rows.allTextContents()).toEqual([
    expect.stringMatching(/^\d+月\d+日 \d\d:\d\d　老李　修改：「第二版」$/),
    expect.stringMatching(/^\d+月\d+日 \d\d:\d\d　小王　修改：「第一版」$/),
  ]);
  await dialog().getByText('改　标题').waitFor();
  const words = (await dialog().textContent()) ?? '';
  expect(words).toContain('<30℃');
  expect(words).toContain('改　标题');
  expect(words).not.toContain('title:');
  expect(await dialog().locator('del').allTextContents()).toContain('一');
});

test('填回旧的一版，存成一次新的修改，较新的一版还在历史里', async () => {
  await dialog().locator('.portal-history button').nth(1).click();
  await dialog().getByText('新建的，全文都是新的').waitFor();
  await dialog().getByRole('button', { name: '把这一版填回表单' }).click();
  expect(await stored()).toBe(SECOND);
  await expect.poll(() => field({ page }, '标题').inputValue()).toBe('第一版');
  expect(await bodyBox({ page }).inputValue()).toBe('甲段。\n\n乙段 <30℃。');
  expect(await isChanged({ page })).toBe(true);
  await save({ page });
  expect(await stored()).toBe(FIRST);
  const items = await history();
  expect(items.map(({ name }) => name)).toEqual(['小王', '老李', '小王']);
  const { text } = await author.call('GET', `history/text?path=${PATH}&commit=${items[1]?.commit}`);
  expect(text).toBe(SECOND);
});

test('已发布的一条填回旧的一版，成为草稿；网站上的不变', async () => {
  const publisher = await office.member('zhangjie', 'publisher', '张姐');
  const act = async (who: Visitor, action: string) => {
    const { version } = await who.call('GET', `file?path=${PATH}`);
    expect(await who.call('POST', 'review', { path: PATH, version, action })).toMatchObject({ status: 200 });
  };
  await act(author, 'submit');
  await act(publisher, 'publish');
  const published = await stored();
  await openEntry({ page }, 'news', 'history');
  await reviewOf({ page }).getByRole('button', { name: '历史' }).click();
  await dialog().locator('.portal-history button', { hasText: '修改：「第二版」' }).click();
  await dialog().getByText('和改之前').waitFor();
  await dialog().getByRole('button', { name: '把这一版填回表单' }).click();
  await save({ page });
  expect(await author.call('GET', `file?path=${PATH}`)).toMatchObject({
    stage: 'draft',
    text: expect.stringContaining('乙段改了。'),
  });
  const items = await history();
  expect(items[0]).toMatchObject({ name: '小王', message: '修改：「第二版」' });
  expect(items[1]?.message).toBe('发布：「第一版」');
  const now = await author.call('GET', `history/text?path=${PATH}&commit=${items[1]?.commit}`);
  expect(now.text).toBe(published);
});
