import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { type Office, openNewsroom } from '../support/newsroom.ts';
import { field, newEntry, openFor, pressSave, save, visit, write } from './editor.ts';

/** Somebody saves before everything is filled in, at the foot of a long form. */

let office: Office;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  office = await openNewsroom({ steps: ['final'], content: 'tests/fixtures/county' });
  browser = await launchBrowser();
  ({ page } = await openFor(office, browser, await office.member('xiaowang', 'author', '小王')));
});
afterAll(async () => {
  await browser?.close();
  await office?.close();
});

const said = (words: string | RegExp) => page.getByText(words).first().waitFor();

const focused = () => page.evaluate(() => document.activeElement?.id ?? '');

/** Types and takes away as with a keyboard: Decap gives up a selection that a program made. */
async function empty(label: string): Promise<void> {
  await field({ page }, label).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
}

async function newNews(title: string): Promise<void> {
  await newEntry({ page }, 'news');
  await write(field({ page }, '标题'), title);
  await write(field({ page }, '摘要'), '一句话。');
}

test('what is missing is named in the order of the form, and the first of it comes into sight', async () => {
  await newEntry({ page }, 'events');
  await page.locator('label', { hasText: /^正文/ }).scrollIntoViewIfNeeded();
  await pressSave({ page });
  await said(/没有保存，有几项还没填好：「标题」不能为空；「种类」不能为空；「摘要」不能为空/);
  await expect.poll(focused).toMatch(/^title-field/);
  await expect.poll(() => page.locator('label', { hasText: /^标题/ }).isVisible()).toBe(true);
});

test('what is missing in a folded item is unfolded, and said with its list', async () => {
  await visit({ page }, '#/collections/bases');
  await newEntry({ page }, 'bases');
  await write(field({ page }, '标题'), '基地');
  await write(field({ page }, '摘要'), '一句话。');
  await field({ page }, '种类').click();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '添加称号' }).click();
  await page.getByRole('button', { name: '收起这一项' }).first().click();
  await pressSave({ page });
  await said(/称号里的「级别」不能为空/);
  await page.getByRole('button', { name: '收起这一项' }).first().waitFor();
  await expect.poll(focused).toMatch(/^name-field/);
  await page.getByRole('button', { name: '移除这一项' }).first().click();
  await save({ page });
});

test('an optional group that was begun and emptied again does not stand in the way', async () => {
  await newNews('配图不要了');
  await page.getByRole('button', { name: '展开', exact: true }).first().click();
  await write(field({ page }, '替代文字'), '一张照片');
  await pressSave({ page });
  await said(/配图里的「图片」不能为空/);
  await empty('替代文字');
  await save({ page });
});
