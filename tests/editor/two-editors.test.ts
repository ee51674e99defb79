import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Office, openNewsroom, type Visitor } from '../support/newsroom.ts';
import {
  bodyBox,
  closeWindows,
  field,
  openEntry,
  openEditorAs,
  pressSave,
  save,
  type Window,
  write,
} from './editor.ts';

/**
 * Two people write in the same entry in two browsers, because one of them was not told of the other: the connection was
 * gone at that moment. Nothing is overwritten all the same. What they are told otherwise is in `autosave.test.ts`.
 */

let office: Office;
let author: Visitor;
let first: Window;
let second: Window;

/** Each test has an entry of its own: a browser offers what was not saved in the one before. */
const slugs = ['yi', 'er', 'san', 'si', 'wu'];
let count = 0;
let path: string;
const TEXT =
  '---\ntitle: 开始\nkind: news\nsummary: 一句话。\npublished: 2026-11-01\n---\n\n第一段。\n\n第二段。\n';

beforeAll(async () => {
  office = await openNewsroom({ steps: ['final'], content: 'tests/fixtures/county' });
  author = await office.member('xiaowang', 'author', '小王');
  const reviewer = await office.member('laoli', 'reviewer', '老李');
  for (const slug of slugs) {
    const saved = await author.call('PUT', 'file', {
      path: `content/news/${slug}.mdx`,
      text: TEXT,
      version: null,
    });
    expect(saved).toMatchObject({ status: 200 });
  }
  [first, second] = [await openEditorAs(office, author), await openEditorAs(office, reviewer)];
  await second.page.route('**/api/presence', (route) => route.abort());
});
afterAll(async () => {
  await closeWindows();
  await office?.close();
});
beforeEach(async () => {
  const slug = slugs[count++] as string;
  path = `content/news/${slug}.mdx`;
  await Promise.all([first, second].map((window) => openEntry(window, 'news', slug)));
});

const stored = async () => String((await author.call('GET', `file?path=${path}`)).text);

test('后保存的人知道谁什么时候改了什么，两边都在，合起来能保存', async () => {
  await write(field(first, '标题'), '小王的标题');
  await save(first);
  await write(bodyBox(second), '第一段。\n\n老李的第二段。');
  await pressSave(second);
  const dialog = second.page.locator('dialog.portal-conflict');
  await dialog.waitFor();
  const words = (await dialog.textContent()) ?? '';
  expect(words).toMatch(/「小王」改过这一条.*\d+月\d+日 \d\d:\d\d/);
  expect(words).toContain('小王的标题');
  expect(words).toContain('老李的第二段。');
  expect(await stored()).toContain('title: 小王的标题');
  expect(await stored()).not.toContain('老李');

  const download = second.page.waitForEvent('download');
  await dialog.getByRole('link', { name: '把我写的存成文件' }).click();
  const chunks: Buffer[] = [];
  for await (const chunk of await (await download).createReadStream()) chunks.push(chunk as Buffer);
  expect(Buffer.concat(chunks).toString()).toContain('老李的第二段。');

  await dialog.locator('.portal-pair', { hasText: '小王的标题' }).getByRole('checkbox').check();
  await dialog.getByRole('button', { name: '保留我的，1 处用对方的' }).click();
  await save(second);
  expect(await stored()).toBe(TEXT.replace('开始', '小王的标题').replace('第二段', '老李的第二段'));
  const history = (await author.call('GET', `history?path=${path}`)).items as { name: string }[];
  expect(history.slice(0, 2).map(({ name }) => name)).toEqual(['老李', '小王']);
});

test('后保存的人可以全用对方的，接着写', async () => {
  await write(field(first, '标题'), '小王的标题');
  await save(first);
  await write(field(second, '标题'), '老李的标题');
  await pressSave(second);
  await second.page.locator('dialog.portal-conflict').getByRole('button', { name: '全用对方的' }).click();
  await expect.poll(() => field(second, '标题').inputValue()).toBe('小王的标题');
  await write(field(second, '摘要'), '老李接着写的摘要。');
  await save(second);
  expect(await stored()).toBe(TEXT.replace('开始', '小王的标题').replace('一句话。', '老李接着写的摘要。'));
});

test('关上对照框什么也不丢，再保存仍会拦住', async () => {
  await write(field(first, '标题'), '小王的标题');
  await save(first);
  await write(field(second, '标题'), '老李的标题');
  for (let round = 0; round < 2; round++) {
    await pressSave(second);
    await second.page.locator('dialog.portal-conflict').waitFor();
    await second.page.keyboard.press('Escape');
    expect(await field(second, '标题').inputValue()).toBe('老李的标题');
  }
  expect(await stored()).toContain('title: 小王的标题');
});

test('合并的时候对方又保存了，会再提醒一次', async () => {
  await write(field(first, '标题'), '小王的标题');
  await save(first);
  await write(field(second, '摘要'), '老李的摘要。');
  await pressSave(second);
  const dialog = second.page.locator('dialog.portal-conflict');
  await dialog.waitFor();
  await write(field(first, '标题'), '小王又改的标题');
  await save(first);
  await dialog.getByRole('button', { name: '保留我的', exact: true }).click();
  await pressSave(second);
  await dialog.getByText('小王又改的标题').first().waitFor();
  await second.page.keyboard.press('Escape');
  expect(await stored()).toContain('title: 小王又改的标题');
});

test('这一条被删了会说明，写的字还在表单里', async () => {
  await write(bodyBox(second), '老李写了很久。');
  const { version } = await author.call('GET', `file?path=${path}`);
  expect(await author.call('POST', 'review', { path, version, action: 'discard' })).toMatchObject({
    status: 200,
  });
  await pressSave(second);
  await second.page.locator('dialog.portal-problems').filter({ hasText: '被删除了' }).waitFor();
  await second.page.getByRole('button', { name: '知道了' }).click();
  expect(await bodyBox(second).inputValue()).toBe('老李写了很久。');
});
