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
import { afterAll, beforeEach, expect, test } from 'vitest';
import { openContent } from '../../../../src/store/index.ts';
import { Hono } from 'hono';
import { z } from 'zod';
import { historyItem, listedEntry, names, savedFile, storedFile } from '../../../protocol/entries.ts';
import { mediaPage, storedMedia } from '../../../protocol/media.ts';
import { refusal } from '../../../protocol/refusal.ts';
import { movePreview, reviewState } from '../../../protocol/review.ts';
import { session } from '../../../protocol/session.ts';
import { buildStatus, drawnPage } from '../../../protocol/site.ts';
import { editingApi } from './index.ts';
import { openAudit } from '../../stores/audit.ts';
import { openDatabase } from '../../stores/database.ts';
import { Newsroom } from '../../services/newsroom/index.ts';
import { openPresence } from '../../services/presence/index.ts';
import { openWorkingCopies } from '../../services/working-copies/index.ts';
import type { Person, Role } from '../../../protocol/roles.ts';
import { Repository } from '../../stores/content/repository.ts';
import { seed } from '../../stores/content/seed.ts';
import type { Signed } from '../access.ts';

const folder = mkdtempSync(join(tmpdir(), 'portal-api-'));
const content = openContent({
  contentDir: join(folder, 'content'),
  uploadsDir: join(folder, 'content/uploads'),
});

/** Where a published file is written out. */
const at = (path: string) => join(content.contentDir, path.replace(/^content\//, ''));

const article = (title: string) =>
  `---\ntitle: ${title}   # 定稿\nkind: article\nsummary: 一句话。\ntopic: crops\nauthor: 编写组\npublished: 2026-01-01\n---\n\n正文。\n`;

const PICTURE = readFileSync('public/uploads/articles/chinese-bee-transfer-winter.svg');

let app: Hono<Signed>;
let repository: Repository | undefined;
let newsroom: Newsroom;
let person: Person | undefined;
const database = openDatabase(join(folder, 'portal.db'));
const audit = openAudit(database);
const as = (role: Role, login: string = role): void => {
  person = { id: login, name: login, login, role };
};

beforeEach(async () => {
  repository?.close();
  for (const name of ['seed', 'content', 'content.git'])
    rmSync(join(folder, name), { recursive: true, force: true });
  for (const name of ['articles', 'data', 'uploads'])
    mkdirSync(join(folder, 'seed', name), { recursive: true });
  writeFileSync(join(folder, 'seed/articles/yi.mdx'), article('甲'));
  writeFileSync(
    join(folder, 'seed/data/topics.yaml'),
    'items:\n  - id: crops\n    name: 种植\n  - id: bees\n    name: 养蜂\n',
  );
  repository = await Repository.open(join(folder, 'content.git'));
  await seed(repository, { content: join(folder, 'seed'), uploads: join(folder, 'none'), now: new Date() });
  newsroom = await Newsroom.open({
    repository,
    content,
    steps: () => [],
    now: () => new Date(),
    onPublished: () => {},
  });
  as('publisher');
  app = new Hono<Signed>();
  app.use(async (context, next) => {
    if (person) context.set('person', person);
    context.set('content', content);
    await next();
  });
  const workingCopies = openWorkingCopies({ database, newsroom, isFolder: () => true });
  const presence = openPresence();
  app.route(
    '/api',
    editingApi({
      ...{ newsroom, audit, workingCopies, presence },
      incoming: folder,
      status: () => ({ state: 'idle' }),
    }),
  );
});
afterAll(() => {
  repository?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function call(method: string, path: string, body?: unknown) {
  const sent = body instanceof Uint8Array ? body : body === undefined ? undefined : JSON.stringify(body);
  const response = await app.request(`/api/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(sent === undefined ? {} : { body: sent as BodyInit }),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  return { ...answer, status: response.status } as Record<string, unknown>;
}

const open = (path: string) =>
  call('GET', `file?path=${path}`) as Promise<{ text: string; version: string } & Record<string, unknown>>;
const save = (path: string, text: string, version: string | null) =>
  call('PUT', 'file', { path, text, version });
const publish = async (path: string) =>
  call('POST', 'review', { path, version: (await open(path)).version, action: 'publish' });

test('保存只动改过的行，发布以后才到网站上', async () => {
  const { version } = await open('content/articles/yi.mdx');
  const saved = await save('content/articles/yi.mdx', article('乙').replace('   # 定稿', ''), version);
  expect(saved).toMatchObject({ status: 200, stage: 'draft', name: 'publisher' });
  expect(readFileSync(at('articles/yi.mdx'), 'utf8')).toBe(article('甲'));
  expect(await publish('content/articles/yi.mdx')).toMatchObject({ status: 200, stage: 'published' });
  expect(readFileSync(at('articles/yi.mdx'), 'utf8')).toBe(article('乙'));
  expect(readdirSync(at('articles'))).toEqual(['yi.mdx']);
});

test('恶意的和特别大的正文存成草稿，列出不多的几个问题，绝不发布', async () => {
  const texts = {
    names: article('乙').replace('---\n', '---\n__proto__: {admin: true}\nconstructor: 1\n'),
    problems: article('乙') + '<!-- 注 -->\n'.repeat(3000),
    quotation: article('乙') + '> '.repeat(400_000),
    table: `${article('乙')}\n${'|a'.repeat(20_000)}\n${'|-'.repeat(20_000)}\n${'|b\n'.repeat(20_000)}`,
  };
  for (const [name, text] of Object.entries(texts)) {
    const path = 'content/articles/yi.mdx';
    const { version } = await open(path);
    const saved = (await save(path, text, version)) as { problems: { message: string }[] };
    expect(saved, name).toMatchObject({ status: 200, stage: 'draft' });
    expect(saved.problems.length, name).toBeLessThanOrEqual(101);
    for (const { message } of saved.problems) expect(message, name).toMatch(/\p{Script=Han}/u);
    expect(((await open(path)).text as string).length, name).toBeGreaterThan(text.length - 100);
    if (name !== 'problems') expect(await publish(path), name).toMatchObject({ status: 422 });
  }
  expect(readFileSync(at('articles/yi.mdx'), 'utf8')).not.toContain('__proto__');
});

test('版本旧了就不收，并给出别人写的', async () => {
  const { version } = await open('content/articles/yi.mdx');
  as('author', '小王');
  await save('content/articles/yi.mdx', article('别人改的'), version);
  as('publisher');
  const refused = await save('content/articles/yi.mdx', article('我改的'), version);
  expect(refused).toMatchObject({
    status: 409,
    message: expect.stringContaining('「小王」改过'),
    theirs: { text: article('别人改的'), name: '小王' },
  });
  expect(await save('content/articles/yi.mdx', article('新建'), null)).toMatchObject({ status: 409 });
});

test('没登录什么也读不到、写不了', async () => {
  person = undefined;
  const calls = [
    ['GET', 'session'],
    ['GET', 'status'],
    ['GET', 'names'],
    ['GET', 'files?folder=content/articles'],
    ['GET', 'file?path=content/articles/yi.mdx'],
    ['PUT', 'file'],
    ['DELETE', 'file?path=content/articles/yi.mdx'],
    ['GET', 'review?path=content/articles/yi.mdx'],
    ['POST', 'review'],
    ['GET', 'move?path=content/articles/yi.mdx&to=er'],
    ['GET', 'working-copies?folder=articles'],
    ['PUT', 'working-copy'],
    ['GET', 'presence'],
    ['POST', 'presence'],
    ['GET', 'history?path=content/articles/yi.mdx'],
    ['GET', 'history/text?path=content/articles/yi.mdx&commit=main'],
    ['GET', 'media'],
    ['PUT', 'media?path=uploads/x.png'],
    ['DELETE', 'media?path=uploads/x.png'],
  ] as const;
  for (const [method, path] of calls)
    expect(await call(method, path), `${method} ${path}`).toMatchObject({ status: 401 });
});

test('作者不能发布，不能删已发布的，不能改名录', async () => {
  as('author');
  const yi = 'content/articles/yi.mdx';
  expect(await call('DELETE', `file?path=${yi}`)).toMatchObject({ status: 403 });
  const { version } = await open(yi);
  await save(yi, article('乙'), version);
  expect(await publish(yi)).toMatchObject({ status: 403, message: expect.stringContaining('作者') });
  const topics = await open('content/data/topics.yaml');
  expect(await save('content/data/topics.yaml', 'items: []\n', topics.version)).toMatchObject({
    status: 403,
  });
  expect(await call('DELETE', 'media?path=uploads/x.png')).toMatchObject({ status: 404 });
});

test('哪里不对用中文说明行和字段，不写进去', async () => {
  const bad = article('甲')
    .replace('summary: 一句话。\n', '')
    .replace('crops', 'cropz')
    .replace('正文。', '<Calout />');
  const saved = await save('content/articles/er.mdx', bad, null);
  expect(saved.status).toBe(200);
  const refused = await publish('content/articles/er.mdx');
  expect(refused.status).toBe(422);
  const said = (refused.problems as { field?: string; message: string }[]).map(
    ({ field = '', message }) => field + message,
  );
  expect(said.join('\n')).toMatch(/「摘要」不能为空[\s\S]*正文 .*Callout/);
  const lines = (refused.problems as { field?: string; line?: number }[]).map(({ line }) => line);
  // The dead reference is told together with the empty field.
  expect(lines).toEqual([undefined, undefined, 1]);
  expect(existsSync(at('articles/er.mdx'))).toBe(false);
  expect(await save('content/articles/san.mdx', article('乙').replace('crops', 'cropz'), null)).toMatchObject(
    {
      status: 200,
      problems: [{ field: '「主题」', message: expect.stringContaining('是不是「crops」') }],
    },
  );
  expect(await save('content/articles/si.mdx', `---js\n${article('乙').slice(4)}`, null)).toMatchObject({
    status: 422,
  });
});

test('链接里的百分号没有意义，和别的坏链接一样说明', async () => {
  const bad = article('乙').replace('正文。', '[甲](/a%zz) ![乙](/uploads/%ff.png)');
  const saved = await save('content/articles/er.mdx', bad, null);
  expect(saved).toMatchObject({ status: 200, problems: [{ line: 1 }, { line: 1 }] });
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
])('编辑后台碰不到「%s」', async (path) => {
  expect(await save(path, article('乙'), null)).toMatchObject({ status: 403 });
  expect(await call('GET', `file?path=${encodeURIComponent(path)}`)).toMatchObject({ status: 403 });
  expect(await call('DELETE', `file?path=${encodeURIComponent(path)}`)).toMatchObject({ status: 403 });
});

test('不跟着符号链接走出内容文件夹', async () => {
  const outside = mkdtempSync(join(tmpdir(), 'outside-'));
  writeFileSync(join(outside, 'x.mdx'), article('外面'));
  symlinkSync(join(outside, 'x.mdx'), at('articles/link.mdx'));
  symlinkSync(outside, at('news'));
  for (const path of ['content/articles/link.mdx', 'content/news/x.mdx'])
    expect(await call('GET', `file?path=${path}`), path).toMatchObject({ status: 403 });
  rmSync(outside, { recursive: true });
});

test('只有「发布」以上的人能改地址，新名字要合乎网址名，并记进操作记录', async () => {
  const path = 'content/articles/yi.mdx';
  const { version } = await open(path);
  const move = (to: unknown) => call('POST', 'review', { path, version, action: 'move', to });
  for (const role of ['author', 'reviewer'] as const) {
    as(role);
    for (const refused of [await move('er'), await call('GET', `move?path=${path}&to=er`)])
      expect(refused).toMatchObject({ status: 403, message: expect.stringContaining('「发布」以上的人') });
  }
  as('publisher');
  for (const to of ['../../etc/passwd', 'Er', '二', 'a b', '-'])
    expect(await move(to), to).toMatchObject({ status: 422, message: expect.stringContaining('网址名') });
  for (const to of [7, ['er'], { er: 1 }]) expect(await move(to)).toMatchObject({ status: 400 });
  expect(existsSync(at('articles/yi.mdx'))).toBe(true);
  expect(await call('GET', `move?path=${path}&to=er`)).toMatchObject({
    status: 200,
    from: '/articles/yi/',
    to: '/articles/er/',
    isPublic: true,
  });
  expect(await move('er')).toMatchObject({ status: 200, stage: 'published' });
  expect(readFileSync(at('articles/er.mdx'), 'utf8')).toBe(article('甲'));
  expect(audit.list({ action: 'move' })).toMatchObject([
    {
      login: 'publisher',
      target: '「甲」（content/articles/yi.mdx）',
      detail: '已发布：改为 content/articles/er.mdx',
    },
  ]);
  // A client that still has the former address gets what is there now.
  expect(await open(path)).toMatchObject({ path: 'content/articles/er.mdx', version });
});

test('太长的正文不读就拒绝', async () => {
  const refused = await save('content/articles/yi.mdx', '字'.repeat(1_000_000), 'x');
  expect(refused).toMatchObject({ status: 413, message: expect.stringContaining('最多 2 MB') });
  expect(await call('PUT', 'working-copy', { text: '字'.repeat(1_000_000) })).toMatchObject({ status: 413 });
});

test('还有别处引用的不能删，不论是一条内容还是名录里的一项', async () => {
  await save('content/articles/er.mdx', article('乙').replace('author:', 'related: [yi]\nauthor:'), null);
  await publish('content/articles/er.mdx');
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

test('还有地方显示、或者草稿里还在用的上传文件不能删', async () => {
  expect(await call('PUT', 'media?path=uploads/tu.svg', new Uint8Array(PICTURE))).toMatchObject({
    status: 200,
  });
  const shows = article('乙').replace('正文。', '<Figure src="/uploads/tu.svg" alt="图" />');
  await save('content/articles/er.mdx', shows, null);
  expect(await call('DELETE', 'media?path=uploads/tu.svg')).toMatchObject({ status: 422 });
  await publish('content/articles/er.mdx');
  expect(await call('DELETE', 'media?path=uploads/tu.svg')).toMatchObject({ status: 422 });
  await call('DELETE', 'file?path=content/articles/er.mdx');
  expect(await call('DELETE', 'media?path=uploads/tu.svg')).toMatchObject({ status: 200 });
  expect(existsSync(at('uploads/tu.svg'))).toBe(false);
});

test('上传的文件用安全的名字保存，同名的另一个文件加编号', async () => {
  const svg = (inside: string) =>
    new TextEncoder().encode(`<svg xmlns="http://www.w3.org/2000/svg">${inside}</svg>`);
  const upload = (path: string, bytes: Uint8Array) =>
    call('PUT', `media?path=${encodeURIComponent(path)}`, bytes);
  const circle = svg('<circle r="9"/>');
  expect(await upload('uploads/青贮.svg', circle)).toMatchObject({ path: 'uploads/qing-zhu.svg' });
  expect(await upload('uploads/qing-zhu.svg', circle)).toMatchObject({ path: 'uploads/qing-zhu.svg' });
  expect(await upload('uploads/../content/qing-zhu.svg', svg('<rect/>'))).toMatchObject({
    path: 'uploads/qing-zhu-2.svg',
  });
  expect(readdirSync(at('uploads')).sort()).toEqual(['qing-zhu-2.svg', 'qing-zhu.svg']);
  expect(await upload('uploads/a.html', circle)).toMatchObject({ status: 422 });
  expect(await upload('uploads/a.svg', svg('<script>alert(1)</script>'))).toMatchObject({ status: 422 });
});

test('按类型查得到内容和名录各项的名称', async () => {
  expect(await call('GET', 'names')).toMatchObject({
    articles: { yi: '甲' },
    topics: { crops: '种植', bees: '养蜂' },
  });
});

test('每个回答都是 cms/protocol 里写的样子，不多也不少', async () => {
  const answerTo = async (method: string, path: string, body?: object | Uint8Array) => {
    const sent = body instanceof Uint8Array ? body : body && JSON.stringify(body);
    const response = await app.request(`/api/${path}`, {
      method,
      ...(sent ? { body: sent as BodyInit } : {}),
    });
    return (await response.json()) as unknown;
  };
  const path = 'content/articles/yi.mdx';
  const file = storedFile.strict().parse(await answerTo('GET', `file?path=${path}`));
  const text = `${file.text}\n改过。\n`;
  const request = { path, text, version: file.version };
  const saved = savedFile.strict().parse(await answerTo('PUT', 'file', request));
  const answers: [z.ZodType, unknown][] = [
    [session.strict(), await answerTo('GET', 'session')],
    [buildStatus.strict(), await answerTo('GET', 'status')],
    [names, await answerTo('GET', 'names')],
    [z.array(listedEntry.strict()).min(1), await answerTo('GET', 'files?folder=content/articles')],
    [reviewState.strict(), await answerTo('GET', `review?path=${path}`)],
    [movePreview.strict(), await answerTo('GET', `move?path=${path}&to=jia`)],
    [z.array(historyItem.strict()).min(1), await answerTo('GET', `history?path=${path}`)],
    [storedMedia.strict(), await answerTo('PUT', 'media?path=uploads/feng.svg', PICTURE)],
    [mediaPage.strict(), await answerTo('GET', 'media')],
    [drawnPage.strict(), await answerTo('POST', 'preview', { type: 'articles', slug: 'yi', text })],
    [refusal.strict(), await answerTo('PUT', 'file', { ...request, text: `${text}又改。` })],
    [refusal.strict(), await answerTo('PUT', 'file', {})],
    [
      reviewState.strict(),
      await answerTo('POST', 'review', { path, version: saved.version, action: 'comment', comment: '好' }),
    ],
  ];
  for (const [schema, answer] of answers) expect(schema.safeParse(answer).error?.issues).toBeUndefined();
});
