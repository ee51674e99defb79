import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { types } from '../../src/types/index.ts';
import { axeViolations, injectAxe } from '../support/axe.ts';
import { waitForForm } from '../support/form-groups.ts';
import { type Office, openNewsroom } from '../support/newsroom.ts';
import {
  closeWindows,
  discardUnsaved,
  field,
  newEntry,
  newWindow,
  openEntry,
  openPreview,
  save,
  slugsIn,
  start,
  unsavedOffer,
  visit,
  waitForIdle,
} from './editor.ts';

/** The page that an entry is written on, on the screens that editors have, and every screen of the editor by axe. */

let office: Office;
let page: Page;

beforeAll(async () => {
  office = await openNewsroom({ steps: [], content: 'tests/fixtures/county' });
  const window = await newWindow(office.administrator);
  ({ page } = window);
  await injectAxe(window.context);
  await page.setViewportSize({ width: 1366, height: 768 });
  await start({ page }, office);
});
afterAll(async () => {
  await closeWindows();
  await office?.close();
});

afterEach(async () => {
  await page.setViewportSize({ width: 1366, height: 768 });
  const understood = page.locator('dialog[open]').getByRole('button', { name: '知道了' });
  if (await understood.isVisible()) await understood.click();
});

/** A new form; what an earlier test has typed and not saved is not wanted. */
async function fresh(type: string): Promise<void> {
  await newEntry({ page }, type);
  await waitForIdle({ page });
  if (await unsavedOffer({ page }).isVisible()) await discardUnsaved({ page });
}

const place = (name: string) => page.locator(`[data-field="${name}"]`);
const missing = () => page.locator('.portal-missing');
const isInSight = async (name: string, height: number) => {
  const box = await place(name).boundingBox();
  return box !== null && box.y >= 0 && box.y < height - 100;
};

test('新建文章：标题、正文一打开就在眼前，别的在旁边', async () => {
  await fresh('articles');
  expect(await isInSight('title', 768)).toBe(true);
  expect(await isInSight('body', 768)).toBe(true);
  expect((await place('body').boundingBox())?.y).toBeLessThan(300);
  const before = await page.evaluate(() => {
    const all = [...document.querySelectorAll('[data-field]')].map(
      (one) => (one as HTMLElement).dataset.field,
    );
    return all.slice(0, all.indexOf('body'));
  });
  expect(before).toEqual(['title']);
  // Nothing but the page to write on lies in that column.
  const [main, side] = await Promise.all([place('body').boundingBox(), place('summary').boundingBox()]);
  expect(side?.x).toBeGreaterThan((main?.x ?? 0) + (main?.width ?? 0));
});

test('还差几项边填边数，点一项就到那里', async () => {
  await fresh('articles');
  expect(await missing().innerText()).toBe('发布前要填 4 项');
  await field({ page }, '标题').fill('冬天的大棚');
  await expect.poll(() => missing().innerText()).toBe('发布前要填 3 项');
  await page.locator('.portal-unmet').getByRole('button', { name: '作者' }).click();
  const focused = () =>
    page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-field]')?.dataset.field);
  await expect.poll(focused).toBe('author');
  await page.keyboard.type('县农技站');
  await expect.poll(() => missing().innerText()).toBe('发布前要填 2 项');
});

test('换一种就只见那一种的字段，写过的不丢', async () => {
  await fresh('articles');
  const choose = async (kind: string) => {
    await field({ page }, '种类').click();
    await page.getByRole('option', { name: kind, exact: true }).click();
  };
  expect(await place('claim').isVisible()).toBe(false);
  expect(await place('materials').isVisible()).toBe(false);
  await choose('辟谣');
  await place('claim').locator('input').fill('吃蒜能防病毒');
  expect(await missing().innerText()).toBe('发布前要填 6 项');
  expect(await place('minutes').isVisible()).toBe(false);
  await choose('动手做');
  await expect.poll(() => place('claim').isVisible()).toBe(false);
  expect(await place('minutes').isVisible()).toBe(true);
  await field({ page }, '标题').fill('蒜和病毒');
  await save({ page });
  const slug = (await page.evaluate(() => location.hash)).split('/').at(-1) ?? '';
  expect(office.served.newsroom.read(`content/articles/${slug}.mdx`)?.text).toContain('claim: 吃蒜能防病毒');
});

test('折起的组记得住；折着的字段有错，保存时自己打开', async () => {
  const { page: own, context } = await newWindow(office.administrator);
  await own.setViewportSize({ width: 1366, height: 768 });
  await context.addInitScript(() => {
    if (location.protocol.startsWith('http') && !sessionStorage.begun) {
      localStorage.setItem('portal.open-groups', '[]');
      sessionStorage.begun = '1';
    }
  });
  await own.goto(`${office.url}admin/#/collections/events/new`);
  await waitForForm(own);
  const group = own.getByRole('button', { name: /^开放和参加/ });
  expect(await group.getAttribute('aria-expanded')).toBe('false');
  expect(await own.getByLabel('怎样参加 (可不填)').isVisible()).toBe(false);
  await group.focus();
  await own.keyboard.press('Enter');
  await own.getByLabel('怎样参加 (可不填)').fill('长'.repeat(301));
  await group.click();
  await own.getByLabel('标题', { exact: true }).fill('讲座');
  await own.getByRole('button', { name: '保存', exact: true }).click();
  await own.getByRole('menuitem', { name: '保存', exact: true }).click();
  await expect.poll(() => own.getByLabel('怎样参加 (可不填)').isVisible()).toBe(true);
  await context.close();
});

test('手机上：标题、正文在前，按钮带到别的，没有横着滚的', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const { name } of types) {
    await fresh(name);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBeLessThanOrEqual(390);
  }
  await fresh('articles');
  expect(await isInSight('title', 844)).toBe(true);
  expect(await isInSight('body', 844)).toBe(true);
  await page.getByRole('button', { name: '审核和发布', exact: true }).click();
  await expect.poll(() => isInSight('_review', 844)).toBe(true);
});

test('手机上没保存成的话不盖住「保存」', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await fresh('news');
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await page.getByRole('menuitem', { name: '保存', exact: true }).click();
  const told = page.locator('.Toastify__toast').first();
  await told.waitFor();
  const box = await told.boundingBox();
  const button = await page.getByRole('button', { name: '保存', exact: true }).boundingBox();
  expect(box?.y).toBeGreaterThan((button?.y ?? 0) + (button?.height ?? 0));
  await told.click();
});

/** Lists, forms, menus and dialogs, each as the function that shows it. */
const SCREENS: [string, () => Promise<unknown>][] = [
  [
    '列表',
    () =>
      visit({ page }, '#/collections/articles').then(() =>
        page.locator('a[href*="/entries/"]').first().waitFor(),
      ),
  ],
  ['筛选', () => page.getByRole('button', { name: '筛选' }).click()],
  ...types.map(({ name, label }): [string, () => Promise<unknown>] => [`新建${label}`, () => fresh(name)]),
  [
    '条目和预览',
    async () => {
      const [slug = ''] = slugsIn(join(office.data, 'content/events'));
      await openEntry({ page }, 'events', slug);
      await openPreview({ page });
    },
  ],
  [
    '历史',
    async () => {
      await page.getByRole('button', { name: '历史' }).click();
      await page.locator('dialog[open]').waitFor();
    },
  ],
  [
    '没保存成',
    async () => {
      await fresh('news');
      await page.getByRole('button', { name: '保存', exact: true }).click();
      await page.getByRole('menuitem', { name: '保存', exact: true }).click();
      await page.locator('.Toastify__toast').first().waitFor();
    },
  ],
  ['站点设置', () => openEntry({ page }, 'data', 'settings')],
  [
    '名录',
    async () => {
      await openEntry({ page }, 'data', 'townships');
      await page.getByRole('button', { name: '展开这一项' }).first().click();
    },
  ],
  [
    '媒体库',
    async () => {
      await visit({ page }, '#/collections/news');
      await page.getByRole('button', { name: '媒体' }).click();
      await page.getByRole('dialog', { name: '图片和附件' }).waitFor();
    },
  ],
];

/** Drawn over the page for a moment, outside of every landmark. */
const PASSING = /^region: (?:canvas|\.Toastify)/;

test('后台每一屏：对比度、名称、结构，无障碍检查没有问题', async () => {
  await start({ page }, office);
  for (const [name, show] of SCREENS) {
    await show();
    const found = (await axeViolations(page, 'normal')).filter((line) => !PASSING.test(line));
    expect(found, name).toEqual([]);
    if (await page.locator('dialog[open]').isVisible()) await page.keyboard.press('Escape');
  }
}, 240_000);

test('一开始就是这个县的名称和颜色，不等脚本', async () => {
  const html = await (await office.administrator.fetch('admin/')).text();
  const { site } = (await office.administrator.call('GET', 'session')) as unknown as {
    site: { name: string };
  };
  expect(html).toContain(`<title>编辑后台 · ${site.name}</title>`);
  expect(html).toMatch(new RegExp(`data-site-name>${site.name}`));
  expect(html).toMatch(/--theme:#[0-9a-f]{6}/);
});
