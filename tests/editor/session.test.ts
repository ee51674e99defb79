import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Office, openNewsroom, PASSWORD, type Visitor } from '../support/newsroom.ts';
import {
  bodyBox,
  closeWindows,
  field,
  switchUser,
  newWindow,
  openEntry,
  pictureButton,
  pressSave,
  save,
  waitForIdle,
  type Window,
} from './editor.ts';

/** When the session expires, the page stays, prompts for the password and then completes the interrupted action. */

let office: Office;
let author: Visitor;
let window: Window;
let page: Page;

const PATH = 'content/news/session.mdx';
const entry = (title: string) =>
  `---\ntitle: ${title}\nkind: news\nsummary: 一句话。\npublished: 2026-11-01\n---\n\n正文。\n`;

beforeAll(async () => {
  office = await openNewsroom({ steps: ['final'], content: 'tests/fixtures/county' });
  author = await office.member('xiaowang', 'author', '小王');
  await office.member('laoli', 'reviewer', '老李');
  await author.call('PUT', 'file', { path: PATH, text: entry('开始'), version: null });
  window = await newWindow();
  ({ page } = window);
});
afterAll(async () => {
  await closeWindows();
  await office?.close();
});
beforeEach(async () => {
  const fresh = office.visitor();
  await fresh.post('admin/login/', { login: 'xiaowang', password: PASSWORD });
  await switchUser(window, office, fresh);
  await openEntry({ page }, 'news', 'session');
});

const stored = async () => {
  const { text, name } = await office.administrator.call('GET', `file?path=${PATH}`);
  return { text: String(text), name: String(name) };
};
const dialog = () => page.locator('dialog.portal-session');

async function signIn(where: Locator, login: string, password = PASSWORD): Promise<void> {
  await where.getByLabel('登录名').fill(login);
  await where.getByLabel('密码', { exact: true }).fill(password);
  await where.getByRole('button', { name: '登录', exact: true }).click();
}

/** Types text that must not be lost. */
async function type(title: string): Promise<void> {
  await field({ page }, '标题').fill(title);
  await bodyBox({ page }).fill(`${title}的正文，写了很久。`);
}

test.each([
  ['登录的记录没了', () => page.context().clearCookies()],
  [
    '在别处退出了所有设备',
    async () => {
      const elsewhere = office.visitor();
      await elsewhere.post('admin/login/', { login: 'xiaowang', password: PASSWORD });
      const form = await (await elsewhere.fetch('admin/desk/account/')).text();
      const csrf = /name="csrf" value="([^"]+)"/.exec(form)?.[1] ?? '';
      const body = new URLSearchParams({ csrf });
      await elsewhere.fetch('admin/desk/account/sessions', { method: 'POST', body });
    },
  ],
])('%s：保存时要求重新登录，登录后那一次保存就存上', async (name, end) => {
  await type(name);
  await end();
  await pressSave({ page });
  await dialog().waitFor();
  expect(await dialog().textContent()).toContain('你写的内容都还在');
  await signIn(dialog(), 'xiaowang', '不是这个密码');
  await dialog().getByRole('alert').filter({ hasText: /密码/ }).waitFor();
  await signIn(dialog(), 'xiaowang');
  await page.getByText('都保存了').waitFor();
  expect((await stored()).text).toContain(`${name}的正文，写了很久。`);
  expect(await page.locator('dialog[open]').count()).toBe(0);
});

test('现在不想登录的，写的字还在，以后再保存', async () => {
  await type('以后再说');
  await page.context().clearCookies();
  await pressSave({ page });
  await dialog().getByRole('button', { name: '先不登录' }).click();
  await page
    .getByText(/没有保存.*还没有登录/)
    .first()
    .waitFor();
  expect(await bodyBox({ page }).inputValue()).toBe('以后再说的正文，写了很久。');
  // The page's own requests do not open the prompt again.
  await pictureButton({ page }).click();
  await page
    .locator('dialog.portal-block')
    .getByText(/还没有登录/)
    .waitFor();
  expect(await dialog().count()).toBe(0);
  await page.keyboard.press('Escape');
  await pressSave({ page });
  await signIn(dialog(), 'xiaowang');
  await page.getByText('都保存了').waitFor();
  expect((await stored()).text).toContain('title: 以后再说');
});

test('换了人登录先问一句，存下的稿子记在那个人名下', async () => {
  await type('换人');
  await page.context().clearCookies();
  await pressSave({ page });
  await signIn(dialog(), 'laoli');
  await dialog().getByText('这个页面是「小王」打开的，现在登录的是「老李」').waitFor();
  expect((await stored()).text).not.toContain('换人');
  await dialog().getByRole('button', { name: '换一个账号' }).click();
  await signIn(dialog(), 'laoli');
  await dialog().getByRole('button', { name: '用「老李」接着做' }).click();
  await page.getByText('都保存了').waitFor();
  expect(await stored()).toMatchObject({ text: expect.stringContaining('换人'), name: '老李' });
});

test('另一个窗口换了账号，稿子不会记到那个人名下', async () => {
  await type('两个窗口');
  const login = await page.context().request.post(`${office.url}admin/login/`, {
    form: { login: 'laoli', password: PASSWORD },
    headers: { origin: new URL(office.url).origin },
  });
  expect(login.ok()).toBe(true);
  await pressSave({ page });
  await dialog().getByText('已经换成「老李」登录').waitFor();
  expect((await stored()).text).not.toContain('两个窗口');
  await signIn(dialog(), 'xiaowang');
  await page.getByText('都保存了').waitFor();
  expect(await stored()).toMatchObject({ text: expect.stringContaining('两个窗口'), name: '小王' });
});

test('插图片时登录过期，登录后接着上传', async () => {
  await pictureButton({ page }).click();
  const form = page.locator('dialog.portal-block');
  await form.getByLabel('替代文字').fill('夜里观星');
  await form.getByLabel('授权').fill('本站截图');
  const buffer = await page.screenshot();
  const chooser = page.waitForEvent('filechooser');
  await form.getByRole('button', { name: '上传新的…' }).click();
  const files = await chooser;
  await page.context().clearCookies();
  await files.setFiles({ name: '观星.png', mimeType: 'image/png', buffer });
  await signIn(dialog(), 'xiaowang');
  await form.getByText('上传好了').waitFor();
  await form.getByRole('button', { name: '插入', exact: true }).click();
  await pressSave({ page });
  await page.getByText('都保存了').waitFor();
  const [, name = ''] = /(\/uploads\/guan-?xing[\w-]*\.webp)/.exec((await stored()).text) ?? [];
  expect((await fetch(office.url + name.slice(1))).headers.get('content-type')).toBe('image/webp');
});

test('后台自己的登录页能登录，密码错了会说', async () => {
  await page.context().clearCookies();
  await page.reload();
  const form = page.locator('main.portal-login');
  await signIn(form, 'xiaowang', '不是这个密码');
  await form.getByRole('alert').filter({ hasText: /密码/ }).waitFor();
  await form.getByLabel('密码', { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByText('都保存了').waitFor();
  await field({ page }, '标题').fill('登录以后');
  await save({ page });
  expect((await stored()).text).toContain('title: 登录以后');
});

test('重新打开后马上登录的，回答再慢也不会又退出', async () => {
  await page.context().clearCookies();
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/api/logout', async (route) => {
    const response = await route.fetch();
    await released;
    await route.fulfill({ response });
  });
  await page.reload();
  await signIn(page.locator('main.portal-login'), 'xiaowang');
  await page.getByText('都保存了').waitFor();
  release();
  // Whatever the page has asked is answered by then.
  await waitForIdle({ page });
  await field({ page }, '标题').fill('马上登录');
  await save({ page });
  expect((await stored()).text).toContain('title: 马上登录');
});
