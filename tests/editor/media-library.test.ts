import { cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ownWords, englishOn } from './english.ts';
import { MEDIA_PAGE_SIZE } from '../../cms/server/services/media-list.ts';
import { type Office, openNewsroom } from '../support/newsroom.ts';
import { closeWindows, openEntry, openEditorAs } from './editor.ts';

/** The media library of an office that has uploaded many more pictures than fit on a page. */

/** More files than a few pages hold. */
const COUNT = 8 * MEDIA_PAGE_SIZE;
const content = mkdtempSync(join(tmpdir(), 'media-library-'));

let office: Office;
let page: Page;
/** URLs of lists and pictures that the browser requested. */
let asked: string[] = [];
const own = new Set([
  ...ownWords('tests/fixtures/county'),
  ...'zhao pian qing zhu jiao shou svg zip'.split(' '),
]);

beforeAll(async () => {
  cpSync('tests/fixtures/county', content, { recursive: true });
  mkdirSync(join(content, 'uploads'), { recursive: true });
  for (let number = 0; number < COUNT; number++) {
    const file = join(content, 'uploads', `zhao-pian-${number}.svg`);
    writeFileSync(
      file,
      `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><!-- ${number} --></svg>`,
    );
    utimesSync(file, number, number);
  }
  writeFileSync(
    join(content, 'uploads', 'qing-zhu-jiao-m1.svg'),
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
  );
  writeFileSync(join(content, 'uploads', 'qing-zhu-shou-ce.zip'), '');
  utimesSync(join(content, 'uploads', 'qing-zhu-jiao-m1.svg'), 1, 1);
  office = await openNewsroom({ steps: [], content });
  ({ page } = await openEditorAs(office, office.administrator));
  page.on('request', (request) => asked.push(request.url()));
});
afterAll(async () => {
  await closeWindows();
  await office?.close();
  rmSync(content, { recursive: true, force: true });
});
beforeEach(() => {
  asked = [];
});

const library = () => page.getByRole('dialog');
const cards = () => library().locator('img');

async function openLibrary(): Promise<void> {
  await page.getByRole('button', { name: '媒体', exact: true }).click();
  await cards().first().waitFor();
}

test('媒体库先显示一页，往下滚再取下一页', async () => {
  await openLibrary();
  await expect.poll(() => cards().count()).toBe(MEDIA_PAGE_SIZE);
  await library().locator('img').last().scrollIntoViewIfNeeded();
  await expect.poll(() => cards().count()).toBeGreaterThan(MEDIA_PAGE_SIZE);
  expect(await cards().count()).toBeLessThanOrEqual(3 * MEDIA_PAGE_SIZE);
  expect(asked.filter((url) => url.includes('.svg')).length).toBeLessThanOrEqual(3 * MEDIA_PAGE_SIZE);
  expect(await englishOn(page, own)).toEqual([]);
  await page.keyboard.press('Escape');
  await library().waitFor({ state: 'detached' });
});

test('打汉字能找到最后一页上的文件；再打开，又是全部', async () => {
  await openLibrary();
  await library().getByRole('textbox').fill('青贮');
  await expect.poll(() => library().innerText()).toContain('qing-zhu-shou-ce.zip');
  expect(await library().innerText()).toContain('qing-zhu-jiao-m1.svg');
  expect(await library().innerText()).not.toContain('zhao-pian');
  await library().getByRole('textbox').fill('没有这样的文件');
  await library().getByText('没有找到').waitFor();
  await page.keyboard.press('Escape');
  await openLibrary();
  await expect.poll(() => cards().count()).toBe(MEDIA_PAGE_SIZE);
  await page.keyboard.press('Escape');
  await library().waitFor({ state: 'detached' });
});

test('打开一条内容不列出上传的文件', async () => {
  await openEntry({ page }, 'articles', 'mai-zi');
  expect(asked.filter((url) => url.includes('/api/media'))).toEqual([]);
});
