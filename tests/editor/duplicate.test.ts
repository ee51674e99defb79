import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Office, openNewsroom, type Visitor } from '../support/newsroom.ts';
import { closeWindows, field, openEntry, openEditorAs, reviewOf, save, write } from './editor.ts';

/** Last year's event is copied for this year. */

let office: Office;
let author: Visitor;
let page: Page;

const SLUG = '2026-12-05-yi-zhen';
const PATH = `content/events/${SLUG}.mdx`;

beforeAll(async () => {
  office = await openNewsroom({ steps: ['final'], content: 'tests/fixtures/county' });
  author = await office.member('xiaowang', 'author', '小王');
  ({ page } = await openEditorAs(office, author));
});
afterAll(async () => {
  await closeWindows();
  await office?.close();
});

const read = async (path: string) => author.call('GET', `file?path=${path}`);

async function duplicate(): Promise<void> {
  await openEntry({ page }, 'events', SLUG);
  await reviewOf({ page }).getByText('已发布').first().waitFor();
  await page.getByRole('button', { name: '已保存', exact: true }).click();
  await page.getByRole('menuitem', { name: '复制', exact: true }).click();
  await page.waitForURL(/\/collections\/events\/new$/);
  await expect.poll(() => field({ page }, '标题').inputValue()).toBe('义诊');
}

test('复制出来的是新草稿，有自己的网址和日历编号；原来的不变', async () => {
  const before = await read(PATH);
  await duplicate();
  // Nothing of the first one's standing.
  await reviewOf({ page }).getByText('还没有保存').waitFor();
  expect(await reviewOf({ page }).getByText('已发布').count()).toBe(0);
  await write(field({ page }, '标题'), '明年的义诊');
  await field({ page }, '开始').fill('2027-12-05');
  await field({ page }, '结束 (可不填)').fill('2027-12-05');
  await save({ page });
  await reviewOf({ page }).getByText('草稿').first().waitFor();
  const entries = (await author.call('GET', 'files?folder=content/events')).items as {
    path: string;
    data: { title: string };
    stage: string;
  }[];
  const listed = entries.find(({ data }) => data.title === '明年的义诊');
  expect(listed?.path).toMatch(/^content\/events\/2027-12-05-mingnian-de-yi-?zhen\.mdx$/);
  expect(listed?.stage).toBe('draft');
  const made = await author.call('GET', `file?path=${listed?.path}`);
  const uid = (text: string) => /^uid: (.*)$/m.exec(text)?.[1];
  expect(uid(String(made.text))).toMatch(/^[0-9a-f-]{36}$/);
  // How often the first one was put off, and why, is not the second one's history.
  expect(made.text).not.toMatch(/^(formerStart|changeReason|changedOn|sequence|published: 2026-11-10)/m);
  expect(made.text).toMatch(/^state: tentative$/m);
  expect(await read(PATH)).toEqual(before);
});

test('复制的稿子填了原来的网址名，就另起一个名字', async () => {
  const before = await read(PATH);
  await duplicate();
  await write(field({ page }, '网址名 (可不填)'), SLUG);
  await write(field({ page }, '标题'), '同名的义诊');
  await save({ page });
  expect(await read(PATH)).toEqual(before);
  expect((await read(`content/events/${SLUG}-1.mdx`)).text).toContain('title: 同名的义诊');
});

test('没有改过的复制稿保存后，不会盖掉原来的', async () => {
  await openEntry({ page }, 'news', '2026-11-21-jiang-zuo');
  await page.getByRole('button', { name: '已保存', exact: true }).click();
  await page.getByRole('menuitem', { name: '复制', exact: true }).click();
  await page.waitForURL(/\/collections\/news\/new$/);
  const before = await read('content/news/2026-11-21-jiang-zuo.mdx');
  await save({ page });
  expect(page.url()).not.toContain('2026-11-21-jiang-zuo');
  expect(await read('content/news/2026-11-21-jiang-zuo.mdx')).toEqual(before);
});
