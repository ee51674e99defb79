import type { Page } from 'playwright-core';
import type { ListedEntry } from '../../cms/protocol/entries.ts';
import { type Office, openNewsroom, type Visitor } from '../support/newsroom.ts';
import {
  bodyBox,
  closeWindows,
  field,
  newEntry,
  openEditorAs,
  pressSave,
  reviewOf,
  save,
  visit,
  write,
} from './editor.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** Saving an incomplete form from its end, which is several screens long. */

let office: Office;
let author: Visitor;
let page: Page;

beforeAll(async () => {
  office = await openNewsroom({ steps: ['final'], content: 'tests/fixtures/county' });
  author = await office.member('xiaowang', 'author', '小王');
  ({ page } = await openEditorAs(office, author));
});
afterAll(async () => {
  await closeWindows();
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

test('没填的按表单顺序说出来，第一处滚到眼前', async () => {
  await newEntry({ page }, 'events');
  await page.locator('label', { hasText: /^正文/ }).scrollIntoViewIfNeeded();
  await pressSave({ page });
  await said(/没有保存，有几项还没填好：「标题」不能为空；「种类」不能为空；「摘要」不能为空/);
  await expect.poll(focused).toMatch(/^title-field/);
  await expect.poll(() => page.locator('label', { hasText: /^标题/ }).isVisible()).toBe(true);
});

test('有标题就能保存，并说明发布前还缺什么', async () => {
  await visit({ page }, '#/collections/events');
  await newEntry({ page }, 'events');
  await write(field({ page }, '标题'), '还没定日子的观星夜');
  await write(bodyBox({ page }), '先把流程记下来。');
  await save({ page });
  const notice = page.getByRole('dialog', { name: '已保存，发布前还要看看这几处' });
  await notice.getByText('摘要').first().waitFor();
  await notice.getByRole('button', { name: '知道了' }).click();
  await page.reload();
  await expect.poll(() => field({ page }, '标题').inputValue()).toBe('还没定日子的观星夜');
  expect(await bodyBox({ page }).inputValue()).toBe('先把流程记下来。');
  const submit = reviewOf({ page }).getByRole('button', { name: '提交审核' });
  await submit.click();
  const refused = page.getByRole('dialog', { name: '还不能提交审核：请先改好下面几处' });
  await refused.getByText('摘要').first().waitFor();
  await refused.getByRole('button', { name: '知道了' }).click();
  await reviewOf({ page }).getByText('草稿').first().waitFor();
});

test('标题太长、正文有手机号、写了错别字，一次说全；有手机号的不能提交审核', async () => {
  await visit({ page }, '#/collections/news');
  await newNews('长'.repeat(61));
  await write(bodyBox({ page }), '请联系 13912345678。\n\n新一界常委会。');
  await pressSave({ page });
  const refused = page.getByRole('dialog', { name: '没有保存：请先改好下面几处' });
  const told = await refused.getByRole('listitem').allTextContents();
  expect(told.join('\n')).toMatch(/「标题」超过 60 个字[\s\S]*像是个人手机号[\s\S]*「界」应为「届」/);
  await refused.getByRole('button', { name: '知道了' }).click();
  await write(field({ page }, '标题'), '一则短讯');
  await save({ page });
  await page.getByRole('button', { name: '知道了' }).click();
  await reviewOf({ page }).getByRole('button', { name: '提交审核' }).click();
  const kept = page.getByRole('dialog', { name: '还不能提交审核：请先改好下面几处' });
  await kept.getByText('像是个人手机号').waitFor();
  await kept.getByRole('button', { name: '知道了' }).click();
  await write(bodyBox({ page }), '请联系办公室。');
  await save({ page });
  await reviewOf({ page }).getByRole('button', { name: '提交审核' }).click();
  await reviewOf({ page }).getByRole('button', { name: '撤回' }).waitFor();
});

test('名录保存就生效，不能缺：收起的一项会展开，并说明在哪个名录', async () => {
  await visit({ page }, '#/collections/data/entries/vehicles');
  await page.getByRole('button', { name: /^添加/ }).first().click();
  await page.getByRole('button', { name: '收起这一项' }).last().click();
  await pressSave({ page });
  await said(/车辆里的「名称」不能为空/);
  await page.getByRole('button', { name: '收起这一项' }).first().waitFor();
  await expect.poll(focused).toMatch(/^id-field/);
});

test('可不填的一组填了又清空，文件里就没有它', async () => {
  await newNews('配图不要了');
  await page.getByRole('button', { name: '展开', exact: true }).first().click();
  await write(field({ page }, '替代文字'), '一张照片');
  await save({ page });
  const notice = page.getByRole('dialog', { name: '已保存，发布前还要看看这几处' });
  await notice.getByText('图片').first().waitFor();
  await notice.getByRole('button', { name: '知道了' }).click();
  await page.getByRole('button', { name: '展开', exact: true }).first().click();
  await empty('替代文字');
  await save({ page });
  const { items } = (await author.call('GET', 'files?folder=content/news')) as unknown as {
    items: ListedEntry[];
  };
  const { data } = items.find((entry) => entry.data?.title === '配图不要了') ?? {};
  expect(data).toMatchObject({ summary: '一句话。' });
  expect(data).not.toHaveProperty('cover');
});
