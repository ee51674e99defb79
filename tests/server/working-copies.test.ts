import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { git } from '../../cms/server/stores/content/git.ts';
import { type Office, openNewsroom, type Visitor } from '../support/newsroom.ts';

/** What a person has typed and not saved, kept on the server; and who is editing what. */

let office: Office;
let wang: Visitor;
let li: Visitor;

const PATH = 'content/news/yi.mdx';
const entry = (title: string) =>
  `---\ntitle: ${title}\nkind: news\nsummary: 一句话。\npublished: 2026-11-01\n---\n\n正文。\n`;

beforeAll(async () => {
  office = await openNewsroom({ steps: ['final'], content: 'tests/fixtures/county' });
  wang = await office.member('xiaowang', 'author', '小王');
  li = await office.member('laoli', 'reviewer', '老李');
  await wang.call('PUT', 'file', { path: PATH, text: entry('开始'), version: null });
});
afterAll(() => office?.close());

const put = (visitor: Visitor, copy: object = {}) =>
  visitor.call('PUT', 'working-copy', {
    ...{ id: randomUUID(), folder: 'news', title: '写到一半', text: entry('写到一半'), version: null },
    ...copy,
  });
const copiesOf = async (visitor: Visitor, path?: string) =>
  (await visitor.call('GET', `working-copies?folder=news${path ? `&path=${path}` : ''}`)).items as {
    id: string;
    at: string;
    machine: string;
    newer?: { name: string };
  }[];
const version = async () => String((await wang.call('GET', `file?path=${PATH}`)).version);

test('自己在哪台机器上都找得到，说得出时间和机器；不是草稿，也不在 Git 里', async () => {
  const id = randomUUID();
  const kept = await put(wang, { id, path: PATH, version: await version(), text: entry('改到一半的标题') });
  expect(kept).toMatchObject({ status: 200, at: expect.stringMatching(/^\d{4}-/) });
  expect(await copiesOf(wang, PATH)).toMatchObject([{ id, at: kept.at, isGone: false }]);
  expect(await wang.call('GET', `working-copy?id=${id}`)).toMatchObject({ text: entry('改到一半的标题') });
  expect(String((await wang.call('GET', `file?path=${PATH}`)).text)).toBe(entry('开始'));
  const commits = await git(join(office.data, 'content.git'), ['log', '--all', '-p', '--format=%s']);
  expect(commits.toString()).not.toContain('改到一半的标题');
  // A new entry has no path yet, and is not listed with another one.
  await put(wang);
  expect(await copiesOf(wang)).toHaveLength(1);
  const desk = await (await wang.fetch('admin/desk/overview/')).text();
  expect(desk).toContain('没有保存的稿子（2）');
  expect(desk).toContain('admin/#/collections/news/entries/yi');
});

test('别人读不到、列不出、删不掉，用同一个号也盖不掉', async () => {
  const [copy] = await copiesOf(wang, PATH);
  const id = String(copy?.id);
  for (const other of [li, office.administrator]) {
    expect(await copiesOf(other, PATH)).toEqual([]);
    expect((await other.fetch(`api/working-copy?id=${id}`)).status).toBe(200);
    expect(await (await other.fetch(`api/working-copy?id=${id}`)).json()).toBeNull();
    await other.call('DELETE', `working-copy?id=${id}`);
    expect(await put(other, { id, path: PATH, text: '别人的' })).toMatchObject({ status: 200 });
    expect(await (await other.fetch('admin/desk/overview/')).text()).not.toContain('写到一半的标题');
    await other.call('DELETE', `working-copy?id=${id}`);
  }
  expect(await wang.call('GET', `working-copy?id=${id}`)).toMatchObject({ text: entry('改到一半的标题') });
});

test('接着写的一份代替原来的；那一份后来又动过，就两份都留着', async () => {
  const [former] = await copiesOf(wang, PATH);
  const next = randomUUID();
  const since = new Date(0).toISOString();
  await put(wang, { id: next, path: PATH, version: null, replaces: { id: former?.id, at: since } });
  expect(await copiesOf(wang, PATH)).toHaveLength(2);
  await put(wang, { id: next, path: PATH, version: null, replaces: { id: former?.id, at: former?.at } });
  expect((await copiesOf(wang, PATH)).map(({ id }) => id)).toEqual([next]);
  await wang.call('DELETE', `working-copy?id=${next}`);
  expect(await copiesOf(wang, PATH)).toEqual([]);
});

test('这期间别人存过新的一版，说得出是谁', async () => {
  const old = await version();
  await put(wang, { path: PATH, version: old });
  expect(await li.call('PUT', 'file', { path: PATH, text: entry('老李改的'), version: old })).toMatchObject({
    status: 200,
  });
  expect(await copiesOf(wang, PATH)).toMatchObject([{ newer: { name: '老李' } }]);
  expect(await (await wang.fetch('admin/desk/overview/')).text()).toContain('后来老李又保存过');
});

test('编造的、太大的、太多的不收，用中文说明', async () => {
  const bad = [
    { path: 'content/../../etc/passwd' },
    { path: 'content/articles/yi.mdx' },
    { folder: 'nothing' },
    { folder: '../news' },
    { id: 'x' },
    { title: '长'.repeat(1000) },
    { text: 7 },
  ];
  for (const copy of bad)
    expect((await put(wang, copy)).status, JSON.stringify(copy).slice(0, 80)).toBeOneOf([400, 403]);
  const hostile = await office.member('hostile', 'author', '小张');
  const answers = [];
  for (let round = 0; round < 60; round++) answers.push(await put(hostile));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(50);
  expect(answers.at(-1)).toMatchObject({ status: 413, message: expect.stringContaining('待办') });
  for (let round = 0; round < 40; round++) answers.push(await put(hostile));
  expect(answers.at(-1)).toMatchObject({ status: 429 });
  // The others go on as before.
  expect(await put(li)).toMatchObject({ status: 200 });
});

test('谁在编辑，列表里都看得到；接过去以后原来的人知道', async () => {
  const forms = { wang: randomUUID(), li: randomUUID() };
  const call = (visitor: Visitor, form: string, wants: string) =>
    visitor.call('POST', 'presence', { path: PATH, form, wants });
  expect(await call(wang, forms.wang, 'edit')).toMatchObject({ status: 200, isEditing: true });
  expect((await li.call('GET', 'presence')).items).toMatchObject([
    { path: PATH, name: '小王', isSelf: false },
  ]);
  expect(await call(li, forms.li, 'edit')).toMatchObject({ isEditing: false, holder: { login: 'xiaowang' } });
  expect(await call(li, forms.li, 'take')).toMatchObject({ isEditing: true });
  expect(await call(wang, forms.wang, 'edit')).toMatchObject({ wasTaken: true, holder: { name: '老李' } });
  expect(await call(wang, 'x', 'edit')).toMatchObject({ status: 400 });
  for (const path of ['content/news/nothing.mdx', 'content/../x.mdx'])
    expect((await wang.call('POST', 'presence', { path, form: forms.wang, wants: 'edit' })).status).toBeOneOf(
      [403, 404],
    );
});

test('删掉的不留在数据库里', async () => {
  const id = randomUUID();
  await put(li, { id, text: entry('说好不留的一句话') });
  await li.call('DELETE', `working-copy?id=${id}`);
  const database = new DatabaseSync(join(office.data, 'portal.db'), { readOnly: true });
  const rows = database.prepare("SELECT 1 FROM workingCopies WHERE text LIKE '%说好不留%'").all();
  database.close();
  expect(rows).toEqual([]);
});
