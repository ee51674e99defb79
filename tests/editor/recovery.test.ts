import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type KillableBrowser, launchProfile } from '../support/browser.ts';
import { type Office, openNewsroom, PASSWORD, type Visitor } from '../support/newsroom.ts';
import { bodyBox, field, newEntry, openEntry, PATIENCE_MS, pressSave, save, visit } from './editor.ts';
import type { Page } from 'playwright-core';

/** The power goes while somebody types: the browser is killed, started again on the same profile, and asks. */

let office: Office;
let author: Visitor;
let folder: string;
let browser: KillableBrowser;
let page: Page;
/** What the browser asked, and what is answered from now on. */
let asked: string[] = [];
let answer = true;

const PATH = 'content/news/summer-night.mdx';
const entry = (title: string, body = '正文。') =>
  `---\ntitle: ${title}\nkind: news\nsummary: 一句话。\npublished: 2026-11-01\n---\n\n${body}\n`;
const WORDS = '第一段，有“引号”、emoji 🌾、{花括号} 和 <30℃。\n\n　　第二段缩进两格。\n\n- 一\n- 二';

beforeAll(async () => {
  office = await openNewsroom({ steps: ['final'], content: 'tests/fixtures/county' });
  author = await office.member('xiaowang', 'author', '小王');
});
afterAll(() => office?.close());
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'profile-'));
  asked = [];
  answer = true;
  await start();
});
afterEach(async () => {
  await browser?.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the browser; its session ended with it, so that somebody signs in again. */
async function start(): Promise<void> {
  browser = await launchProfile(folder);
  page = await browser.context.newPage();
  await page.setViewportSize({ width: 1360, height: 900 });
  page.setDefaultTimeout(PATIENCE_MS);
  page.on('dialog', (dialog) => {
    asked.push(dialog.message());
    void (answer ? dialog.accept() : dialog.dismiss()).catch(() => {});
  });
  await page.goto(`${office.url}admin/`);
  const login = page.getByLabel('登录名');
  await login
    .or(page.getByRole('link', { name: '内容', exact: true }))
    .first()
    .waitFor();
  if (await login.isVisible()) {
    await login.fill('xiaowang');
    await page.getByLabel('密码', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: '登录' }).click();
  }
  await page.getByRole('link', { name: '内容', exact: true }).waitFor();
}

/** The backup is written two seconds after the last key. */
const untilKept = () => page.waitForTimeout(3500);

async function crash(): Promise<void> {
  await untilKept();
  await browser.kill();
  await start();
}

const stored = async (path = PATH) =>
  (await author.call('GET', `file?path=${path}`)) as { text?: string; version?: string };

test('a new entry that was never saved comes back with every character', async () => {
  await newEntry({ page }, 'news');
  await field({ page }, '标题').fill('观星夜改期');
  await field({ page }, '摘要').fill('改到周六。');
  await field({ page }, '网址名 (可不填)').fill('guanxing-gaiqi');
  await bodyBox({ page }).fill(WORDS);
  await crash();
  await newEntry({ page }, 'news');
  await expect.poll(() => asked).toEqual([expect.stringContaining('没保存完的内容')]);
  await expect.poll(() => field({ page }, '标题').inputValue()).toBe('观星夜改期');
  expect(await field({ page }, '摘要').inputValue()).toBe('改到周六。');
  expect(await bodyBox({ page }).inputValue()).toBe(WORDS);
  expect(await field({ page }, '网址名 (可不填)').inputValue()).toBe('guanxing-gaiqi');
  await save({ page });
  expect((await stored('content/news/guanxing-gaiqi.mdx')).text).toContain('　　第二段缩进两格。');
  // What is saved is not offered again.
  asked = [];
  await newEntry({ page }, 'news');
  await page.waitForTimeout(1500);
  expect(asked).toEqual([]);
});

test('an existing entry comes back with every character, on the text that it was written on', async () => {
  await author.call('PUT', 'file', { path: PATH, text: entry('夏夜'), version: null });
  await openEntry({ page }, 'news', 'summer-night');
  await field({ page }, '标题').fill('夏夜观星');
  await bodyBox({ page }).fill(WORDS);
  await crash();
  await openEntryAsked();
  await expect.poll(() => field({ page }, '标题').inputValue()).toBe('夏夜观星');
  expect(await bodyBox({ page }).inputValue()).toBe(WORDS);
  await save({ page });
  const { text = '' } = await stored();
  expect(text).toBe(entry('夏夜观星', WORDS));
});

test('whoever says no is not asked again, and has the saved text', async () => {
  const before = (await stored()).text ?? '';
  await openEntry({ page }, 'news', 'summer-night');
  await field({ page }, '标题').fill('不要的标题');
  await crash();
  answer = false;
  await openEntryAsked();
  const title = /^title: (.*)$/m.exec(before)?.[1] ?? '';
  expect(await field({ page }, '标题').inputValue()).toBe(title);
  asked = [];
  await visit({ page }, '#/collections/news');
  await openEntry({ page }, 'news', 'summer-night');
  await page.waitForTimeout(1500);
  expect(asked).toEqual([]);
  expect((await stored()).text).toBe(before);
});

test('what was left is not put over what a colleague saved since', async () => {
  const reviewer = await office.member('laoli', 'reviewer', '老李');
  await openEntry({ page }, 'news', 'summer-night');
  await field({ page }, '标题').fill('停电前的标题');
  await untilKept();
  await browser.kill();
  const { text = '', version } = await stored();
  const theirs = text.replace(/^summary: .*$/m, 'summary: 老李写的摘要。');
  expect(await reviewer.call('PUT', 'file', { path: PATH, text: theirs, version })).toMatchObject({
    status: 200,
  });
  await start();
  await openEntryAsked();
  await expect.poll(() => field({ page }, '标题').inputValue()).toBe('停电前的标题');
  await pressSave({ page });
  const dialog = page.locator('dialog.portal-conflict');
  await dialog.waitFor();
  expect(await dialog.textContent()).toMatch(/「老李」改过/);
  expect((await stored()).text).toBe(theirs);
  await dialog.locator('.portal-pair', { hasText: '老李写的摘要' }).getByRole('checkbox').check();
  await dialog.getByRole('button', { name: /^保留我的/ }).click();
  await save({ page });
  expect((await stored()).text).toMatch(/title: 停电前的标题\n[\s\S]*summary: 老李写的摘要。/);
});

/** Opens the entry and waits for the question. */
async function openEntryAsked(): Promise<void> {
  await visit({ page }, '#/collections/news');
  await page.locator('a[href="#/collections/news/entries/summer-night"]').first().waitFor();
  await visit({ page }, '#/collections/news/entries/summer-night');
  await expect.poll(() => asked).toEqual([expect.stringContaining('没保存完的内容')]);
  await page.locator('label').first().waitFor();
}
