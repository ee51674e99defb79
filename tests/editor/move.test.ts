import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ownWords, englishOn } from './english.ts';
import { axeViolations } from '../support/axe.ts';
import { type Office, openNewsroom, type Visitor } from '../support/newsroom.ts';
import { closeWindows, newWindow } from './editor.ts';

/** The address of a published entry is changed in the editor, and the former one is kept. */

let office: Office;

beforeAll(async () => {
  office = await openNewsroom({ steps: [], content: 'tests/fixtures/county' });
});
afterAll(async () => {
  await closeWindows();
  await office?.close();
});

/** Opens an entry in the editor as a visitor. */
async function open(visitor: Visitor, entry: string, width = 1360): Promise<Page> {
  const { page } = await newWindow(visitor);
  await page.setViewportSize({ width, height: 900 });
  await page.goto(`${office.url}admin/#/collections/${entry.replace('/', '/entries/')}`);
  await page.getByRole('region', { name: '审核和发布' }).getByRole('button', { name: '历史' }).waitFor();
  return page;
}

test('作者看得到已发布内容的网址和它不变的原因，改不了', async () => {
  const page = await open(await office.member('xiaowang', 'author', '小王'), 'articles/gai-pian');
  await page.getByText('已经发布，网址不再随标题变').waitFor();
  await page.getByText('由「发布」以上的人').waitFor();
  expect(await page.getByText('/articles/gai-pian/', { exact: true }).isVisible()).toBe(true);
  expect(await page.getByRole('button', { name: '更改地址' }).count()).toBe(0);
  await page.context().close();
});

test('发布人在窄屏幕上更改地址：先说会怎样，占用的不给，旧地址记进名录', async () => {
  const slugs = ['xiaomai', 'bozhong', 'yumi', 'qingzhu'];
  const own = new Set([...ownWords(join(office.data, 'content')), ...slugs]);
  const page = await open(await office.member('zhangjie', 'publisher', '张姐'), 'articles/mai-zi', 390);
  await page.getByRole('button', { name: '更改地址' }).click();
  const dialog = page.getByRole('dialog');
  const field = dialog.getByLabel('新的网址名');
  expect(await field.inputValue()).toBe('maizi-shenmeshihou-zhong');
  await field.fill('麦子');
  await dialog.getByRole('button', { name: '下一步' }).click();
  await dialog.getByText('网址名只能用小写字母').waitFor();
  await field.fill('gai-pian');
  await field.press('Enter');
  await dialog.getByText('「/articles/gai-pian/」已经有别的页面').waitFor();
  expect(await englishOn(page, own)).toEqual([]);
  await field.fill('xiaomai-bozhong');
  await field.press('Enter');

  const confirm = page.getByRole('dialog', { name: '从 /articles/mai-zi/ 改为 /articles/xiaomai-bozhong/' });
  await confirm.getByText('会自动转到新地址').waitFor();
  await confirm.getByText('1 处引用和链接跟着改：「展品套组」').waitFor();
  expect(await englishOn(page, own)).toEqual([]);
  const faults = await axeViolations(page, 'normal');
  expect(faults.filter((fault) => fault.includes('portal-'))).toEqual([]);
  await confirm.getByRole('button', { name: '更改地址' }).click();
  await page.getByRole('dialog', { name: '地址已经更改' }).getByRole('button', { name: '好' }).click();
  await page.waitForURL(/entries\/xiaomai-bozhong$/);
  await page.getByText('/articles/xiaomai-bozhong/', { exact: true }).waitFor();
  await page.getByRole('button', { name: '历史' }).click();
  await page.getByRole('dialog', { name: '修改历史' }).getByText('初始内容').waitFor();
  await page.context().close();

  // `tests/site/redirects.test.ts` tests the redirects from former addresses.
  const { text } = await office.administrator.call('GET', 'file?path=content/data/redirects.yaml');
  expect(parse(String(text)).items).toEqual(
    expect.arrayContaining([
      { id: '/articles/mai-zi/', to: '/articles/xiaomai-bozhong/' },
      { id: '/articles/mai-zi-jiu/', to: '/articles/xiaomai-bozhong/' },
    ]),
  );
  const audit = await office.administrator.fetch('admin/desk/audit/');
  expect(await audit.text()).toContain('更改地址');
});
