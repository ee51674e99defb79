import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Office, openNewsroom, type Visitor } from '../../../../../tests/support/newsroom.ts';
import { smallCounty } from '../../../../../tests/support/project.ts';

/** Many at once, as an office does it: pages of the real server, forms as a browser without scripts sends them. */

let office: Office;
let folder: string;
let author: Visitor;
let reviewer: Visitor;
let publisher: Visitor;

const event = (title: string, more = '') => `---
title: ${title}
kind: lecture
summary: 一句话。
uid: ${title}@kx
start: 2026-11-10T08:00
end: 2026-11-10T11:00
state: confirmed
hosts: [试验县科协]
place: 东街
township: chengguan
open: public
${more}published: 2026-11-01
---
`;

beforeAll(async () => {
  vi.stubEnv('PORTAL_NOW', '2026-11-24');
  folder = await smallCounty(mkdtempSync(join(tmpdir(), 'county-')));
  for (const name of ['ban-wan-jia', 'ban-wan-yi'])
    writeFileSync(join(folder, `events/${name}.mdx`), event(name));
  office = await openNewsroom({ steps: ['first', 'final'], content: folder });
  author = await office.member('xiaowang', 'author', '小王');
  reviewer = await office.member('xiaoli', 'reviewer', '小李');
  publisher = await office.member('xiaozhao', 'publisher', '小赵');
  await office.served.settled();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await office?.close();
  rmSync(folder, { recursive: true, force: true });
});

const words = (html: string) => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
const plain = (text: string) => text.replaceAll('&quot;', '"').replaceAll('&amp;', '&');

/** The values of a hidden field or a tick-box on a page. */
const valuesOf = (html: string, name: string) =>
  [...html.matchAll(new RegExp(`name="${name}" value="([^"]*)"`, 'g'))].map(([, value = '']) => plain(value));

interface Page {
  at: string;
  status: number;
  html: string;
  text: string;
}

/** Opens a page, through redirects, as a browser does; waits for work that goes on. */
async function open(who: Visitor, at: string): Promise<Page> {
  const response = await who.fetch(at);
  const to = response.headers.get('location');
  if (to) return open(who, new URL(to, office.url + at).href.slice(office.url.length));
  const html = await response.text();
  if (html.includes('http-equiv="refresh"') && html.includes('<progress')) return open(who, at);
  return { at, status: response.status, html, text: words(html) };
}

/** Sends a form of a page. */
async function send(who: Visitor, page: Page, action: string, fields: [string, string][]): Promise<Page> {
  const body = new URLSearchParams([['csrf', valuesOf(page.html, 'csrf')[0] ?? ''], ...fields]);
  const at = new URL(action, office.url + page.at).href.slice(office.url.length);
  const response = await who.fetch(at, { method: 'POST', body });
  const to = response.headers.get('location');
  if (to) return open(who, new URL(to, office.url + at).href.slice(office.url.length));
  const html = await response.text();
  return { at, status: response.status, html, text: words(html) };
}

const ACT = '/admin/desk/entries/act/';
/** Ticks 「全选」 in the list that has an entry, and presses a button. */
const actOnAll = (who: Visitor, page: Page, step: string, more: [string, string][] = []) =>
  send(who, page, ACT, [
    ['all', '1'],
    ...valuesOf(page.html, 'listed').map((value): [string, string] => ['listed', value]),
    ['step', step],
    ...more,
  ]);
const save = (who: Visitor, name: string, text: string) =>
  who.call('PUT', 'file', { path: `content/events/${name}.mdx`, text, version: null });
const stageOf = (name: string) => office.served.newsroom.read(`content/events/${name}.mdx`)?.stage;
const ticked = (page: Page, name: string): [string, string] => [
  'item',
  valuesOf(page.html, 'item').find((value) => value.includes(`/${name}.mdx|`)) ?? '',
];
const audited = () =>
  office.administrator.fetch('admin/desk/audit/').then(async (one) => words(await one.text()));

test('导入 40 站：送审、初审、终审，每人按几下，一次上线', async () => {
  const rows = Array.from(
    { length: 40 },
    (_, at) => `第一小学,2027/3/${(at % 28) + 1} ${at < 28 ? 9 : 14}:00,城关镇,大篷车一号,电与磁`,
  );
  const csv = `学校,开始,乡镇（街道）,车辆,展品套组\n${rows.join('\n')}\n`;
  const start = await open(author, 'admin/desk/schedule/');
  const body = new FormData();
  body.set('csrf', valuesOf(start.html, 'csrf')[0] ?? '');
  body.set('file', new File([csv], '日程.csv'));
  const chosen = await author.fetch('admin/desk/schedule/', { method: 'POST', body });
  const preview = await open(
    author,
    new URL(chosen.headers.get('location') ?? '', `${office.url}admin/desk/schedule/`).href.slice(
      office.url.length,
    ),
  );
  const imported = await send(author, preview, './', []);
  expect(imported.text).toContain('全部送审（40 站）');
  // One press.
  const handedIn = await send(author, imported, ACT, [
    ...valuesOf(imported.html, 'item').map((value): [string, string] => ['item', value]),
    ['step', 'submit'],
  ]);
  expect(handedIn.text).toContain('40 条已提交审核');

  const todo = await open(reviewer, 'admin/desk/overview/');
  expect(todo.text).toContain('等我处理（40）');
  const approved = await actOnAll(reviewer, todo, 'approve');
  expect(approved.text).toContain('40 条已通过');

  const before = office.served.newsroom.commit;
  const look = await actOnAll(publisher, await open(publisher, 'admin/desk/overview/'), 'publish');
  expect(look.text).toMatch(/选了 40 条：/);
  expect(office.served.newsroom.commit).toBe(before);
  const seen = valuesOf(look.html, 'seen').map((value): [string, string] => ['seen', value]);
  const live = await send(publisher, look, './', [...seen, ['read', '1'], ['together', 'rest']]);
  expect(live.text).toContain('40 条已发布，是一次发布');
  await office.served.settled();
  const releases = await open(publisher, 'admin/desk/releases/');
  expect(releases.text.match(/发布 40 条：/g)).toHaveLength(1);
  // Each of them keeps its own history, from its draft on.
  const [, path = ''] =
    /(content\/caravan\/2027-03-01[\w-]+\.mdx)/.exec(valuesOf(imported.html, 'item').join()) ?? [];
  const history = await office.served.newsroom.history(path);
  expect(history.map(({ name }) => name)).toEqual(['小赵', '小王']);
});

describe('一批里有不能发布的', () => {
  const NAMES = ['hao', 'ye-hao', 'huai'];
  beforeAll(async () => {
    for (const name of NAMES) await save(author, name, event(name));
    const list = await open(author, 'admin/desk/entries/?type=events&stage=draft');
    await actOnAll(author, list, 'submit');
    await actOnAll(reviewer, await open(reviewer, 'admin/desk/overview/'), 'approve');
    // A correction by the next reviewer starts its review again.
    const path = 'content/events/huai.mdx';
    const { version } = office.served.newsroom.read(path) ?? {};
    await reviewer.call('PUT', 'file', { path, text: event('huai', 'campaign: mei-you\n'), version });
  });

  test('选「都先不发布」，就一条也不发布', async () => {
    const list = await open(publisher, 'admin/desk/entries/?type=events&stage=final');
    const look = await send(publisher, list, ACT, [
      ticked(list, 'hao'),
      ['item', `content/events/huai.mdx|${office.served.newsroom.read('content/events/huai.mdx')?.version}`],
      ['step', 'publish'],
    ]);
    expect(look.text).toMatch(/1 条可以发布，0 条有提醒，1 条不能发布/);
    const result = await send(publisher, look, './', [['together', 'all']]);
    expect(result.text).toContain('照你选的，一条也没有发布');
    expect(stageOf('hao')).toBe('final');
  });
  test('选其余的照发，好的上线，坏的留下，说明原因；每条一行操作记录', async () => {
    const list = await open(publisher, 'admin/desk/entries/?type=events&stage=final');
    const look = await send(publisher, list, ACT, [
      ticked(list, 'hao'),
      ticked(list, 'ye-hao'),
      ['item', `content/events/huai.mdx|${office.served.newsroom.read('content/events/huai.mdx')?.version}`],
      ['step', 'publish'],
    ]);
    const result = await send(publisher, look, './', [['together', 'rest']]);
    expect(result.text).toContain('2 条已发布');
    expect(result.text).toContain('1 条没有做成');
    expect(result.text).toMatch(/「huai」.*这一条现在是「草稿」/);
    expect(NAMES.map(stageOf)).toEqual(['published', 'published', 'draft']);
    const log = await audited();
    for (const name of ['hao', 'ye-hao']) expect(log).toMatch(new RegExp(`发布 「${name}」`));
    expect(log).not.toMatch(/发布 「huai」/);
  });
  test('同一批结果只做一次：按「后退」再交，说已经处理过', async () => {
    const list = await open(publisher, 'admin/desk/entries/');
    const nothing = await send(publisher, list, '/admin/desk/entries/look/mei-you/', []);
    expect(nothing.status).toBe(404);
    expect(nothing.text).toContain('这一批已经处理过');
  });
});

describe('规矩照旧', () => {
  beforeAll(async () => {
    for (const name of ['tui-jia', 'tui-yi', 'tui-bing']) await save(author, name, event(name));
    const all = await open(author, 'admin/desk/entries/?type=events&stage=draft&words=tui');
    await actOnAll(author, all, 'submit');
  });

  test('写稿的人批不了自己的稿，一条一条说明；没有勾选的说没有选', async () => {
    const list = await open(author, 'admin/desk/entries/?type=events&stage=first');
    const item = `content/events/tui-jia.mdx|${office.served.newsroom.read('content/events/tui-jia.mdx')?.version}`;
    const result = await send(author, list, ACT, [
      ['item', item],
      ['step', 'approve'],
    ]);
    expect(result.text).toContain('初审要由「审核」以上的人来做');
    expect(stageOf('tui-jia')).toBe('first');
    expect((await send(author, list, ACT, [['step', 'approve']])).text).toContain('一条也没有选');
  });
  test('退回要写一句原因，每一条都记上', async () => {
    const list = await open(reviewer, 'admin/desk/entries/?type=events&stage=first');
    const chosen: [string, string][] = [ticked(list, 'tui-jia'), ticked(list, 'tui-yi'), ['step', 'return']];
    expect((await send(reviewer, list, ACT, chosen)).text).toContain('退回时请写明要改什么');
    const result = await send(reviewer, list, ACT, [...chosen, ['comment', '写明集合地点']]);
    expect(result.text).toContain('2 条已退回，原因：写明集合地点');
    expect(['tui-jia', 'tui-yi', 'tui-bing'].map(stageOf)).toEqual(['draft', 'draft', 'first']);
    const { notes } = await author.call('GET', 'review?path=content/events/tui-yi.mdx');
    expect((notes as { comment?: string }[]).at(-1)).toMatchObject({
      action: 'return',
      comment: '写明集合地点',
    });
  });
  test('勾选以后别人改过的，不动那一条', async () => {
    const list = await open(reviewer, 'admin/desk/entries/?type=events&stage=first');
    const item = ticked(list, 'tui-bing');
    const path = 'content/events/tui-bing.mdx';
    const text = event('tui-bing').replace('东街', '西街');
    await publisher.call('PUT', 'file', { path, text, version: item[1].split('|')[1] });
    const result = await send(reviewer, list, ACT, [item, ['step', 'approve']]);
    expect(result.text).toContain('1 条没有做成，原样留着');
    expect(result.text).toContain('这一条刚刚被改过，请先看过新的内容再操作');
    expect(stageOf('tui-bing')).toBe('first');
  });
});

test('办完的活动一次设为「完成」，只动这一个字段；接着可以送审', async () => {
  const list = await open(author, 'admin/desk/entries/?type=events&stage=over');
  expect(list.text).toContain('ban-wan-jia');
  expect(list.text).not.toContain('2026-12-05');
  const result = await send(author, list, ACT, [
    ticked(list, 'ban-wan-jia'),
    ticked(list, 'ban-wan-yi'),
    ['step', 'complete'],
  ]);
  expect(result.text).toContain('2 条已设为「完成」，存成草稿');
  expect(result.text).toContain('接着提交审核（2 条）');
  expect(office.served.newsroom.read('content/events/ban-wan-jia.mdx')?.text).toBe(
    event('ban-wan-jia').replace('state: confirmed', 'state: completed'),
  );
  const future = office.served.newsroom.read('content/events/2026-12-05-yi-zhen.mdx');
  const early = await send(author, list, ACT, [
    ['item', `${future?.path}|${future?.version}`],
    ['step', 'complete'],
  ]);
  expect(early.text).toContain('还没有到开始的时间');
});

test('一起发布的几条可以互相引用', async () => {
  const base = `---\ntitle: 新基地\nkind: rural\nsummary: 一句话。\ntownship: chengguan\npublished: 2026-11-20\n---\n`;
  await author.call('PUT', 'file', { path: 'content/bases/xin-ji-di.mdx', text: base, version: null });
  await save(author, 'zai-xin-ji-di', event('zai-xin-ji-di', 'base: xin-ji-di\n'));
  const paths = ['content/bases/xin-ji-di.mdx', 'content/events/zai-xin-ji-di.mdx'];
  const versionOf = (path: string) => office.served.newsroom.read(path)?.version ?? '';
  const person = (id: string, role: 'author' | 'publisher') => ({ id, login: id, name: id, role });
  const act = (who: ReturnType<typeof person>, action: 'submit' | 'approve' | 'publish', which = paths) =>
    office.served.newsroom.actAll(
      who,
      which.map((path) => ({ path, version: versionOf(path) })),
      { action },
    );
  const alone = await act(person('a', 'author'), 'submit', paths.slice(1));
  expect(alone[0]?.refusal?.problems.map(({ message }) => message).join()).toContain('xin-ji-di');
  await act(person('a', 'author'), 'submit');
  await act(person('b', 'publisher'), 'approve');
  const before = office.served.newsroom.commit;
  const outcomes = await act(person('c', 'publisher'), 'publish');
  expect(outcomes.map(({ refusal, stage }) => refusal?.message ?? stage)).toEqual(['published', 'published']);
  expect(office.served.newsroom.commit).not.toBe(before);
});
