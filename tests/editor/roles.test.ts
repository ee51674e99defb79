import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ACTIONS } from '../../cms/review.ts';
import type { Role } from '../../cms/server/people.ts';
import { launchBrowser } from '../support/browser.ts';
import { type Office, openNewsroom, type Visitor } from '../support/newsroom.ts';
import { bodyBox, openEntry, openFor, reviewOf, save, write } from './editor.ts';

/** Everybody sees the buttons that they may press, and no others. */

const PEOPLE: Record<string, [Role, string]> = {
  xiaowang: ['author', '小王'],
  xiaozhao: ['author', '小赵'],
  laoli: ['reviewer', '老李'],
  laoqian: ['reviewer', '老钱'],
  zhangjie: ['publisher', '张姐'],
};
const PATH = 'content/news/roles.mdx';
const TEXT = '---\ntitle: 谁能做什么\nkind: news\nsummary: 一句话。\npublished: 2026-11-01\n---\n\n正文。\n';

let office: Office;
let browser: Browser;
const people = new Map<string, Visitor>();

beforeAll(async () => {
  office = await openNewsroom({ content: 'tests/fixtures/county' });
  for (const [login, [role, name]] of Object.entries(PEOPLE))
    people.set(login, await office.member(login, role, name));
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await office?.close();
});

const who = (login: string) => people.get(login) as Visitor;

async function act(login: string, action: string): Promise<number> {
  const { version } = await who(login).call('GET', `file?path=${PATH}`);
  return (await who(login).call('POST', 'review', { path: PATH, version, action })).status;
}

/** Buttons of the review part as somebody sees them. */
async function buttons(login: string): Promise<string[]> {
  const window = await openFor(office, browser, who(login));
  await openEntry(window, 'news', 'roles');
  await reviewOf(window).getByRole('button', { name: '历史' }).waitFor();
  const names = await reviewOf(window).locator('.portal-actions button').allTextContents();
  await window.context.close();
  return names;
}

const FORWARD = [ACTIONS.approve, ACTIONS.publish, ACTIONS.schedule, ACTIONS.return];
const forward = async (login: string) =>
  (await buttons(login)).filter((name) => (FORWARD as string[]).includes(name));

/** The steps of this office from now on. */
async function setSteps(steps: string[]): Promise<void> {
  const page = await (await office.administrator.fetch('admin/desk/settings/')).text();
  const csrf = /name="csrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
  const body = new URLSearchParams([
    ['csrf', csrf],
    ['publicUrl', ''],
    ['proxy', ''],
    ...steps.map((step) => ['steps', step]),
  ] as [string, string][]);
  const answer = await office.administrator.fetch('admin/desk/settings/', { method: 'POST', body });
  expect(answer.status).toBeLessThan(400);
}

test('a draft is submitted by an author; nobody skips the review', async () => {
  await who('xiaowang').call('PUT', 'file', { path: PATH, text: TEXT, version: null });
  expect(await buttons('xiaowang')).toContain(ACTIONS.submit);
  for (const login of Object.keys(PEOPLE)) expect(await forward(login), login).toEqual([]);
  expect(await act('zhangjie', 'publish')).toBe(403);
  expect(await act('xiaowang', 'submit')).toBe(200);
});

test('an author sees no button of a reviewer or publisher, also for texts of others', async () => {
  for (const login of ['xiaowang', 'xiaozhao']) expect(await forward(login), login).toEqual([]);
  expect(await buttons('xiaowang')).toContain(ACTIONS.withdraw);
  expect(await buttons('xiaozhao')).not.toContain(ACTIONS.withdraw);
  expect(await act('xiaozhao', 'approve')).toBe(403);
});

test('each step by another person, and publishing only by a publisher at the end', async () => {
  expect(await forward('laoli')).toEqual([ACTIONS.approve, ACTIONS.return]);
  expect(await act('laoli', 'approve')).toBe(200);
  // Second step: who took the first may not.
  expect(await forward('laoli')).toEqual([]);
  expect(await act('laoli', 'approve')).toBe(403);
  expect(await act('laoqian', 'approve')).toBe(200);
  expect(await forward('laoqian')).toEqual([]);
  expect(await forward('zhangjie')).toEqual([ACTIONS.publish, ACTIONS.schedule, ACTIONS.return]);
});

test('whoever has written in a text is not its final reviewer', async () => {
  const { version } = await who('zhangjie').call('GET', `file?path=${PATH}`);
  await who('zhangjie').call('PUT', 'file', {
    path: PATH,
    text: TEXT.replace('正文', '张姐改的正文'),
    version,
  });
  expect(await forward('zhangjie')).toEqual([]);
  expect(await act('zhangjie', 'publish')).toBe(403);
});

test('an office with fewer steps: one review, and then the text is public', async () => {
  await setSteps(['final']);
  const { version } = await who('xiaowang').call('GET', `file?path=${PATH}`);
  const path = 'content/news/roles-2.mdx';
  expect(version).toBeTruthy();
  const saved = await who('xiaowang').call('PUT', 'file', { path, text: TEXT, version: null });
  await who('xiaowang').call('POST', 'review', { path, version: saved.version, action: 'submit' });
  const state = await who('zhangjie').call('GET', `review?path=${path}`);
  expect(state).toMatchObject({ stage: 'final', actions: expect.arrayContaining(['publish', 'return']) });
  expect(await who('laoli').call('GET', `review?path=${path}`)).toMatchObject({ actions: ['comment'] });
});

test('whoever changes a text that was handed in knows that it is a draft again; a reviewer in their own step leaves it there', async () => {
  await setSteps(['final']);
  const path = 'content/news/handed-in.mdx';
  const { version } = await who('xiaowang').call('PUT', 'file', { path, text: TEXT, version: null });
  await who('xiaowang').call('POST', 'review', { path, version, action: 'submit' });
  const author = await openFor(office, browser, who('xiaowang'));
  await openEntry(author, 'news', 'handed-in');
  await reviewOf(author).getByText('待终审').first().waitFor();
  await write(bodyBox(author), '忘了写时间：周六。');
  await reviewOf(author).getByText('保存以后回到草稿').waitFor();
  await save(author);
  const told = author.page.getByRole('dialog', { name: '已保存，回到草稿' });
  expect(await told.textContent()).toContain('请再按「提交审核」');
  await told.getByRole('button', { name: '知道了' }).click();
  await reviewOf(author).getByRole('button', { name: '提交审核' }).click();
  await reviewOf(author).getByText('待终审').first().waitFor();

  const publisher = await openFor(office, browser, who('zhangjie'));
  await openEntry(publisher, 'news', 'handed-in');
  await reviewOf(publisher).getByText('待终审').first().waitFor();
  await write(bodyBox(publisher), '忘了写时间：周六上午。');
  await reviewOf(publisher).getByText('先保存，再提交或发布').waitFor();
  await save(publisher);
  await reviewOf(publisher).getByText('待终审').first().waitFor();
  expect(await publisher.page.getByRole('dialog').count()).toBe(0);
});
