import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Office, openNewsroom, PASSWORD } from '../support/newsroom.ts';
import { bodyText, closeWindows, newWindow, pressSave, writeOnPage } from './editor.ts';

/** A county that begins: from the first start with an empty folder to its first article, by the pages that it sees. */

let office: Office;
let page: Page;

beforeAll(async () => {
  office = await openNewsroom({ content: mkdtempSync(join(tmpdir(), 'empty-')), build: 'site' });
  ({ page } = await newWindow());
});
afterAll(async () => {
  await closeWindows();
  await office?.close();
});

const next = (name: string) => page.getByRole('button', { name, exact: true }).click();

test('从第一次启动到第一篇文章上线，每一步都在眼前的页面上', async () => {
  await page.goto(`${office.url}admin/login/`);
  await page.getByLabel('登录名').fill('wang');
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD);
  await next('登录');
  await writeOnPage({ page });
  await page.goto(`${office.url}admin/desk/overview/`);
  await page.getByRole('link', { name: /接着做|换成本县的/ }).click();
  await page.getByRole('link', { name: '县和单位' }).click();
  for (const [label, value] of [
    ['县名', '沐水县'],
    ['主办单位', '沐水县科学技术协会'],
    ['站名', '沐水科普'],
    ['简称', '沐水科普'],
    ['站点简介', '沐水县科协的科普门户：农时、健康、活动和大篷车。'],
  ])
    await page
      .getByLabel(label as string, { exact: false })
      .first()
      .fill(value as string);
  await page.getByLabel('都不留，从空白开始').check();
  await next('换成本县的网站');

  await page.getByRole('heading', { name: '印章、颜色、标语和菜单' }).waitFor();
  await page.getByLabel('印章').fill('沐水');
  await page.getByLabel('首页标语').fill('科学就在身边');
  await page.getByLabel('靛蓝').check();
  await next('保存');

  await page.getByRole('heading', { name: '乡镇街道' }).waitFor();
  await page.getByLabel(/全县的乡镇和街道/).fill('城关镇、青禾镇、桃河乡');
  await next('保存名单');

  await page.getByRole('heading', { name: '学校' }).waitFor();
  await page.getByLabel(/从 Excel/).fill('青禾镇中心小学\t青禾镇\t小学\n县第一中学\t城关镇\t初中、高中');
  await next('保存学校');

  await page.getByRole('heading', { name: '主题和页面' }).waitFor();
  await page.getByLabel(/还要加的/).fill('水产');
  await next('保存');

  await page.getByRole('heading', { name: '人手和审核' }).waitFor();
  await page.getByLabel(/1 个：不审核/).check();
  await next('照这样审核');

  await page.getByRole('heading', { name: '第一篇文章' }).waitFor();
  await page.getByRole('link', { name: '写第一篇' }).click();
  await page.getByLabel('标题', { exact: true }).fill('池塘冬天怎样增氧');
  await bodyText({ page }).click();
  await page.keyboard.type('水温<4℃ 时少开增氧机，先测溶氧。');
  await page.getByLabel('摘要', { exact: true }).fill('先测溶氧，再决定开不开机。');
  await page.getByLabel('主题', { exact: true }).click();
  await page.keyboard.type('水产');
  await page.getByRole('option', { name: '水产', exact: true }).click();
  await page.getByLabel('作者', { exact: true }).fill('沐水县科协');
  await pressSave({ page });
  await page.getByText('都保存了').waitFor();
  const review = page.getByRole('region', { name: '审核和发布' });
  await review.getByRole('button', { name: '发布', exact: true }).click();
  const doubts = page.getByRole('dialog', { name: '发布以前，请看看这几处' });
  await doubts.or(review.getByText('已发布')).first().waitFor();
  if (await doubts.isVisible()) await doubts.getByRole('button', { name: /照样发布/ }).click();
  await review.getByText('已发布').waitFor();
  await office.served.settled();
  await page.goto(office.url);
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('科学就在身边');
  await page
    .getByRole('link', { name: /池塘冬天怎样增氧/ })
    .first()
    .click();
  expect(await page.locator('main').textContent()).toContain('水温<4℃ 时少开增氧机，先测溶氧。');
}, 300_000);
