import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '../../cms/protocol/roles.ts';
import { type Office, openNewsroom, type Visitor } from '../support/newsroom.ts';
import {
  bodyBox,
  closeWindows,
  switchUser,
  openEntry,
  openEditorAs,
  reviewOf,
  save,
  type Window,
  write,
} from './editor.ts';

/** Each role sees the buttons of its own actions only; `services/newsroom/review-rules.test.ts` tests which these are. */

const PEOPLE: Record<string, [Role, string]> = {
  xiaowang: ['author', '小王'],
  xiaozhao: ['author', '小赵'],
  laoli: ['reviewer', '老李'],
  zhangjie: ['publisher', '张姐'],
};
const PATH = 'content/news/roles.mdx';
const TEXT = '---\ntitle: 谁能做什么\nkind: news\nsummary: 一句话。\npublished: 2026-11-01\n---\n\n正文。\n';

let office: Office;
let window: Window;
const people = new Map<string, Visitor>();

beforeAll(async () => {
  office = await openNewsroom({ steps: ['first', 'final'], content: 'tests/fixtures/county' });
  for (const [login, [role, name]] of Object.entries(PEOPLE))
    people.set(login, await office.member(login, role, name));
  window = await openEditorAs(office, who('xiaowang'));
});
afterAll(async () => {
  await closeWindows();
  await office?.close();
});

const who = (login: string) => people.get(login) as Visitor;

async function act(login: string, action: string): Promise<number> {
  const { version } = await who(login).call('GET', `file?path=${PATH}`);
  return (await who(login).call('POST', 'review', { path: PATH, version, action })).status;
}

/** Labels of the buttons in the review panel. */
async function buttons(login: string): Promise<string[]> {
  await switchUser(window, office, who(login));
  await openEntry(window, 'news', 'roles');
  await reviewOf(window).getByRole('button', { name: '历史' }).waitFor();
  return reviewOf(window).locator('.portal-actions button').allTextContents();
}

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

test('草稿由作者提交，没有别的按钮能跳过审核', async () => {
  await who('xiaowang').call('PUT', 'file', { path: PATH, text: TEXT, version: null });
  expect(await buttons('xiaowang')).toEqual(['提交审核', '留言', '放弃草稿', '历史']);
  expect(await act('zhangjie', 'publish')).toBe(403);
  expect(await act('xiaowang', 'submit')).toBe(200);
});

test('提交以后每个人只看到自己能按的：写稿的人撤回，审核的人通过或退回，别的作者留言', async () => {
  expect(await buttons('xiaowang')).toEqual(['撤回', '留言', '历史']);
  expect(await buttons('xiaozhao')).toEqual(['留言', '历史']);
  expect(await buttons('laoli')).toEqual(['通过', '退回', '留言', '历史']);
});

test('最后一步由没有审过前一步的发布人来做：发布、定时或退回', async () => {
  expect(await act('laoli', 'approve')).toBe(200);
  expect(await buttons('laoli')).toEqual(['留言', '历史']);
  expect(await buttons('zhangjie')).toEqual(['发布', '定时发布', '退回', '留言', '历史']);
});

test('单位减了审核步骤，马上照新的步骤审', async () => {
  await setSteps(['final']);
  const path = 'content/news/roles-2.mdx';
  const saved = await who('xiaowang').call('PUT', 'file', { path, text: TEXT, version: null });
  await who('xiaowang').call('POST', 'review', { path, version: saved.version, action: 'submit' });
  const state = await who('zhangjie').call('GET', `review?path=${path}`);
  expect(state).toMatchObject({ stage: 'final', actions: expect.arrayContaining(['publish', 'return']) });
  expect(await who('laoli').call('GET', `review?path=${path}`)).toMatchObject({ actions: ['comment'] });
});

test('作者改已提交的稿子，知道它会回到草稿；审核的人在自己那一步改字，稿子留在原处', async () => {
  await setSteps(['final']);
  const path = 'content/news/handed-in.mdx';
  const { version } = await who('xiaowang').call('PUT', 'file', { path, text: TEXT, version: null });
  await who('xiaowang').call('POST', 'review', { path, version, action: 'submit' });
  await switchUser(window, office, who('xiaowang'));
  await openEntry(window, 'news', 'handed-in');
  await reviewOf(window).getByText('待终审').first().waitFor();
  await write(bodyBox(window), '忘了写时间：周六。');
  await reviewOf(window).getByText('保存以后回到草稿').waitFor();
  await save(window);
  const notice = window.page.getByRole('dialog', { name: '已保存，回到草稿' });
  expect(await notice.textContent()).toContain('请再按「提交审核」');
  await notice.getByRole('button', { name: '知道了' }).click();
  await reviewOf(window).getByRole('button', { name: '提交审核' }).click();
  await reviewOf(window).getByText('待终审').first().waitFor();

  await switchUser(window, office, who('zhangjie'));
  await openEntry(window, 'news', 'handed-in');
  await reviewOf(window).getByText('待终审').first().waitFor();
  await write(bodyBox(window), '忘了写时间：周六上午。');
  await reviewOf(window).getByText('先保存，再提交或发布').waitFor();
  await save(window);
  await reviewOf(window).getByText('待终审').first().waitFor();
  expect(await window.page.getByRole('dialog').count()).toBe(0);
});
