import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type KillableBrowser, launchProfile } from '../support/browser.ts';
import { unfoldGroups } from '../support/form-groups.ts';
import { type Office, openNewsroom, PASSWORD, type Visitor } from '../support/newsroom.ts';
import {
  bodyBox,
  field,
  newEntry,
  openAsSource,
  openEntry,
  TIMEOUT_MS,
  save,
  unsavedOffer,
  waitForIdle,
  visit,
} from './editor.ts';
import type { Page } from 'playwright-core';

/** After a power failure or a crash of the tab the editor offers what was typed. */

let office: Office;
let author: Visitor;
let folder: string;
let browser: KillableBrowser;
let page: Page;
const PATH = 'content/news/summer-night.mdx';
const entry = (title: string, body = '正文。') =>
  `---\ntitle: ${title}\nkind: news\nsummary: 一句话。\npublished: 2026-11-01\n---\n\n${body}\n`;
const WORDS = '第一段，有“引号”、emoji 🌾、{花括号} 和 <30℃。\n\n　　第二段缩进两格。\n\n- 一\n- 二';

beforeAll(async () => {
  office = await openNewsroom({ steps: ['final'], content: 'tests/fixtures/county' });
  author = await office.member('xiaowang', 'author', '小王');
  await author.call('PUT', 'file', { path: PATH, text: entry('夏夜'), version: null });
  folder = mkdtempSync(join(tmpdir(), 'profile-'));
  await startBrowser();
});
afterAll(async () => {
  await browser?.kill();
  await office?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the browser and signs in: the session ended with the last browser. */
async function startBrowser(): Promise<void> {
  browser = await launchProfile(folder);
  await openAsSource(browser.context);
  await unfoldGroups(browser.context);
  page = await openTab();
}

async function openTab(): Promise<Page> {
  const tab = await browser.context.newPage();
  await tab.setViewportSize({ width: 1360, height: 900 });
  tab.setDefaultTimeout(TIMEOUT_MS);
  tab.on('dialog', (dialog) => void dialog.accept().catch(() => {}));
  await tab.goto(`${office.url}admin/`);
  const login = tab.getByLabel('登录名');
  const inside = tab.getByRole('link', { name: '内容', exact: true });
  await login.or(inside).first().waitFor();
  if (await login.isVisible()) {
    await login.fill('xiaowang');
    await tab.getByLabel('密码', { exact: true }).fill(PASSWORD);
    await tab.getByRole('button', { name: '登录' }).click();
  }
  await inside.waitFor();
  return tab;
}

/** The browser's backups of unsaved forms. */
const backups = (): Promise<string> =>
  page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('localforage');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const database = opening.result;
          const all = database.transaction('keyvaluepairs').objectStore('keyvaluepairs').getAll();
          all.onsuccess = () => {
            database.close();
            resolve(JSON.stringify(all.result));
          };
        };
      }),
  );

/** Waits until words that were typed are kept: that is some two seconds after the last key. */
const untilKept = (words: string) => expect.poll(backups).toContain(words);

/** Closes the tab without confirmation, as a crash does, and opens another one. */
async function loseTab(): Promise<void> {
  await page.close();
  page = await openTab();
}

const stored = async (path = PATH) =>
  (await author.call('GET', `file?path=${path}`)) as { text?: string; version?: string };

test('停电时没存过的新稿和改到一半的旧稿，重开以后一个字也不少', async () => {
  await newEntry({ page }, 'news');
  await field({ page }, '标题').fill('观星夜改期');
  await field({ page }, '摘要').fill('改到周六。');
  await field({ page }, '网址名 (可不填)').fill('guanxing-gaiqi');
  await bodyBox({ page }).fill(WORDS);
  const other = await openTab();
  await openEntry({ page: other }, 'news', 'summer-night');
  await field({ page: other }, '标题').fill('夏夜观星');
  await bodyBox({ page: other }).fill(WORDS);
  await untilKept('观星夜改期');
  await untilKept('夏夜观星');
  await browser.kill();
  await startBrowser();

  await newEntry({ page }, 'news');
  await answerOffer('接着写');
  await expect.poll(() => field({ page }, '标题').inputValue()).toBe('观星夜改期');
  expect(await field({ page }, '摘要').inputValue()).toBe('改到周六。');
  expect(await bodyBox({ page }).inputValue()).toBe(WORDS);
  expect(await field({ page }, '网址名 (可不填)').inputValue()).toBe('guanxing-gaiqi');
  await save({ page });
  expect((await stored('content/news/guanxing-gaiqi.mdx')).text).toContain('　　第二段缩进两格。');

  await openEntryAsked('接着写');
  await expect.poll(() => field({ page }, '标题').inputValue()).toBe('夏夜观星');
  expect(await bodyBox({ page }).inputValue()).toBe(WORDS);
  await save({ page });
  expect((await stored()).text).toBe(entry('夏夜观星', WORDS));

  // What is saved is not offered again.
  await newEntry({ page }, 'news');
  await waitForIdle({ page });
  expect(await unsavedOffer({ page }).count()).toBe(0);
  await expect.poll(backups).not.toContain('观星');
});

test('说不要的，不再问，表单里是存过的内容', async () => {
  const before = (await stored()).text ?? '';
  await openEntry({ page }, 'news', 'summer-night');
  await field({ page }, '标题').fill('不要的标题');
  await untilKept('不要的标题');
  await loseTab();
  await openEntryAsked('丢弃');
  await unsavedOffer({ page }).waitFor({ state: 'detached' });
  const title = /^title: (.*)$/m.exec(before)?.[1] ?? '';
  expect(await field({ page }, '标题').inputValue()).toBe(title);
  await visit({ page }, '#/collections/news');
  await openEntry({ page }, 'news', 'summer-night');
  expect(await unsavedOffer({ page }).count()).toBe(0);
  expect(await backups()).not.toContain('不要的标题');
  expect((await stored()).text).toBe(before);
});

test('接着写的稿子，不会盖掉同事这期间的修改', async () => {
  const reviewer = await office.member('laoli', 'reviewer', '老李');
  await openEntry({ page }, 'news', 'summer-night');
  await field({ page }, '标题').fill('停电前的标题');
  await untilKept('停电前的标题');
  const { text = '', version } = await stored();
  const theirs = text.replace(/^summary: .*$/m, 'summary: 老李写的摘要。');
  expect(await reviewer.call('PUT', 'file', { path: PATH, text: theirs, version })).toMatchObject({
    status: 200,
  });
  await loseTab();
  await openEntryAsked('接着写');
  const dialog = page.locator('dialog.portal-conflict');
  await dialog.waitFor();
  expect(await dialog.textContent()).toMatch(/「老李」改过/);
  expect((await stored()).text).toBe(theirs);
  await dialog.locator('.portal-pair', { hasText: '老李写的摘要' }).getByRole('checkbox').check();
  await dialog.getByRole('button', { name: /^保留我的/ }).click();
  await save({ page });
  expect((await stored()).text).toMatch(/title: 停电前的标题\n[\s\S]*summary: 老李写的摘要。/);
});

const answerOffer = (label: string) =>
  unsavedOffer({ page }).getByRole('button', { name: label }).first().click();

/** Opens the entry and answers the question. */
async function openEntryAsked(label: string): Promise<void> {
  await visit({ page }, '#/collections/news');
  await page.locator('a[href="#/collections/news/entries/summer-night"]').first().waitFor();
  await visit({ page }, '#/collections/news/entries/summer-night');
  await page.locator('label').first().waitFor();
  await answerOffer(label);
}
