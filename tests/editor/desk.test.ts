import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ownWords, englishOn } from './english.ts';
import { type Office, openNewsroom } from '../support/newsroom.ts';
import { closeWindows, openEditorAs } from './editor.ts';
import { axeViolations } from '../support/axe.ts';

/** Every page of the desk on a phone: in Chinese, nothing to scroll sideways for, nothing that axe objects to. */

const PATH = 'content/news/shan-diao-de.mdx';
const TEXT = '---\ntitle: 删掉的通知\nkind: news\nsummary: 一句话。\npublished: 2026-11-01\n---\n\n正文。\n';

let office: Office;
let page: Page;
/** Names of files and programs, which have no Chinese. */
const NAMES =
  'SMTP Webhook smtp robot example shen gao wang content news mdx shan diao Git SSH docs operate gitee com TOTP Excel WPS xlsx csv CSV';
const own = new Set([...ownWords('tests/fixtures/county'), ...NAMES.split(' ')]);

beforeAll(async () => {
  office = await openNewsroom({ steps: [], content: 'tests/fixtures/county' });
  const { administrator } = office;
  const { version } = await administrator.call('PUT', 'file', { path: PATH, text: TEXT, version: null });
  await administrator.call('POST', 'review', { path: PATH, version, action: 'publish' });
  await administrator.call('DELETE', `file?path=${PATH}`);
  const draft = 'content/news/shen-gao.mdx';
  await administrator.call('PUT', 'file', { path: draft, text: TEXT.replace('删掉', '要审'), version: null });
  const about = { field: 'body', paragraph: '正文。', quote: '' };
  for (const text of ['写明时间', '写明地点'])
    await administrator.call('POST', 'comments', {
      path: draft,
      request: { do: 'add', anchor: about, text },
    });
  await office.served.settled();
  ({ page } = await openEditorAs(office, administrator));
  await page.setViewportSize({ width: 390, height: 844 });
});
afterAll(async () => {
  await closeWindows();
  await office?.close();
});

test.each([
  'overview',
  'review/news/shen-gao',
  'settings/notices',
  'account/notices',
  'tasks',
  'tasks/event',
  'tasks/stop',
  'tasks/change',
  'tasks/reschedule/events/2026-12-05-yi-zhen',
  'tasks/cancel/events/2026-12-05-yi-zhen',
  'entries',
  'results',
  'results/events/2026-11-20-jiang-zuo',
  'results/sheet',
  'schedule',
  'fairness',
  'requests',
  'deleted',
  'releases',
  'audit',
  'people',
  'settings',
  'account',
])('工作台 %s：手机上是中文，不用横着滚，无障碍检查没有问题', async (part) => {
  await page.goto(`${office.url}admin/desk/${part}/`);
  expect(await page.locator('h1').count()).toBe(1);
  if (process.env.SHOTS)
    await page.screenshot({ path: `${process.env.SHOTS}/${part.replaceAll('/', '-')}.png`, fullPage: true });
  expect(await englishOn(page, own)).toEqual([]);
  expect(await axeViolations(page, 'normal')).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});

test('手机上能读回收站里的内容，也能恢复', async () => {
  await page.goto(`${office.url}admin/desk/deleted/`);
  await page.getByRole('link', { name: '删掉的通知' }).click();
  await page.getByText('正文。').waitFor();
  expect(await englishOn(page, new Set([...own, 'title', 'kind', 'summary', 'published']))).toEqual([]);
  await page.getByRole('button', { name: '恢复成草稿' }).click();
  await page.getByText('草稿写稿：王主任').waitFor();
  expect(await office.administrator.call('GET', `file?path=${PATH}`)).toMatchObject({ text: TEXT });
});
