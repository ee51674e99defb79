import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Office, openNewsroom } from '../support/newsroom.ts';
import { closeWindows, field, isChanged, openEntry, openEditorAs, save, write } from './editor.ts';

/** Files that other programs wrote: a changed title changes its line, and not a byte elsewhere. */

const HEAD = [
  '---',
  '# 一条注释',
  "title: '甲乙'",
  'kind:   news',
  'summary: "一句话。"   ',
  '',
  'published: 2026-11-01',
  'pinned: false',
  '---',
];
const BODY = ['', '第一段，行末有两个空格  ', '换行。', '', '', '*  列表', '', '\t制表符', '', ''];
const plain = [...HEAD, ...BODY].join('\n');

const FILES: Record<string, string> = {
  'trailing-spaces': plain,
  'windows-lines': plain.replaceAll('\n', '\r\n'),
  'byte-order-mark': `\uFEFF${plain}`,
  'no-last-newline': plain.trimEnd(),
  'no-blank-line': [...HEAD, '正文紧跟着。', ''].join('\n'),
  'windows-byte-order-mark': `\uFEFF${plain}`.replaceAll('\n', '\r\n'),
  'windows-no-body': HEAD.join('\r\n'),
};

let content: string;
let office: Office;
let page: Page;

beforeAll(async () => {
  content = mkdtempSync(join(tmpdir(), 'exact-'));
  cpSync('tests/fixtures/county', content, { recursive: true });
  for (const [slug, text] of Object.entries(FILES)) writeFileSync(join(content, `news/${slug}.mdx`), text);
  office = await openNewsroom({ steps: [], content });
  ({ page } = await openEditorAs(office, office.administrator));
});
afterAll(async () => {
  await closeWindows();
  await office?.close();
  rmSync(content, { recursive: true, force: true });
});

test.each(Object.keys(FILES))('%s：打开不算修改，改了标题只变那一行', async (slug) => {
  const before = FILES[slug] as string;
  expect(readFileSync(join(office.data, `content/news/${slug}.mdx`), 'utf8')).toBe(before);
  await openEntry({ page }, 'news', slug);
  await expect.poll(() => field({ page }, '标题').inputValue()).toBe('甲乙');
  expect(await isChanged({ page })).toBe(false);
  await write(field({ page }, '标题'), '新标题');
  await save({ page });
  const after = String((await office.administrator.call('GET', `file?path=content/news/${slug}.mdx`)).text);
  expect(after).toBe(before.replace("title: '甲乙'", "title: '新标题'"));
  // What may be looked at before publishing is said above the form.
  const dismiss = page.locator('dialog.portal-problems').getByRole('button', { name: '知道了' });
  if (await dismiss.isVisible()) await dismiss.click();
});
