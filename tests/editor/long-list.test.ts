import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Office, openNewsroom } from '../support/newsroom.ts';
import { closeWindows, isChanged, openEditorAs, TIMEOUT_MS, waitForIdle, visit } from './editor.ts';

/** An office that has written for years. */

const COUNT = 650;
const content = mkdtempSync(join(tmpdir(), 'portal-long-list-'));
let office: Office;
let page: Page;

beforeAll(async () => {
  cpSync('tests/fixtures/county', content, { recursive: true });
  for (let i = 0; i < COUNT; i++) {
    const text = `---\ntitle: 第 ${i} 号通知\nkind: news\nsummary: 一句话。\npublished: 2026-11-01\n---\n\n${i === 0 ? '只在正文里的词。' : '正文。'}\n`;
    writeFileSync(join(content, `news/hao-${String(i).padStart(4, '0')}.mdx`), text);
  }
  office = await openNewsroom({ steps: [], content });
  ({ page } = await openEditorAs(office, office.administrator));
});
afterAll(async () => {
  await closeWindows();
  await office?.close();
  rmSync(content, { recursive: true, force: true });
});

const cards = () => page.locator('a[href^="#/collections/news/entries/"]');
const scrollDown = () => page.evaluate(() => scrollTo(0, document.body.scrollHeight));

test('卡片滚到了才画，一直到最后一张', async () => {
  await visit({ page }, '#/collections/news');
  await cards().first().waitFor();
  const all = (await office.administrator.call('GET', 'files?folder=content/news')).items as unknown[];
  expect(all.length).toBeGreaterThanOrEqual(COUNT);
  expect(await cards().count()).toBe(200);
  await page.getByText(`还有 ${all.length - 200} 条，往下滚就显示`).waitFor();
  await expect
    .poll(
      async () => {
        await scrollDown();
        return cards().count();
      },
      { timeout: TIMEOUT_MS },
    )
    .toBe(all.length);
  expect(await page.getByText('往下滚就显示').count()).toBe(0);
});

test('列表不带正文，打开的表单里有', async () => {
  const { items } = await office.administrator.call('GET', 'files?folder=content/news');
  expect(JSON.stringify(items)).toContain('第 0 号通知');
  expect(JSON.stringify(items)).not.toContain('只在正文里的词');
  await visit({ page }, '#/collections/news/entries/hao-0000');
  const body = page.locator('.portal-source textarea');
  await body.waitFor();
  expect(await body.inputValue()).toContain('只在正文里的词。');
});

test('列表比表单来得晚，表单也不算修改', async () => {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/api/files?*', async (route) => {
    await released;
    await route.continue();
  });
  await page.reload();
  const body = page.locator('.portal-source textarea');
  await expect.poll(() => body.inputValue()).toContain('只在正文里的词。');
  const listed = page.waitForResponse('**/api/files?*');
  release();
  await (await listed).finished();
  await page.unroute('**/api/files?*');
  await waitForIdle({ page });
  expect(await isChanged({ page })).toBe(false);
  // Typed and taken back, it is as it was.
  const before = await body.inputValue();
  await body.fill(`${before}又一句。`);
  await expect.poll(() => isChanged({ page })).toBe(true);
  await body.fill(before);
  await expect.poll(() => isChanged({ page })).toBe(false);
});
