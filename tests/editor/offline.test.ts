import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Office, openNewsroom } from '../support/newsroom.ts';
import {
  bodyBox,
  closeWindows,
  field,
  isChanged,
  newEntry,
  openEntry,
  openEditorAs,
  pressSave,
  save,
  start,
  waitForIdle,
  visit,
  write,
} from './editor.ts';

/** Saving while offline, or while the server is down or slow: a message, the form keeps the text, and a retry works. */

let office: Office;
let page: Page;

beforeAll(async () => {
  office = await openNewsroom({ steps: ['final'], content: 'tests/fixtures/county' });
  const author = await office.member('xiaowang', 'author', '小王');
  const text = '---\ntitle: 开始\nkind: news\nsummary: 一句话。\npublished: 2026-11-01\n---\n';
  await author.call('PUT', 'file', { path: 'content/news/offline.mdx', text, version: null });
  ({ page } = await openEditorAs(office, author));
});
afterAll(async () => {
  await closeWindows();
  await office?.close();
});

const stored = async (slug = 'offline') =>
  String((await office.administrator.call('GET', `file?path=content/news/${slug}.mdx`)).text);

/** Answers saves otherwise than the server would, until `page.unroute`. */
const FAULTS: [name: string, fail: () => Promise<unknown>, message: RegExp][] = [
  ['没有网', () => page.context().setOffline(true), /连不上编辑服务/],
  [
    '代理后面没有服务',
    () => page.route('**/api/file', (route) => route.fulfill({ status: 502, body: '<h1>Bad Gateway' })),
    /编辑服务/,
  ],
  [
    '存好了，回话没有到',
    () =>
      page.route('**/api/file', async (route) => {
        await route.fetch();
        await route.abort();
      }),
    /连不上编辑服务/,
  ],
];

test.each(FAULTS)('%s：用中文说明，写的字还在，再按保存就存上', async (name, fail, message) => {
  // Without what was said about the fault before.
  await start({ page }, office);
  await openEntry({ page }, 'news', 'offline');
  const words = `${name}：写了很久的正文。`;
  await write(field({ page }, '标题'), name);
  await write(bodyBox({ page }), words);
  await fail();
  await pressSave({ page });
  await page
    .getByText(/没有保存/)
    .filter({ hasText: message })
    .first()
    .waitFor();
  expect(await bodyBox({ page }).inputValue()).toBe(words);
  expect(await isChanged({ page })).toBe(true);
  await page.context().setOffline(false);
  await page.unroute('**/api/file');
  await save({ page });
  expect(await stored()).toContain(words);
});

/** Holds the next save back until it is let go. */
async function slowSave(): Promise<() => void> {
  let go = () => {};
  const held = new Promise<void>((resolve) => {
    go = resolve;
  });
  await page.route('**/api/file', async (route) => {
    if (route.request().method() === 'PUT') await held;
    await route.continue();
  });
  return go;
}

test('保存途中又打的字，仍算没有保存', async () => {
  await openEntry({ page }, 'news', 'offline');
  await write(bodyBox({ page }), '按保存以前。');
  const go = await slowSave();
  await pressSave({ page });
  await write(bodyBox({ page }), '按保存以前。保存途中又写的。');
  const answered = page.waitForResponse('**/api/file');
  go();
  await (await answered).finished();
  await waitForIdle({ page });
  expect(await isChanged({ page })).toBe(true);
  await page.unroute('**/api/file');
  await save({ page });
  expect(await stored()).toContain('保存途中又写的。');
});

test('新稿第一次保存的途中打不进会丢的字', async () => {
  await newEntry({ page }, 'news');
  await write(field({ page }, '网址名 (可不填)'), 'slow');
  await write(field({ page }, '标题'), '慢');
  await write(field({ page }, '摘要'), '一句话。');
  await write(bodyBox({ page }), '第一句。');
  const go = await slowSave();
  await pressSave({ page });
  await expect.poll(() => page.locator('#nc-root').getAttribute('inert')).not.toBeNull();
  await page.keyboard.type('打不进去');
  go();
  await page.getByText('都保存了').waitFor();
  await page.unroute('**/api/file');
  await expect.poll(() => page.locator('#nc-root').getAttribute('inert')).toBeNull();
  await bodyBox({ page }).click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('第二句。');
  await save({ page });
  expect(await stored('slow')).toMatch(/第一句。\s*第二句。/);
});

test('改回上次保存以前的样子，也算修改', async () => {
  await visit({ page }, '#/collections/news');
  await openEntry({ page }, 'news', 'offline');
  const first = await field({ page }, '标题').inputValue();
  await write(field({ page }, '标题'), '第二个标题');
  await save({ page });
  await write(field({ page }, '标题'), first);
  expect(await isChanged({ page })).toBe(true);
  await save({ page });
  expect(await stored()).toContain(`title: ${first}`);
});

test('太长的标题不保存，并且说出来', async () => {
  await write(field({ page }, '标题'), '长'.repeat(200));
  await pressSave({ page });
  await page.getByText('有几项还没填好').first().waitFor();
  await write(field({ page }, '标题'), '短');
  await save({ page });
});
