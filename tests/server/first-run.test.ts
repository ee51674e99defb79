import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkContent } from '../../src/checks/index.ts';
import { readCorpus } from '../../src/checks/corpus.ts';
import { openContent } from '../../src/store/index.ts';
import { settings } from '../../src/types/site.ts';
import { type Office, openNewsroom } from '../support/newsroom.ts';

/** The assistant of a county that begins, on a real office. */

const COUNTY = {
  county: '沐水县',
  association: '沐水县科学技术协会',
  name: '沐水科普',
  shortName: '沐水科普',
  description: '沐水县科协的科普门户。',
  url: 'https://kepu.mushui.example',
  contact: '',
};
const HOME = 'admin/desk/first-run/';

let office: Office;
let empty: Office;

beforeAll(async () => {
  office = await openNewsroom({ steps: ['final'] });
  empty = await openNewsroom({ steps: ['final'], content: mkdtempSync(join(tmpdir(), 'empty-')) });
});
afterAll(async () => {
  await office?.close();
  await empty?.close();
});

const contentOf = ({ data }: Office) => openContent({ contentDir: join(data, 'content') });
const step = async ({ administrator }: Office, path: string, fields: Record<string, string>) => {
  const answer = await administrator.post(`${HOME}${path}/`, fields);
  return { status: answer.status, to: answer.headers.get('location'), text: await answer.text() };
};

test('管理员在「待办」里看到网站上还是演示县的内容；别人打不开向导', async () => {
  const page = await (await office.administrator.fetch('admin/desk/overview/')).text();
  expect(page).toContain('现在网站上是演示县的内容');
  const author = await office.member('xiaowang', 'author');
  expect((await author.fetch(HOME)).status).toBe(403);
  expect(await (await author.fetch('admin/desk/overview/')).text()).not.toContain('演示县的内容');
});

test('填错了什么也没有换，说出是哪一项，填的都还在', async () => {
  const before = readdirSync(join(office.data, 'content')).length;
  const { status, text } = await step(office, 'county', {
    ...COUNTY,
    shortName: '沐水县科学技术普及',
    articles: 'keep',
  });
  expect(status).toBe(422);
  expect(text).toContain('「简称」超过 8 个字');
  expect(text).toContain('沐水县科学技术协会');
  expect(readdirSync(join(office.data, 'content')).length).toBe(before);
});

test('换成本县的内容：演示县的都撤下，草稿进回收站，留下的文章检查没有错误', async () => {
  const draft = '---\ntitle: 没写完的\nkind: notice\npublished: 2026-11-28\n---\n\n写了一半。\n';
  const saved = await office.administrator.call('PUT', 'file', {
    path: 'content/news/mei-xie-wan.mdx',
    text: draft,
    version: null,
  });
  expect(saved.status).toBe(200);
  const { status, to } = await step(office, 'county', { ...COUNTY, articles: 'keep' });
  expect([status, to]).toEqual([303, '../looks/?done=1']);
  const content = contentOf(office);
  expect(content.settings(settings).data).toMatchObject({ county: '沐水县', name: '沐水科普' });
  expect(content.settings(settings).data?.demoNotice).toBeUndefined();
  expect(readdirSync(join(office.data, 'content/articles')).length).toBeGreaterThan(50);
  expect(await (await office.administrator.fetch('admin/desk/deleted/')).text()).toContain('没写完的');
  const problems = checkContent(readCorpus(content));
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  // Once begun, the same form only changes settings.
  await step(office, 'county', { ...COUNTY, description: '沐水县的科普。' });
  expect(contentOf(office).settings(settings).data?.description).toBe('沐水县的科普。');
  expect(readdirSync(join(office.data, 'content/articles')).length).toBeGreaterThan(50);
});

test('乡镇、学校、主题、页面、人手一步一步存下，存不下的说出来', async () => {
  const towns = await step(office, 'townships', { text: '城关镇、青禾镇、开发区' });
  expect(towns.text).toContain('「开发区」：名称要以镇、乡或街道结尾');
  expect((await step(office, 'schools', { text: '青禾镇中心小学\t青禾镇\t小学' })).status).toBe(303);
  expect((await step(office, 'pages', { topics: 'crops', more: '水产', pages: 'about' })).status).toBe(422);
  const content = contentOf(office);
  expect(content.dataFile('schools')).toBeDefined();
  expect((await step(office, 'staff', { people: '3' })).status).toBe(303);
  const page = await (await office.administrator.fetch(`${HOME}article/`)).text();
  expect(page).toContain('初审、终审');
});

test('印章、标语、菜单先看样子不保存；菜单太多不存', async () => {
  const looks = { seal: '沐水', slogan: '科学就在身边', colour: '#274c77', menu: 'articles' };
  expect((await step(office, 'looks', looks)).status).toBe(303);
  expect(contentOf(office).settings(settings).data).toMatchObject({
    seal: '沐水',
    slogan: '科学就在身边',
    themeColor: '#274c77',
    menu: ['articles'],
  });
  // This office draws no pages: it says what to do instead.
  const page = await (await office.administrator.fetch(`${HOME}looks/`)).text();
  const csrf = /name="csrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
  const drawn = await step(office, 'looks/preview', { csrf, ...looks, slogan: '只看看' });
  expect(drawn.status).toBe(422);
  expect(drawn.text).toContain('先按「保存」，再打开网站看');
  expect(contentOf(office).settings(settings).data).toMatchObject({ slogan: '科学就在身边' });
});

test('内容文件夹是空的，也能从向导开始：主题、指标已经有了，写得出第一篇文章', async () => {
  const page = await (await empty.administrator.fetch(`${HOME}county/`)).text();
  expect(page).toContain('换成本县的网站');
  expect((await step(empty, 'county', { ...COUNTY, articles: 'none' })).status).toBe(303);
  const content = contentOf(empty);
  expect(content.settings(settings).data?.county).toBe('沐水县');
  expect(readdirSync(join(empty.data, 'content/data'))).toContain('topics.yaml');
  const text =
    '---\ntitle: 第一篇\nkind: article\nsummary: 说明。\ntopic: crops\nauthor: 沐水县科协\npublished: 2026-11-28\n---\n\n正文。\n';
  const saved = await empty.administrator.call('PUT', 'file', {
    path: 'content/articles/di-yi-pian.mdx',
    text,
    version: null,
  });
  expect(saved.status).toBe(200);
  expect((saved.problems as { severity: string }[]).filter(({ severity }) => severity === 'error')).toEqual(
    [],
  );
});

test('不再提醒以后，「待办」里没有它', async () => {
  await empty.administrator.post(HOME, { remind: 'off' });
  expect(await (await empty.administrator.fetch('admin/desk/overview/')).text()).not.toContain('开站还有');
});
