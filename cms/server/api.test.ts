import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';

const folder = vi.hoisted(() => {
  // The folders are read when the modules are loaded.
  const made = `${process.env.TMPDIR ?? '/tmp'}/portal-api-${process.pid}-${Date.now()}`;
  process.env.CONTENT_DIR = `${made}/content`;
  process.getBuiltinModule('node:fs').mkdirSync(`${made}/content/uploads`, { recursive: true });
  return made;
});

import { editingApi } from './api.ts';

const content = join(folder, 'content');
const at = (path: string) => join(content, path.replace(/^content\//, ''));

const article = (title: string) =>
  `---\ntitle: ${title}   # 定稿\nkind: article\nsummary: 一句话。\ntopic: crops\nauthor: 编写组\npublished: 2026-01-01\n---\n\n正文。\n`;

beforeEach(() => {
  rmSync(content, { recursive: true, force: true });
  for (const name of ['articles', 'data', 'uploads']) mkdirSync(join(content, name), { recursive: true });
  writeFileSync(at('articles/yi.mdx'), article('甲'));
  writeFileSync(
    at('data/topics.yaml'),
    'items:\n  - id: crops\n    name: 种植\n  - id: bees\n    name: 养蜂\n',
  );
  requests = 0;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let requests = 0;
const app = editingApi({
  isOwnHost: (host) => host === '127.0.0.1:4321',
  rebuilder: {
    request: () => {
      requests++;
    },
    status: () => ({ state: 'idle' }),
    settled: () => Promise.resolve(),
  },
});

const OWN = { host: '127.0.0.1:4321', 'x-portal': '1', 'content-type': 'application/json' };

async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const sent = body instanceof Uint8Array ? body : body === undefined ? undefined : JSON.stringify(body);
  const response = await app.request(`/api/${path}`, {
    method,
    headers: { ...OWN, ...headers },
    ...(sent === undefined ? {} : { body: sent as BodyInit }),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  return { ...answer, status: response.status } as Record<string, unknown>;
}

const open = (path: string) =>
  call('GET', `file?path=${path}`) as Promise<{ text: string; version: string } & Record<string, unknown>>;
const save = (path: string, text: string, version: string | null) =>
  call('PUT', 'file', { path, text, version });

test('a saved entry changes only its changed lines, asks for a build and leaves no temporary file', async () => {
  const { version } = await open('content/articles/yi.mdx');
  const saved = await save('content/articles/yi.mdx', article('乙').replace('   # 定稿', ''), version);
  expect(saved.status).toBe(200);
  expect(readFileSync(at('articles/yi.mdx'), 'utf8')).toBe(article('乙').replace('   #', ' #'));
  expect(readdirSync(at('articles'))).toEqual(['yi.mdx']);
  expect(requests).toBe(1);
});

test('a stale version is refused and nothing is written', async () => {
  const { version } = await open('content/articles/yi.mdx');
  writeFileSync(at('articles/yi.mdx'), article('别人改的'));
  const refused = await save('content/articles/yi.mdx', article('我改的'), version);
  expect(refused).toMatchObject({ status: 409, message: expect.stringContaining('别人改过') });
  expect(readFileSync(at('articles/yi.mdx'), 'utf8')).toBe(article('别人改的'));
  expect(await save('content/articles/yi.mdx', article('新建'), null)).toMatchObject({ status: 409 });
});

test('one hundred saves at once of one version: one is written, the others are told', async () => {
  const { version } = await open('content/articles/yi.mdx');
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, index) =>
      save('content/articles/yi.mdx', article(`第${index}`), version),
    ),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(99);
});

test('what is wrong is told in Chinese with line and field, and not written', async () => {
  const bad = article('甲')
    .replace('summary: 一句话。\n', '')
    .replace('crops', 'cropz')
    .replace('正文。', '<Calout />');
  const refused = await save('content/articles/er.mdx', bad, null);
  expect(refused.status).toBe(422);
  const said = (refused.problems as { field?: string; message: string }[]).map(
    ({ field = '', message }) => field + message,
  );
  expect(said.join('\n')).toMatch(/「摘要」不能为空[\s\S]*正文 .*Callout/);
  const lines = (refused.problems as { field?: string; line?: number }[]).map(({ line }) => line);
  expect(lines).toEqual([undefined, 1]);
  expect(existsSync(at('articles/er.mdx'))).toBe(false);
  expect(await save('content/articles/er.mdx', article('乙').replace('crops', 'cropz'), null)).toMatchObject({
    status: 422,
    problems: [{ field: '「主题」', message: expect.stringContaining('是不是「crops」') }],
  });
  expect(await save('content/articles/er.mdx', `---js\n${article('乙').slice(4)}`, null)).toMatchObject({
    status: 422,
  });
  expect(requests).toBe(0);
});

test('a link with a percent sign that means nothing is explained like any dead link', async () => {
  const bad = article('乙').replace('正文。', '[甲](/a%zz) ![乙](/uploads/%ff.png)');
  const refused = await save('content/articles/er.mdx', bad, null);
  expect(refused).toMatchObject({ status: 422, problems: [{ line: 1 }, { line: 1 }] });
});

test.each([
  'content/articles/../../../etc/passwd.mdx',
  'content/articles/%2e%2e/x.mdx',
  '../outside.mdx',
  'content/articles/yi.js',
  'content/articles/Yi.mdx',
  'content/articles/a/b.mdx',
  'content/data/secret.yaml',
  'content/data/topics.mdx',
  'content/statistics/x.mdx',
  'content/.git/config',
  'package.json',
  '/etc/passwd',
  '',
])('the editor has no business in %s', async (path) => {
  expect(await save(path, article('乙'), null)).toMatchObject({ status: 403 });
  expect(await call('GET', `file?path=${encodeURIComponent(path)}`)).toMatchObject({ status: 403 });
  expect(await call('DELETE', `file?path=${encodeURIComponent(path)}`)).toMatchObject({ status: 403 });
});

test('a symbolic link is not followed out of the content folder', async () => {
  const outside = mkdtempSync(join(tmpdir(), 'outside-'));
  writeFileSync(join(outside, 'x.mdx'), article('外面'));
  symlinkSync(join(outside, 'x.mdx'), at('articles/link.mdx'));
  symlinkSync(outside, at('news'));
  for (const path of ['content/articles/link.mdx', 'content/news/x.mdx'])
    expect(await call('GET', `file?path=${path}`), path).toMatchObject({ status: 403 });
  rmSync(outside, { recursive: true });
});

test('only the own pages may call: other names, origins and plain forms are refused', async () => {
  const strangers: Record<string, string>[] = [
    { host: 'evil.example' },
    { host: '127.0.0.1:9999' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ];
  for (const headers of strangers)
    for (const [method, path] of [
      ['GET', 'session'],
      ['DELETE', 'file?path=content/articles/yi.mdx'],
    ] as const)
      expect(await call(method, path, undefined, headers), JSON.stringify(headers)).toMatchObject({
        status: 403,
      });
  expect(
    await call('DELETE', 'file?path=content/articles/yi.mdx', undefined, { 'x-portal': '' }),
  ).toMatchObject({
    status: 403,
  });
  expect(existsSync(at('articles/yi.mdx'))).toBe(true);
  const same = { origin: 'http://127.0.0.1:4321', 'sec-fetch-site': 'same-origin' };
  expect(await call('GET', 'session', undefined, same)).toMatchObject({ status: 200 });
});

test('too much text is refused before it is read', async () => {
  const refused = await save('content/articles/yi.mdx', '字'.repeat(1_000_000), 'x');
  expect(refused).toMatchObject({ status: 413, message: expect.stringContaining('最多 2 MB') });
});

test('what others refer to cannot be deleted, neither as an entry nor from a list', async () => {
  writeFileSync(at('articles/er.mdx'), article('乙').replace('author:', 'related: [yi]\nauthor:'));
  expect(await call('DELETE', 'file?path=content/articles/yi.mdx')).toMatchObject({
    status: 422,
    problems: [{ field: '「相关文章」第 1 项', message: expect.stringContaining('「乙」') }],
  });
  const { version } = await open('content/data/topics.yaml');
  const withoutCrops = 'items:\n  - id: bees\n    name: 养蜂\n';
  expect(await save('content/data/topics.yaml', withoutCrops, version)).toMatchObject({ status: 422 });
  expect(await call('DELETE', 'file?path=content/articles/er.mdx')).toMatchObject({ status: 200 });
  expect(await call('DELETE', 'file?path=content/articles/yi.mdx')).toMatchObject({ status: 200 });
  expect(await save('content/data/topics.yaml', withoutCrops, version)).toMatchObject({ status: 200 });
});

const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
const text = (source: string) => new TextEncoder().encode(source);

test('an upload must be what its name says, with a safe name, and cannot run anything', async () => {
  const upload = (path: string, bytes: Uint8Array) =>
    call('PUT', `media?path=${encodeURIComponent(path)}`, bytes);
  expect(await upload('uploads/tu-1.png', png)).toMatchObject({ status: 200, size: png.length });
  expect(await upload('uploads/tu-1.png', png)).toMatchObject({ status: 200 });
  expect(await upload('uploads/tu-1.png', new Uint8Array([...png, 4]))).toMatchObject({ status: 409 });
  for (const path of [
    'uploads/../content/x.png',
    'uploads/图.png',
    'uploads/a.html',
    'uploads/.x.png',
    'x.png',
    'uploads/a..png',
  ])
    expect(await upload(path, png), path).toMatchObject({ status: 403 });
  expect(await upload('uploads/a.jpg', png)).toMatchObject({ status: 422 });
  expect(await upload('uploads/a.png', new Uint8Array())).toMatchObject({ status: 422 });
  const svg = (inside: string) => text(`<svg xmlns="http://www.w3.org/2000/svg">${inside}</svg>`);
  expect(await upload('uploads/a.svg', svg('<a href="#x"><path fill="url(#g)"/></a>'))).toMatchObject({
    status: 200,
  });
  const active = [
    '<script>alert(1)</script>',
    '<rect onclick="x()"/>',
    '<a href="javascript:x()"/>',
    '<image href="https://evil.example/x.png"/>',
    '<foreignObject/>',
    '<style>@import "x.css";</style>',
    '<rect fill="url(https://evil.example/)"/>',
    '<animate attributeName="href" to="javascript:x"/>',
  ];
  for (const inside of active)
    expect(await upload('uploads/b.svg', svg(inside)), inside).toMatchObject({ status: 422 });
});

test('an upload that is still shown somewhere cannot be deleted', async () => {
  writeFileSync(at('uploads/tu.png'), png);
  writeFileSync(
    at('articles/yi.mdx'),
    article('甲').replace('正文。', '<Figure src="/uploads/tu.png" alt="图" />'),
  );
  expect(await call('DELETE', 'media?path=uploads/tu.png')).toMatchObject({ status: 422 });
  writeFileSync(at('articles/yi.mdx'), article('甲'));
  expect(await call('DELETE', 'media?path=uploads/tu.png')).toMatchObject({ status: 200 });
  expect(existsSync(at('uploads/tu.png'))).toBe(false);
});

test('names of entries and list items are known by type', async () => {
  expect(await call('GET', 'names')).toMatchObject({
    articles: { yi: '甲' },
    topics: { crops: '种植', bees: '养蜂' },
  });
});
