import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Office, openNewsroom, type Visitor } from '../support/newsroom.ts';
import {
  bodyBox,
  closeWindows,
  field,
  newEntry,
  openEditorAs,
  openEntry,
  reviewOf,
  save,
  start,
  TIMEOUT_MS,
  unsavedOffer,
  visit,
  waitForIdle,
  type Window,
  write,
} from './editor.ts';

/** Nothing typed is lost, not even on purpose: on any machine its author finds it again; and two people see each other. */

let office: Office;
let author: Visitor;
let reviewer: Visitor;
/** 小王 at two machines, and 老李. */
let desk: Window;
let laptop: Window;
let other: Window;

const entry = (title: string) =>
  `---\ntitle: ${title}\nkind: news\nsummary: 一句话。\npublished: 2026-11-01\n---\n\n第一段。\n`;
const pathOf = (slug: string) => `content/news/${slug}.mdx`;

beforeAll(async () => {
  office = await openNewsroom({ steps: ['final'], content: 'tests/fixtures/county' });
  author = await office.member('xiaowang', 'author', '小王');
  reviewer = await office.member('laoli', 'reviewer', '老李');
  for (const slug of ['yi', 'er', 'san', 'si'])
    await author.call('PUT', 'file', { path: pathOf(slug), text: entry('开始'), version: null });
  [desk, laptop, other] = [
    await openEditorAs(office, author),
    await openEditorAs(office, author),
    await openEditorAs(office, reviewer),
  ];
});
afterAll(async () => {
  await closeWindows();
  await office?.close();
});

const stateOf = ({ page }: { page: Page }) => page.locator('.portal-autosave');
const untilKept = (window: Window) =>
  stateOf(window)
    .filter({ hasText: /已自动保存 \d\d:\d\d/ })
    .waitFor();
const barIn = ({ page }: Window) => page.getByRole('region', { name: '谁在编辑' });
const back = ({ page }: Window) => page.getByRole('link', { name: /返回/ }).click();
const title = (window: Window) => field(window, '标题').inputValue();
const canWrite = (window: Window) => field(window, '标题').evaluate((box) => box.closest('[inert]') === null);
const copies = async (slug?: string) =>
  (
    (await author.call('GET', `working-copies?folder=news${slug ? `&path=${pathOf(slug)}` : ''}`))
      .items as object[]
  ).length;

test('写了没有保存就返回，在另一台电脑上能接着写，存了就不再问', async () => {
  await openEntry(desk, 'news', 'yi');
  await write(field(desk, '标题'), '写到一半');
  await write(bodyBox(desk), '写了很久的正文。');
  await untilKept(desk);
  await write(field(desk, '摘要'), '最后一句。');
  await back(desk);
  await desk.page.getByRole('link', { name: /^新建/ }).waitFor();
  expect(await office.served.newsroom.read(pathOf('yi'))?.text).toBe(entry('开始'));

  await openEntry(laptop, 'news', 'yi');
  await unsavedOffer(laptop).waitFor();
  expect(await unsavedOffer(laptop).textContent()).toMatch(/「写到一半」，\d+月\d+日 \d\d:\d\d，Chrome/);
  await unsavedOffer(laptop).getByRole('button', { name: '比较' }).click();
  await unsavedOffer(laptop).getByText('写了很久的正文。').waitFor();
  await unsavedOffer(laptop).getByRole('button', { name: '接着写' }).click();
  await expect.poll(() => title(laptop)).toBe('写到一半');
  expect(await field(laptop, '摘要').inputValue()).toBe('最后一句。');
  await save(laptop);
  await expect.poll(() => copies('yi')).toBe(0);
  await back(laptop);
  // In this browser neither, although it has a backup of its own.
  await openEntry(desk, 'news', 'yi');
  await waitForIdle(desk);
  expect(await unsavedOffer(desk).count()).toBe(0);
  expect(await title(desk)).toBe('写到一半');
});

test('没存过的新稿，返回以后再新建时还在，「待办」里也列着；可以丢弃', async () => {
  await newEntry(desk, 'news');
  await write(field(desk, '标题'), '夜里写的一篇');
  await back(desk);
  await newEntry(desk, 'news');
  await unsavedOffer(desk)
    .getByText(/「夜里写的一篇」/)
    .waitFor();
  await unsavedOffer(desk)
    .getByRole('button', { name: /写新的一篇/ })
    .click();
  expect(await title(desk)).toBe('');
  await back(desk);
  expect(await (await author.fetch('admin/desk/overview/')).text()).toContain('「夜里写的一篇」');
  await newEntry(desk, 'news');
  await unsavedOffer(desk).getByRole('button', { name: '丢弃' }).click();
  await expect.poll(() => copies()).toBe(0);
  await back(desk);
  await newEntry(desk, 'news');
  await waitForIdle(desk);
  expect(await unsavedOffer(desk).count()).toBe(0);
  await back(desk);
});

test('断了网就先记在这台电脑上，连上以后自己存到服务器', async () => {
  await openEntry(desk, 'news', 'er');
  await desk.context.setOffline(true);
  await write(field(desk, '标题'), '断网时写的');
  await stateOf(desk).filter({ hasText: '没有连上，先记在这台电脑上' }).waitFor();
  await desk.context.setOffline(false);
  await untilKept(desk);
  expect(await copies('er')).toBe(1);
  await back(desk);
});

test('别人在编辑：列表里看得到是谁，打开只能看；写完了会说，再开始写', async () => {
  await openEntry(desk, 'news', 'san');
  await visit(other, '#/collections/events');
  await visit(other, '#/collections/news');
  await other.page.locator('a[href$="/entries/san"]').getByText('小王正在编辑（刚刚）').waitFor();
  await openEntry(other, 'news', 'san');
  await barIn(other).getByText('小王正在编辑（刚刚）').waitFor();
  await expect.poll(() => canWrite(other)).toBe(false);
  await reviewOf(other).waitFor();
  expect(await reviewOf(other).evaluate((part) => part.closest('[inert]') === null)).toBe(true);
  await write(field(desk, '标题'), '小王改好了');
  await save(desk);
  await back(desk);
  await barIn(other).getByText('小王写完了，现在可以写了').waitFor({ timeout: TIMEOUT_MS });
  await barIn(other).getByRole('button', { name: '开始写' }).click();
  await expect.poll(() => canWrite(other)).toBe(true);
  await expect.poll(() => title(other)).toBe('小王改好了');
  expect(await barIn(other).count()).toBe(0);
  await back(other);
});

test('接过去：两边都知道，原来的人写的字一个不丢，回来时和新存的并排', async () => {
  await openEntry(desk, 'news', 'si');
  await write(field(desk, '标题'), '小王没保存的标题');
  await openEntry(other, 'news', 'si');
  await barIn(other).getByRole('button', { name: '我来接着写' }).click();
  await expect.poll(() => canWrite(other)).toBe(true);
  await barIn(desk)
    .getByText(/老李接过去了.*没有丢/)
    .waitFor({ timeout: TIMEOUT_MS });
  expect(await canWrite(desk)).toBe(false);
  expect(await title(desk)).toBe('小王没保存的标题');
  await expect.poll(() => copies('si')).toBe(1);
  await write(field(other, '摘要'), '老李写的摘要。');
  await save(other);
  await back(other);

  await start(desk, office);
  await openEntry(desk, 'news', 'si');
  await unsavedOffer(desk)
    .getByText(/老李又保存过/)
    .waitFor();
  await unsavedOffer(desk).getByRole('button', { name: '接着写' }).click();
  const conflict = desk.page.locator('dialog.portal-conflict');
  await conflict.getByText('老李写的摘要。').first().waitFor();
  await conflict.locator('.portal-pair', { hasText: '老李写的摘要' }).getByRole('checkbox').check();
  await conflict.getByRole('button', { name: /^保留我的/ }).click();
  await save(desk);
  const { text } = await author.call('GET', `file?path=${pathOf('si')}`);
  expect(text).toMatch(/title: 小王没保存的标题\n[\s\S]*summary: 老李写的摘要。/);
  await expect.poll(() => copies('si')).toBe(0);
});
