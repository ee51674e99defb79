import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Office, openNewsroom, type Visitor } from '../support/newsroom.ts';
import {
  bodyBox,
  closeWindows,
  discardUnsaved,
  field,
  newEntry,
  openEntry,
  openEditorAs,
  reviewOf,
  save,
  visit,
  write,
} from './editor.ts';

/** From one form to another: by the list, by another address, by the browser's own buttons. */

let office: Office;
let author: Visitor;
let page: Page;
/** What the browser asked, and what is answered from now on. */
let asked: string[] = [];
let answer = true;

const UNSAVED = expect.stringContaining('还有没保存的修改');
const entry = (title: string) =>
  `---\ntitle: ${title}\nkind: news\nsummary: 一句话。\npublished: 2026-11-01\n---\n\n${title}的正文。\n`;

beforeAll(async () => {
  office = await openNewsroom({ steps: ['final'], content: 'tests/fixtures/county' });
  author = await office.member('xiaowang', 'author', '小王');
  for (const [slug, title] of Object.entries({ jia: '甲', yi: '乙' }))
    await author.call('PUT', 'file', {
      path: `content/news/${slug}.mdx`,
      text: entry(title),
      version: null,
    });
  ({ page } = await openEditorAs(office, author));
  page.removeAllListeners('dialog');
  page.on('dialog', (dialog) => {
    asked.push(dialog.message());
    void (answer ? dialog.accept() : dialog.dismiss()).catch(() => {});
  });
});
beforeEach(() => {
  asked = [];
  answer = true;
});
afterAll(async () => {
  await closeWindows();
  await office?.close();
});

const stored = async (slug: string) =>
  String((await author.call('GET', `file?path=content/news/${slug}.mdx`)).text);

const title = () => field({ page }, '标题').inputValue();

test('在地址栏改成另一条，打开的就是另一条，保存也存到那里', async () => {
  await openEntry({ page }, 'news', 'jia');
  await visit({ page }, '#/collections/news/entries/yi');
  await expect.poll(title).toBe('乙');
  expect(await bodyBox({ page }).inputValue()).toContain('乙的正文。');
  await reviewOf({ page }).getByText('草稿').first().waitFor();
  await write(field({ page }, '标题'), '乙改');
  await save({ page });
  expect(await stored('yi')).toBe(entry('乙').replace('title: 乙', 'title: 乙改'));
  expect(await stored('jia')).toBe(entry('甲'));
  await page.goBack();
  await expect.poll(title).toBe('甲');
  await visit({ page }, '#/collections/pages/entries/about');
  await expect.poll(title).toBe('机构简介');
  expect(asked).toEqual([]);
  expect(await page.getByText('失败').count()).toBe(0);
});

test('没保存时选留下，写的字和地址都在；选离开，打开另一条', async () => {
  await openEntry({ page }, 'news', 'jia');
  await write(field({ page }, '标题'), '甲没有保存');
  answer = false;
  await visit({ page }, '#/collections/news/entries/yi');
  await expect.poll(() => asked).toEqual([UNSAVED]);
  await page.waitForURL(/entries\/jia$/);
  expect(await title()).toBe('甲没有保存');
  answer = true;
  await visit({ page }, '#/collections/news/entries/yi');
  await expect.poll(title).toBe('乙改');
  expect(asked).toEqual([UNSAVED, UNSAVED]);
  expect(await stored('jia')).toBe(entry('甲'));
});

test('新活动的表单里没有刚才写了一半的动态', async () => {
  await newEntry({ page }, 'news');
  await write(field({ page }, '标题'), '写了一半的动态');
  await visit({ page }, '#/collections/events/new');
  await page.getByText('日历编号').first().waitFor();
  expect(await title()).toBe('');
});

test('新稿第一次保存以前和以后，离开都会问', async () => {
  await newEntry({ page }, 'news');
  await discardUnsaved({ page });
  asked = [];
  await write(field({ page }, '标题'), '丙');
  await write(field({ page }, '摘要'), '一句话。');
  await save({ page });
  await write(field({ page }, '摘要'), '又写了一句。');
  answer = false;
  await page.getByRole('link', { name: /返回/ }).click();
  await expect.poll(() => asked).toEqual([UNSAVED]);
  expect(await field({ page }, '摘要').inputValue()).toBe('又写了一句。');
  answer = true;
  await save({ page });
});

test('没动过的新表单，离开时不问', async () => {
  for (const collection of ['articles', 'events', 'news']) {
    await newEntry({ page }, collection);
    await field({ page }, '标题').waitFor();
    expect(await page.getByText(/有没保存的修改|都保存了/).count()).toBe(0);
    await page.getByRole('link', { name: /返回/ }).click();
    await page.getByRole('link', { name: /^创建/ }).waitFor();
  }
  expect(asked).toEqual([]);
});

test('按 Ctrl+S 就保存，光标在字段里也行', async () => {
  await openEntry({ page }, 'news', 'jia');
  await discardUnsaved({ page });
  asked = [];
  await write(field({ page }, '标题'), '甲按键');
  await page.keyboard.press('Control+s');
  await page.getByText('都保存了').waitFor();
  await expect.poll(() => stored('jia')).toContain('title: 甲按键');
  // Nothing to save: nothing happens.
  await page.keyboard.press('Control+s');
  expect(await page.getByRole('menuitem').count()).toBe(0);
  expect(asked).toEqual([]);
});

test('打不开的一条说明没有了，并给出去处', async () => {
  await visit({ page }, '#/collections/news/entries/nothing-here');
  await page.getByRole('heading', { name: '打不开这一条' }).waitFor();
  await page.getByText('没有这条内容，可能已经删除', { exact: true }).waitFor();
  const bin = await page.getByRole('link', { name: '到回收站里找' }).getAttribute('href');
  expect(await (await author.fetch(String(bin).slice(1))).text()).toContain('回收站');
  await author.call('PUT', 'file', {
    path: 'content/news/nothing-here.mdx',
    text: entry('有了'),
    version: null,
  });
  await page.getByRole('button', { name: '再试一次' }).click();
  await expect.poll(title).toBe('有了');
  await visit({ page }, '#/collections/news/entries/nothing-either');
  await page.getByRole('link', { name: /^返回「/ }).click();
  await page.getByRole('link', { name: /^创建/ }).waitFor();
});
