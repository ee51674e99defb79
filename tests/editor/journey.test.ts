import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Office, openNewsroom, PASSWORD } from '../support/newsroom.ts';
import { closeWindows, newWindow } from './editor.ts';

/** An author, a reviewer and a publisher, each in a browser of their own, from an empty form to the live page. */

let office: Office;

beforeAll(async () => {
  office = await openNewsroom({ steps: ['first', 'final'], content: 'tests/fixtures/county', build: 'site' });
  await office.member('xiaowang', 'author', '小王');
  await office.member('laoli', 'reviewer', '老李');
  await office.member('zhangjie', 'publisher', '张姐');
});
afterAll(async () => {
  await closeWindows();
  await office?.close();
});

/** Signs in at the login page and lands in the editor. */
async function signIn(login: string): Promise<Page> {
  const { page } = await newWindow();
  await page.goto(`${office.url}admin/login/`);
  await page.getByLabel('登录名').fill(login);
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: '登录' }).click();
  await page.goto(`${office.url}admin/`);
  await page.getByRole('link', { name: '内容', exact: true }).waitFor();
  return page;
}

const review = (page: Page) => page.getByRole('region', { name: '审核和发布' });

async function openDraft(page: Page, title: string): Promise<void> {
  await page.evaluate(() => {
    location.hash = '#/collections/news';
  });
  await page.getByRole('link', { name: new RegExp(title) }).click();
  await review(page).getByRole('button', { name: '历史' }).waitFor();
}

async function take(page: Page, action: string): Promise<void> {
  await review(page).getByRole('button', { name: action, exact: true }).click();
  const confirm = review(page).locator('.portal-ask').getByRole('button', { name: action, exact: true });
  // Some steps ask for words first.
  if (await confirm.isVisible()) await confirm.click();
}

test('一条公告由作者写成，经审核和发布，上线并搜得到', async () => {
  const author = await signIn('xiaowang');
  await author.evaluate(() => {
    location.hash = '#/collections/news/new';
  });
  await author.getByLabel('标题', { exact: true }).fill('冬日观星夜开放报名');
  await author.getByLabel('摘要', { exact: true }).fill('周六晚上看木星。');
  await author.locator('.portal-source textarea').fill('气温<0℃ 时改在室内，{带上外套}。\n\n报名要有帐号。');
  await author.getByRole('button', { name: '保存', exact: true }).click();
  await author.getByRole('menuitem', { name: '保存', exact: true }).click();
  await author.getByText('都保存了').waitFor();
  await author.getByRole('button', { name: '知道了' }).click();
  await take(author, '提交审核');
  await review(author).getByText('待初审').waitFor();
  expect(await review(author).getByRole('button', { name: '通过' }).count()).toBe(0);

  const reviewer = await signIn('laoli');
  await openDraft(reviewer, '冬日观星夜');
  await take(reviewer, '通过');
  await review(reviewer).getByText('待终审').waitFor();

  const publisher = await signIn('zhangjie');
  await openDraft(publisher, '冬日观星夜');
  await take(publisher, '发布');
  const doubts = publisher.getByRole('dialog', { name: '发布以前，请看看这几处' });
  await doubts.getByText('「帐」应为「账」').waitFor();
  expect(await doubts.textContent()).toContain('第 3 行');
  await doubts.getByRole('button', { name: '回去改' }).click();
  await doubts.waitFor({ state: 'detached' });
  await review(publisher).getByText('待终审').waitFor();
  // A link to a page that is not there yet would lead nowhere.
  const onSite = publisher.getByRole('link', { name: '在网站上看' });
  await onSite.waitFor({ state: 'hidden' });
  await take(publisher, '发布');
  await doubts.getByRole('button', { name: '都看过了，照样发布' }).click();
  const live = publisher.getByRole('link', { name: '去看看' });
  await live.waitFor({ timeout: 120_000 });
  expect(await onSite.getAttribute('href')).toBe(
    new URL((await live.getAttribute('href')) ?? '', office.url).href,
  );

  await review(publisher).getByText('看过、没有改的提醒：「帐」应为「账」').waitFor({ state: 'attached' });

  const { page: visitor } = await newWindow();
  await visitor.goto(new URL((await live.getAttribute('href')) ?? '', office.url).href);
  expect(await visitor.getByRole('heading', { level: 1 }).textContent()).toContain('冬日观星夜开放报名');
  expect(await visitor.locator('main').textContent()).toContain('气温<0℃ 时改在室内，{带上外套}。');

  await visitor.goto(`${office.url}search/`);
  await visitor.getByRole('combobox', { name: '搜索全站' }).fill('观星夜');
  await visitor.keyboard.press('Enter');
  await visitor
    .getByRole('link', { name: /冬日观星夜/ })
    .first()
    .waitFor();
});
