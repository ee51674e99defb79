import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { allPlaces } from '../uses.ts';
import { openContent } from '../../../../src/store/index.ts';
import { readCorpus } from '../../../../src/checks/corpus.ts';
import { checkContent } from '../../../../src/checks/index.ts';
import { types } from '../../../../src/types/index.ts';
import type { Action, Step } from '../../../protocol/review.ts';
import { Newsroom } from './index.ts';
import type { Role } from '../../../protocol/roles.ts';
import { revisedText } from '../revision.ts';
import { MAIN, Repository } from '../../stores/content/repository.ts';
import { seed } from '../../stores/content/seed.ts';

const folder = mkdtempSync(join(tmpdir(), 'portal-moving-'));
const content = openContent({
  contentDir: join(folder, 'content'),
  uploadsDir: join(folder, 'content/uploads'),
});

/** An entry's address is changed, and everything that leads to it comes along. */

const article = (title: string, { fields = '', body = '正文。' } = {}) =>
  `---\ntitle: ${title}   # 定稿\nkind: article\nsummary: 一句话。\ntopic: crops\nauthor: 编写组\npublished: 2026-01-01\n${fields}---\n\n${body}\n`;
const event = (fields: string) =>
  `---\ntitle: 讲座\nkind: lecture\nsummary: 一句话。\nuid: abc@kx.example\nstart: 2026-12-01T09:00\nend: 2026-12-01T11:00\nstate: confirmed\nhosts: [县科协]\nplace: 礼堂\nopen: public\npublished: 2026-11-01\n${fields}---\n`;

const JIU = 'content/articles/jiu.mdx';
const XIN = 'content/articles/xin.mdx';
const ER = 'content/articles/er.mdx';
const LIST = 'content/data/redirects.yaml';
const SETS = 'content/data/exhibit-sets.yaml';
const SETTINGS = `name: 县科普\nshortName: 科普\ncounty: 县\nassociation: 县科协\ndescription: 一句话。\nurl: https://kx.example/\nhome: []\n`;

const person = (name: string, role: Role) => ({ id: name, name, login: name, role });
const zuo = person('zuo', 'author');
const chu = person('chu', 'reviewer');
const fa = person('fa', 'publisher');

let repository: Repository;
let newsroom: Newsroom;
let steps: Step[] = [];
const clock = new Date('2026-11-23T01:00:00Z');
const published: string[] = [];

async function reopen(): Promise<void> {
  repository?.close();
  repository = await Repository.open(join(folder, 'content.git'));
  await seed(repository, {
    content: join(folder, 'seed'),
    uploads: join(folder, 'seed-uploads'),
    now: clock,
  });
  newsroom = await Newsroom.open({
    repository,
    content,
    steps: () => steps,
    now: () => clock,
    revise: revisedText,
    onPublished: ({ why }) => published.push(why),
  });
}

beforeEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  for (const name of ['seed/articles', 'seed/events', 'seed/news', 'seed/data', 'content/uploads'])
    mkdirSync(join(folder, name), { recursive: true });
  const write = (file: string, text: string) => writeFileSync(join(folder, 'seed', file), text);
  write('data/topics.yaml', 'items:\n  - id: crops\n    name: 种植\n');
  write('data/settings.yaml', SETTINGS);
  write(
    'data/exhibit-sets.yaml',
    '# 套组\nitems:\n  - id: dian\n    name: 电\n    exhibits:\n      - { name: 球, description: 看, grades: 小学, article: jiu } # 常用\n',
  );
  write('articles/jiu.mdx', article('旧', { body: '见[本页](/articles/jiu/#a)。' }));
  write('articles/jiu-shi.mdx', article('旧式'));
  write(
    'articles/er.mdx',
    article('二', {
      fields: 'related: [jiu-shi, jiu] # 先看\nbases: []\n',
      body: [
        '见[旧文](/articles/jiu/)、[一节](/articles/jiu#yi)、[海报](</articles/jiu/poster/>)和[旧式](/articles/jiu-shi/)。',
        '完整网址 https://kx.example/articles/jiu/?a=1 也是，别家的 https://other.example/articles/jiu/ 不是。',
        '网址写成 `/articles/jiu/` 的样子。',
        '[注]: /articles/jiu/',
      ].join('\n\n'),
    }),
  );
  write('events/jiang.mdx', event(''));
  write(
    'news/xiaoxi.mdx',
    '---\ntitle: 消息\nkind: news\nsummary: 一句话。\npublished: 2026-11-01\nevents: [jiang]\n---\n\n文。\n',
  );
  steps = [];
  published.length = 0;
  await reopen();
});
afterAll(() => {
  repository.close();
  rmSync(folder, { recursive: true, force: true });
});

const onSite = (path: string) => {
  try {
    return readFileSync(join(folder, path), 'utf8');
  } catch {
    return undefined;
  }
};
const save = (who: typeof zuo, path: string, text: string) =>
  newsroom.save(who, { path, text, version: newsroom.read(path)?.version ?? null });
const act = (who: typeof zuo, action: Exclude<Action, 'save'>, path: string) =>
  newsroom.act(who, path, newsroom.read(path)?.version ?? '', { action });
const move = (who: typeof zuo, path: string, to: string) =>
  newsroom.act(who, path, newsroom.read(path)?.version ?? '', { action: 'move', to });
const said = (promise: Promise<unknown>) =>
  promise.then(
    () => '没有拒绝',
    (error: Error) => error.message,
  );
const errors = () =>
  checkContent(readCorpus(content))
    .filter(({ severity }) => severity === 'error')
    .map(({ file, message }) => `${file} ${message}`);

test('内容、通到它的一切和旧地址在一次提交里一起改，别的都不动', async () => {
  const before = newsroom.commit;
  const seeded = { er: onSite(ER) ?? '', sets: onSite(SETS) ?? '' };
  expect(await newsroom.planMove(fa, JIU, 'xin')).toEqual({
    from: '/articles/jiu/',
    to: '/articles/xin/',
    isPublic: true,
    others: ['「二」', '「展品套组」'],
  });
  expect(await move(fa, JIU, 'xin')).toBe(XIN);

  expect(await repository.changedPaths(before, newsroom.commit)).toEqual([
    ER,
    JIU,
    XIN,
    SETS,
    LIST,
    'reviews/articles/xin.json',
  ]);
  expect(onSite(JIU)).toBeUndefined();
  expect(onSite(XIN)).toBe(article('旧', { body: '见[本页](/articles/xin/#a)。' }));
  expect(onSite(ER)).toBe(
    seeded.er
      .replace('[jiu-shi, jiu]', '[jiu-shi, xin]')
      .replace('(/articles/jiu/)', '(/articles/xin/)')
      .replace('(/articles/jiu#yi)', '(/articles/xin#yi)')
      .replace('/articles/jiu/poster/', '/articles/xin/poster/')
      .replace('kx.example/articles/jiu/', 'kx.example/articles/xin/')
      .replace(']: /articles/jiu/', ']: /articles/xin/'),
  );
  expect(onSite(SETS)).toBe(seeded.sets.replace('article: jiu', 'article: xin'));
  expect(onSite(LIST)).toBe('items:\n  - id: /articles/jiu/\n    to: /articles/xin/\n');
  expect(errors()).toEqual([]);
  expect(published).toEqual(['更改地址：/articles/jiu/ → /articles/xin/']);
  await reopen();
  expect(await repository.fsck()).toBe('');
  expect(newsroom.read(XIN)?.stage).toBe('published');
});

test('换了地址，历史接着往下记，以前的文字也在', async () => {
  await save(fa, JIU, article('旧一'));
  await act(fa, 'publish', JIU);
  await move(fa, JIU, 'xin');
  await move(fa, XIN, 'geng-xin');
  const path = 'content/articles/geng-xin.mdx';
  const history = await newsroom.history(path);
  expect(history.map(({ message }) => message)).toEqual([
    '更改地址：/articles/xin/ → /articles/geng-xin/',
    '更改地址：/articles/jiu/ → /articles/xin/',
    '发布：「旧一」',
    '修改：「旧一」',
    '初始内容',
  ]);
  expect(await newsroom.textAt(path, history[3]?.commit ?? '')).toBe(article('旧一'));
  const { notes } = await newsroom.review(path, fa);
  expect(notes.map(({ action, formerly }) => [action, formerly])).toEqual([
    ['publish', undefined],
    ['move', 'jiu'],
    ['move', 'xin'],
  ]);
});

test('搬两次，两个旧地址都一步转到最后的；搬回去，也不会转圈', async () => {
  await move(fa, JIU, 'xin');
  await move(fa, XIN, 'geng-xin');
  expect(onSite(LIST)).toBe(
    'items:\n  - id: /articles/jiu/\n    to: /articles/geng-xin/\n  - id: /articles/xin/\n    to: /articles/geng-xin/\n',
  );
  expect(onSite(ER)).toContain('related: [jiu-shi, geng-xin]');
  await move(fa, 'content/articles/geng-xin.mdx', 'jiu');
  expect(errors()).toEqual([]);
  expect(onSite(LIST)).not.toContain('id: /articles/jiu/');
  expect(onSite(LIST)?.match(/to: \/articles\/jiu\//g)).toHaveLength(2);
});

test('已经占用的地址不收：内容、草稿、旧地址、程序自己的页面、不像样的名字', async () => {
  await save(zuo, 'content/articles/cao-gao.mdx', article('草稿'));
  await move(fa, 'content/articles/jiu-shi.mdx', 'xin-shi');
  expect(await said(move(fa, JIU, 'er'))).toContain('已经有别的页面');
  expect(await said(move(fa, JIU, 'cao-gao'))).toContain('已经有一篇草稿');
  expect(await said(move(fa, JIU, 'jiu-shi'))).toContain('是「/articles/xin-shi/」的旧地址');
  for (const bad of ['Xin', '新', 'a_b', '-a', '../x', 'a/b', 'a'.repeat(81)])
    expect(await said(move(fa, JIU, bad)), bad).toContain('网址名');
  expect(await said(move(fa, JIU, 'jiu'))).toContain('和现在的一样');
  expect(await said(move(fa, JIU, ''))).toContain('请写新的网址名');
  expect(await said(move(fa, 'content/events/jiang.mdx', 'changes'))).toContain('网站自己有一页');
  expect(newsroom.read(JIU)?.stage).toBe('published');
});

test('单页不能搬到栏目的名字上', async () => {
  const page = 'content/pages/about.mdx';
  await save(fa, page, '---\ntitle: 简介\nsummary: 一句话。\npublished: 2026-01-01\n---\n\n文。\n');
  await act(fa, 'publish', page);
  for (const taken of ['caravan', 'uploads', 'admin', 'help', 'feed'])
    expect(await said(move(fa, page, taken)), taken).toContain('网站自己有一页');
  await move(fa, page, 'jianjie');
  expect(onSite(LIST)).toContain('id: /about/\n    to: /jianjie/');
});

test('新内容不能用旧地址，也不能靠改名录把旧地址再用起来', async () => {
  await move(fa, JIU, 'xin');
  expect(await said(save(zuo, JIU, article('别的')).then(() => undefined))).toBe('没有拒绝');
  await act(zuo, 'discard', XIN);
  const fresh = newsroom.save(zuo, { path: JIU, text: article('别的'), version: null });
  expect(await said(fresh)).toContain('是另一页的旧地址');
  const refused = save(fa, LIST, 'items:\n  - id: /articles/er/\n    to: /articles/xin/\n');
  await expect(refused).rejects.toMatchObject({
    status: 422,
    problems: [expect.objectContaining({ message: expect.stringContaining('现在有自己的页面') })],
  });
});

test('已公开的只有「发布」以上的人能搬；正在审核的、别人的草稿会挡住', async () => {
  steps = ['first', 'final'];
  for (const who of [zuo, chu]) {
    expect((await newsroom.review(JIU, who)).actions).not.toContain('move');
    expect(await said(move(who, JIU, 'xin'))).toContain('要「发布」以上的人才能更改地址');
    expect(await said(newsroom.planMove(who, JIU, 'xin'))).toContain('要「发布」以上的人');
  }
  expect((await newsroom.review(JIU, fa)).actions).toContain('move');
  await save(zuo, JIU, article('改'));
  expect((await newsroom.review(JIU, fa)).actions).not.toContain('move');
  expect(await said(move(fa, JIU, 'xin'))).toContain('「zuo」正在改这一条');
  await act(zuo, 'submit', JIU);
  expect(await said(move(fa, JIU, 'xin'))).toContain('现在是「待初审」');
  expect(newsroom.read(JIU)?.stage).toBe('first');
});

test('这期间有人改过，更改地址以前先说', async () => {
  const version = newsroom.read(JIU)?.version ?? '';
  await save(fa, JIU, article('改'));
  await act(fa, 'publish', JIU);
  const request = { action: 'move', to: 'xin' } as const;
  expect(await said(newsroom.act(fa, JIU, version, request))).toContain('刚刚被改过');
});

test('自己的草稿跟着搬，在新地址可以发布', async () => {
  await save(fa, JIU, article('改', { body: '[自己](/articles/jiu/)' }));
  await move(fa, JIU, 'xin');
  expect(newsroom.read(XIN)).toMatchObject({ stage: 'draft', path: XIN });
  expect(newsroom.read(XIN)?.text).toContain('[自己](/articles/xin/)');
  expect(onSite(XIN)).toContain('title: 旧');
  expect([...(await repository.listRefs('refs/drafts/')).keys()]).toEqual(['refs/drafts/articles/xin']);
  await reopen();
  await act(fa, 'publish', XIN);
  expect(onSite(XIN)).toContain('title: 改');
  expect((await newsroom.history(XIN)).map(({ message }) => message)).toContain('初始内容');
});

test('在旧地址打开着的表单，保存到内容现在的地址', async () => {
  const opened = newsroom.read(ER)?.version ?? null;
  await move(fa, ER, 'er-xin');
  const saved = await newsroom.save(zuo, { path: ER, text: article('二改'), version: opened });
  expect(saved).toMatchObject({ path: 'content/articles/er-xin.mdx', stage: 'draft' });
  expect(newsroom.read(ER)?.path).toBe('content/articles/er-xin.mdx');
  expect(await newsroom.history(ER)).toHaveLength(3);
  const stale = newsroom.save(chu, { path: ER, text: article('三改'), version: opened });
  expect(await said(stale)).toContain('「zuo」改过这一条');
});

test('别的内容的草稿通到旧地址的，字不改，发布时换成新地址', async () => {
  await save(zuo, ER, article('二改', { fields: 'related: [jiu]\n', body: '[旧文](/articles/jiu/)' }));
  const draft = newsroom.read(ER);
  await move(fa, JIU, 'xin');
  expect(newsroom.read(ER)).toEqual(draft);
  expect((await newsroom.review(ER, zuo)).problems).toEqual([]);
  steps = ['final'];
  await act(zuo, 'submit', ER);
  await act(fa, 'publish', ER);
  expect(onSite(ER)).toContain('related: [xin]');
  expect(onSite(ER)).toContain('[旧文](/articles/xin/)');
});

test('活动的日历编号不变，它的动态仍找得到它', async () => {
  const path = await move(fa, 'content/events/jiang.mdx', '2026-12-01-jiang-zuo');
  expect(onSite(path)).toBe(event(''));
  expect(onSite('content/news/xiaoxi.mdx')).toContain('events: [2026-12-01-jiang-zuo]');
  expect(errors()).toEqual([]);
});

test('没公开过的草稿，作者自己就能搬，不留旧地址', async () => {
  const path = 'content/articles/cuo.mdx';
  await save(zuo, path, article('新文'));
  await save(chu, ER, article('二改', { fields: 'related: [cuo]\n' }));
  expect(await said(move(zuo, path, 'dui'))).toContain('草稿「二改」引用着这一条');
  await act(chu, 'discard', ER);
  const before = newsroom.commit;
  expect(await newsroom.planMove(zuo, path, 'dui')).toMatchObject({ isPublic: false, others: [] });
  expect(await move(zuo, path, 'dui')).toBe('content/articles/dui.mdx');
  expect(newsroom.commit).toBe(before);
  expect(newsroom.read(path)).toBeUndefined();
  await reopen();
  expect(newsroom.read('content/articles/dui.mdx')?.text).toContain('title: 新文');
  expect((await newsroom.history('content/articles/dui.mdx')).map(({ message }) => message)).toEqual([
    '更改地址：/articles/cuo/ → /articles/dui/',
    '修改：「新文」',
  ]);
});

test('暂时下线的，搬家时留下旧地址；彻底删掉就不留', async () => {
  const path = 'content/articles/jiu-shi.mdx';
  await save(fa, ER, article('二改'));
  await act(fa, 'publish', ER);
  await act(fa, 'unpublish', path);
  expect(await said(move(zuo, path, 'xin-shi'))).toContain('要「发布」以上的人');
  const moved = await move(fa, path, 'xin-shi');
  expect(onSite(LIST)).toContain('id: /articles/jiu-shi/\n    to: /articles/xin-shi/');
  await act(fa, 'publish', moved);
  expect(onSite(moved)).toContain('title: 旧式');
  await newsroom.remove(fa, moved);
  expect(onSite(LIST)).toBe('items: []\n');
});

test('定好的下线时间跟着搬', async () => {
  const version = newsroom.read('content/articles/jiu-shi.mdx')?.version ?? '';
  await save(fa, ER, article('二改'));
  await act(fa, 'publish', ER);
  await newsroom.act(fa, 'content/articles/jiu-shi.mdx', version, {
    action: 'expire',
    at: '2026-11-24T00:00:00Z',
  });
  const moved = await move(fa, 'content/articles/jiu-shi.mdx', 'xin-shi');
  await reopen();
  expect((await newsroom.review(moved, fa)).expireAt).toBe('2026-11-24T00:00:00Z');
});

test('不论断在哪一刻，不是搬完了就是没开始：一次事务移动全部引用', async () => {
  await save(fa, JIU, article('改'));
  const main = newsroom.commit;
  const draft = newsroom.read(JIU);
  const powerCut = new Error('断电');
  vi.spyOn(repository, 'updateRefs').mockRejectedValueOnce(powerCut);
  expect(await said(move(fa, JIU, 'xin'))).toBe('断电');
  await reopen();
  expect(newsroom.commit).toBe(main);
  expect(newsroom.read(JIU)).toEqual(draft);
  expect(onSite(LIST)).toBeUndefined();

  // After the transaction, before anything is written out.
  const seen: string[][] = [];
  vi.spyOn(repository, 'updateRefs').mockImplementationOnce(async (refs) => {
    seen.push(refs.map(({ ref }) => ref));
    await Repository.prototype.updateRefs.call(repository, refs);
    throw powerCut;
  });
  expect(await said(move(fa, JIU, 'xin'))).toBe('断电');
  expect(seen).toEqual([[MAIN, 'refs/drafts/articles/jiu', 'refs/drafts/articles/xin']]);
  await reopen();
  expect(newsroom.read(XIN)).toMatchObject({ stage: 'draft', text: draft?.text });
  expect(onSite(JIU)).toBeUndefined();
  expect(onSite(XIN)).toContain('title: 旧');
  expect(await repository.fsck()).toBe('');
});

test('整个演示县，每种内容挑引用最多的一条搬，没有一处引用或链接断掉', async () => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'content/uploads'), { recursive: true });
  cpSync('content', join(folder, 'seed'), { recursive: true });
  cpSync('public/uploads', join(folder, 'seed-uploads'), { recursive: true });
  await reopen();
  expect(errors()).toEqual([]);
  const texts = [...allPlaces(content)].map(({ file }) => readFileSync(file, 'utf8'));
  const uses = (slug: string) =>
    texts.filter((text) => new RegExp(`(?<![a-z0-9-])${slug}(?![a-z0-9-])`).test(text)).length;
  const moves = types
    .filter(({ address }) => address)
    .flatMap((type) => {
      const slugs = content.filesOf(type).files.map(({ slug }) => slug);
      const [slug] = slugs.sort((a, b) => uses(b) - uses(a));
      return slug ? [{ type, slug }] : [];
    });
  expect(moves.length).toBeGreaterThan(10);
  const ledTo = new Set<string>();
  for (const { type, slug } of moves) {
    const path = `content/${type.name}/${slug}.${type.format}`;
    const { others } = await newsroom.planMove(fa, path, `${slug}-2`);
    if (others.length > 0) ledTo.add(type.name);
    await move(fa, path, `${slug}-2`);
  }
  expect(ledTo.size).toBeGreaterThan(6);
  expect(errors()).toEqual([]);
});
