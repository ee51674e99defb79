import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { types } from '../../src/types/index.ts';
import { type Office, openNewsroom } from '../support/newsroom.ts';
import {
  bodyBox,
  closeWindows,
  field,
  newEntry,
  openEntry,
  openPreview,
  openEditorAs,
  reviewOf,
  save,
  waitForIdle,
} from './editor.ts';

/** The preview is the page that visitors get after publishing. */

let office: Office;
let page: Page;

beforeAll(async () => {
  office = await openNewsroom({ steps: [], content: 'tests/fixtures/county', build: 'site' });
  ({ page } = await openEditorAs(office, office.administrator));
});
afterAll(async () => {
  await closeWindows();
  await office?.close();
});

const preview = () => page.frameLocator('#preview-pane');

/** What a reader sees of a page, without what its own address and scripts add. */
const readable = (html: string) =>
  page.evaluate((source) => {
    const { body } = new DOMParser().parseFromString(source, 'text/html');
    for (const script of body.querySelectorAll('script')) script.remove();
    return body.innerHTML.replace(/\s+/g, ' ').trim();
  }, html);

const drawn = async () => readable(await preview().locator('.portal-page').innerHTML());
/** Without the styles, which stand in the head of the live page. */
const withoutStyles = (html: string) => html.replace(/<style[\s\S]*?<\/style>\s*/g, '').trim();

test('边写边画的预览，与发布后的页面一字不差', async () => {
  await newEntry({ page }, 'articles');
  await openPreview({ page });
  await preview().getByRole('navigation', { name: '栏目' }).or(preview().locator('header')).first().waitFor();
  await field({ page }, '标题').fill('冬天的大棚');
  await preview().getByRole('heading', { level: 1, name: '冬天的大棚' }).waitFor();
  // Empty required fields have placeholders in brackets, so that even an empty form has a page.
  await preview().getByText('（摘要）').first().waitFor();
  await field({ page }, '摘要').fill('保温第一，透光第二。');
  await field({ page }, '作者').fill('县农技站');
  await field({ page }, '主题').click();
  await page.getByRole('option').filter({ visible: true }).first().click();
  await bodyBox({ page }).pressSequentially('夜里<8℃ 要盖草帘，{两层}更好。', { delay: 20 });
  await preview().getByText('夜里<8℃ 要盖草帘，{两层}更好。').waitFor();
  await save({ page });
  await expect.poll(async () => (await drawn()).includes('县农技站')).toBe(true);

  await reviewOf({ page }).getByRole('button', { name: '发布', exact: true }).click();
  const confirm = reviewOf({ page })
    .locator('.portal-ask')
    .getByRole('button', { name: '发布', exact: true });
  if (await confirm.isVisible()) await confirm.click();
  const link = page.getByRole('link', { name: '去看看' });
  await link.waitFor({ timeout: 120_000 });
  const live = await (await fetch(new URL((await link.getAttribute('href')) ?? '', office.url))).text();
  expect(withoutStyles(await drawn())).toBe(await readable(live));
});

test('每种内容什么都没填时也能预览', async () => {
  for (const { name, address, format } of types) {
    if (!address) continue;
    const text = format === 'mdx' ? '---\n---\n' : '{}\n';
    const answer = await office.administrator.call('POST', 'preview', { type: name, slug: 'new', text });
    expect(answer, name).toMatchObject({ status: 200, html: expect.stringContaining('<main') });
  }
});

test('打的字在预览里都是文字，不会运行', async () => {
  await openEntry({ page }, 'news', '2026-11-21-jiang-zuo');
  const program = '<img src=x onerror="top.ran = 1"><script>top.ran = 1</script>{top.ran = 1}';
  await field({ page }, '标题').fill(program);
  await bodyBox({ page }).fill(`${program}\n\n<iframe src="javascript:top.ran = 1"></iframe>\n`);
  await preview().getByRole('heading', { level: 1, name: program }).waitFor();
  await preview().locator('.prose').getByText('onerror').first().waitFor();
  await waitForIdle({ page });
  expect(await page.evaluate(() => (window as unknown as { ran?: number }).ran)).toBeUndefined();
  expect(await preview().locator('script, iframe, img[src="x"]').count()).toBe(0);
});

test('不成其为页面的、没登录的，没有预览', async () => {
  const ask = (body: object) => office.administrator.call('POST', 'preview', body);
  const text = '---\ntitle: 甲\n---\n';
  expect(await ask({ type: 'nothing', slug: 'a', text })).toEqual({ status: 200, isLater: false });
  expect(await ask({ type: 'articles', slug: '../../etc', text })).toMatchObject({ status: 400 });
  expect(await ask({ type: 'articles', slug: 'a', text: '---js\n1\n---\n' })).toEqual({
    status: 200,
    isLater: false,
  });
  expect(await office.visitor().call('POST', 'preview', { type: 'articles', slug: 'a', text })).toMatchObject(
    {
      status: 401,
    },
  );
  // Nothing of it has been saved.
  expect(await office.administrator.call('GET', 'file?path=content/articles/new.mdx')).toEqual({
    status: 200,
  });
});
