import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { openContent } from '../../../../src/store/index.ts';
import type { Role } from '../../../protocol/roles.ts';
import type { Action, Step } from '../../../protocol/review.ts';
import { Newsroom, type ReviewEvent } from './index.ts';
import { MAIN, Repository } from '../../stores/content/repository.ts';
import { seed } from '../../stores/content/seed.ts';

const folder = mkdtempSync(join(tmpdir(), 'portal-newsroom-'));
const content = openContent({
  contentDir: join(folder, 'content'),
  uploadsDir: join(folder, 'content/uploads'),
});

const article = (title: string, body = '正文。') =>
  `---\ntitle: ${title}   # 定稿\nkind: article\nsummary: 一句话。\ntopic: crops\nauthor: 编写组\npublished: 2026-01-01\n---\n\n${body}\n`;
const YI = 'content/articles/yi.mdx';
const ER = 'content/articles/er.mdx';

const person = (name: string, role: Role) => ({ id: name, name, login: name, role });
const zuo = person('zuo', 'author');
const chu = person('chu', 'reviewer');
const fu = person('fu', 'reviewer');
const fa = person('fa', 'publisher');

let repository: Repository;
let newsroom: Newsroom;
let clock = new Date('2026-11-23T01:00:00Z');
let steps: Step[] = ['first', 'second', 'final'];
const published: string[] = [];
const told: ReviewEvent[] = [];

async function reopen(): Promise<void> {
  repository?.close();
  repository = await Repository.open(join(folder, 'content.git'));
  await seed(repository, { content: join(folder, 'seed'), uploads: join(folder, 'none'), now: clock });
  newsroom = await Newsroom.open({
    repository,
    content,
    steps: () => steps,
    now: () => clock,
    onPublished: ({ why }) => published.push(why),
    onReviewed: (event) => told.push(event),
  });
}

beforeEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  for (const name of ['seed/articles', 'seed/data', 'content/uploads'])
    mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'seed/articles/yi.mdx'), article('甲'));
  writeFileSync(join(folder, 'seed/data/topics.yaml'), 'items:\n  - id: crops\n    name: 种植\n');
  clock = new Date('2026-11-23T01:00:00Z');
  steps = ['first', 'second', 'final'];
  published.length = 0;
  told.length = 0;
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
const act = (who: typeof zuo, action: Exclude<Action, 'save'>, path = YI, comment?: string, at?: string) =>
  newsroom.act(who, path, newsroom.read(path)?.version ?? '', { action, comment, at });
const stage = (path = YI) => newsroom.read(path)?.stage;
const said = (promise: Promise<unknown>) =>
  promise.then(
    () => '没有拒绝',
    (error: Error) => error.message,
  );

test('草稿经过三个人三审才上网站，谁也不审自己写的', async () => {
  await save(zuo, YI, article('乙'));
  expect(onSite(YI)).toBe(article('甲'));
  await act(zuo, 'submit');
  expect(await said(act(zuo, 'approve'))).toContain('初审要由「审核」以上的人来做');
  await act(chu, 'approve', YI, '可以');
  expect(await said(act(chu, 'approve'))).toContain('已经审过这一稿的前一步');
  await act(fu, 'approve');
  expect(stage()).toBe('final');
  expect(await said(act(chu, 'publish'))).toContain('终审要由「发布」以上的人来做');
  await act(fa, 'publish', YI, '同意发布');
  expect(stage()).toBe('published');
  expect(onSite(YI)).toContain('title: 乙');
  expect(published).toEqual(['发布：「乙」']);
  const { notes } = await newsroom.review(YI, zuo);
  expect(notes.map(({ name, action, comment }) => [name, action, comment])).toEqual([
    ['zuo', 'submit', undefined],
    ['chu', 'approve', '可以'],
    ['fu', 'approve', undefined],
    ['fa', 'publish', '同意发布'],
  ]);
  const history = await newsroom.history(YI);
  expect(history.map(({ name, message }) => `${name} ${message}`)).toEqual(
    ['fa 发布：「乙」', 'zuo 修改：「乙」', 'portal 初始内容'].map((line) =>
      line.replace('portal', '初始内容'),
    ),
  );
  expect(await newsroom.textAt(YI, history[2]?.commit ?? '')).toBe(article('甲'));
});

test('一起提交的，各通知一次；拒绝的、只是试一试的不通知；以前的网址也算那一条', async () => {
  const san = 'content/articles/san.mdx';
  await newsroom.act(fa, YI, newsroom.read(YI)?.version ?? '', { action: 'move', to: 'san' });
  await save(zuo, san, article('乙'));
  await save(zuo, ER, article('丙').replace('kind: article', 'kind: mei-you'));
  told.length = 0;
  const items = [YI, san, ER].map((path) => ({ path, version: newsroom.read(path)?.version ?? '' }));
  await newsroom.actAll(zuo, items, { action: 'submit', isRehearsal: true });
  expect(told).toEqual([]);
  await newsroom.actAll(zuo, items, { action: 'submit' });
  expect(told).toMatchObject([{ path: san, action: 'submit', by: { login: 'zuo' }, stage: 'first' }]);
});

test('有错误的稿子不能提交审核，错误和提醒一次说全；改好再交', async () => {
  await save(zuo, YI, article('乙', '新一界常委会。\n\n电话 13912345678。'));
  const refused = await act(zuo, 'submit').catch((error) => error);
  expect(refused.status).toBe(422);
  expect(refused.problems.map(({ message }: { message: string }) => message)).toEqual([
    expect.stringContaining('像是个人手机号'),
    '「界」应为「届」',
  ]);
  expect(stage()).toBe('draft');
  await save(zuo, YI, article('乙', '新一界常委会。'));
  await act(zuo, 'submit');
  expect(stage()).toBe('first');
});

test('有提醒时，要一条一条看过才能发布；哪些留着没改，有记录', async () => {
  const answerTo = (action: Exclude<Action, 'save'>, accepted?: string[], at?: string) =>
    newsroom.act(fa, YI, newsroom.read(YI)?.version ?? '', { action, accepted, at }).then(
      () => [],
      (error: { problems: { message: string }[] }) => error.problems.map(({ message }) => message),
    );
  steps = ['final'];
  await save(zuo, YI, article('乙', '新一界常委会。\n\n请登录帐号。'));
  await act(zuo, 'submit');
  const warnings = await answerTo('publish');
  expect(warnings).toEqual(['「界」应为「届」', '「帐」应为「账」']);
  expect(await answerTo('publish', warnings.slice(1))).toEqual(warnings);
  expect(await answerTo('schedule', [], '2026-11-24T01:00:00Z')).toEqual(warnings);
  expect(stage()).toBe('final');
  expect(await answerTo('publish', [...warnings, '没有的'])).toEqual([]);
  expect(stage()).toBe('published');
  expect((await newsroom.review(YI, zuo)).notes.at(-1)?.accepted).toEqual(warnings);
});

test('定时发布前看过、留着的提醒，到时不再拦', async () => {
  steps = [];
  await save(zuo, YI, article('乙', '新一界常委会。'));
  const accepted = ['「界」应为「届」'];
  const version = newsroom.read(YI)?.version ?? '';
  await newsroom.act(fa, YI, version, { action: 'schedule', at: '2026-11-24T01:00:00Z', accepted });
  clock = new Date('2026-11-24T01:00:01Z');
  expect(await newsroom.tick()).toEqual([]);
  expect(onSite(YI)).toContain('新一界');
});

test('不论什么角色，终审的人绝不是写过这一稿的人', async () => {
  steps = ['final'];
  await save(fa, YI, article('乙'));
  await act(fa, 'submit');
  expect(await said(act(fa, 'publish'))).toContain('你写过或改过这一稿，不能再给它终审');
  expect(await said(act(person('boss', 'administrator'), 'publish'))).toBe('没有拒绝');
});

test('退回的、审后又改的从头审起；审核的人可以在自己这一步里改', async () => {
  await save(zuo, YI, article('乙'));
  await act(zuo, 'submit');
  expect(await said(act(chu, 'return'))).toContain('请写明要改什么');
  await act(chu, 'return', YI, '题目太短');
  expect(stage()).toBe('draft');
  await act(zuo, 'submit');
  await save(chu, YI, article('乙二'));
  expect(stage()).toBe('first');
  expect(await said(act(chu, 'approve'))).toContain('你写过或改过这一稿');
  await act(fu, 'approve');
  await save(zuo, YI, article('乙三'));
  expect(stage()).toBe('draft');
});

test('看过以后又改了的，不能通过', async () => {
  await save(zuo, YI, article('乙'));
  await act(zuo, 'submit');
  const { version } = newsroom.read(YI) as { version: string };
  await save(zuo, YI, article('丙'));
  await act(zuo, 'submit');
  expect(await said(newsroom.act(chu, YI, version, { action: 'approve' }))).toContain('刚刚被改过');
});

test('两个人改同一条，后一个知道谁改了什么，两份文字都在', async () => {
  const opened = newsroom.read(YI)?.version ?? '';
  await save(zuo, YI, article('乙'));
  const refused = await newsroom
    .save(chu, { path: YI, text: article('丙'), version: opened })
    .catch((error) => error);
  expect(refused).toMatchObject({
    status: 409,
    message: expect.stringContaining('「zuo」改过'),
    theirs: { name: 'zuo' },
  });
  expect(refused.theirs.text).toContain('title: 乙');
});

test('草稿有错也能存，并说出哪里错；改好以前不能发布', async () => {
  steps = [];
  const { problems } = await save(fa, ER, article('乙').replace('crops', 'cropz'));
  expect(problems).toMatchObject([{ severity: 'error', field: '「主题」' }]);
  expect(await said(act(fa, 'publish', ER))).toContain('有 1 处要改');
  await save(fa, ER, article('乙'));
  await act(fa, 'publish', ER);
  expect(onSite(ER)).toContain('title: 乙');
});

test('一百八十万个字符的正文照样存成草稿，检查期间别的人照常保存，也说出从哪一行起、怎么办', async () => {
  const hostile = save(zuo, YI, article('丙', `好好的一段。\n\n${'!['.repeat(900_000)}`));
  await save(chu, ER, article('丁'));
  const { problems } = await hostile;
  expect(problems).toMatchObject([{ severity: 'error', line: 3 }]);
  expect(problems[0]?.message).toMatch(/正文有 \d+ 个字符，超过了 100000 个.*请分成几篇，或作为附件上传/);
  expect(newsroom.read(YI)?.text).toContain('title: 丙');
});

test('有人直接推进仓库的改动，不知道它的草稿不会把它盖掉', async () => {
  steps = [];
  await save(fa, YI, article('乙'));
  const from = newsroom.commit;
  const pushed = await repository.commit({
    by: { name: '开发', login: 'dev' },
    message: '改题',
    at: clock.getTime(),
    from,
    changes: new Map([[YI, article('推')]]),
  });
  await repository.updateRefs([{ ref: 'refs/heads/main', from, to: pushed }]);
  await newsroom.tick();
  expect(onSite(YI)).toBe(article('推'));
  const refused = await act(fa, 'publish').catch((error) => error);
  expect(refused).toMatchObject({ status: 409, theirs: { name: '开发', text: article('推') } });
  const version = newsroom.read(YI)?.version ?? '';
  await newsroom.save(fa, { path: YI, text: article('合'), version, seen: refused.theirs.version });
  await act(fa, 'publish');
  expect(onSite(YI)).toContain('title: 合');
});

test('定时发布和到时下线按时做，重启也不误', async () => {
  steps = ['final'];
  await save(zuo, YI, article('乙'));
  await act(zuo, 'submit');
  expect(await said(act(fa, 'schedule', YI, undefined, '2026-11-22T00:00:00Z'))).toContain('已经过了');
  await act(fa, 'schedule', YI, undefined, '2026-11-24T00:00:00Z');
  await newsroom.tick();
  expect(stage()).toBe('scheduled');
  await reopen();
  clock = new Date('2026-11-24T00:00:01Z');
  expect(await newsroom.tick()).toEqual([]);
  expect(stage()).toBe('published');
  expect(onSite(YI)).toContain('title: 乙');
  await act(fa, 'expire', YI, undefined, '2026-12-01T00:00:00Z');
  await reopen();
  clock = new Date('2026-12-02T00:00:00Z');
  await newsroom.tick();
  expect(onSite(YI)).toBeUndefined();
  expect(newsroom.read(YI)).toMatchObject({ stage: 'draft', text: expect.stringContaining('title: 乙') });
});

test('磁盘一时写不进去的照样发布，谁也不会接着旧的文字往下改', async () => {
  steps = [];
  await save(zuo, YI, article('乙'));
  const seen = newsroom.read(YI)?.version ?? '';
  // Where a folder lies nothing can be read or put in place.
  const blocked = join(folder, 'content/.commit');
  rmSync(blocked);
  mkdirSync(blocked);
  await newsroom.act(fa, YI, seen, { action: 'publish' });
  expect(published).toEqual([]);
  expect(await said(newsroom.save(zuo, { path: ER, text: article('别的'), version: null }))).toContain(
    'EISDIR',
  );
  rmSync(blocked, { recursive: true });
  await newsroom.tick();
  expect(published).toEqual(['发布：「乙」']);
  expect(onSite(YI)).toContain('title: 乙');
  expect(await save(zuo, YI, article('丙'))).toMatchObject({ stage: 'draft' });
});

test('这台机器用不了的文件名，不耽误别的上网站，也不耽误启动', async () => {
  const long = `content/articles/${'a'.repeat(250)}.mdx`;
  expect(await said(newsroom.save(fa, { path: long, text: article('长'), version: null }))).toContain(
    '文件名',
  );
  expect(
    await said(newsroom.save(fa, { path: 'content/articles/con.mdx', text: article('设备'), version: null })),
  ).toContain('文件名');
  const main = await repository.resolve(MAIN);
  const pushed = await repository.commit({
    by: fa,
    message: '推送',
    at: clock.getTime(),
    from: main,
    changes: new Map([
      [long, article('长')],
      [ER, article('二')],
    ]),
  });
  await repository.updateRefs([{ ref: MAIN, from: main ?? null, to: pushed }]);
  await newsroom.tick();
  expect(onSite(ER)).toContain('title: 二');
  await reopen();
  expect(onSite(ER)).toContain('title: 二');
});

test('到时下线一时做不成，过一会儿再做', async () => {
  await act(fa, 'expire', YI, undefined, '2026-12-01T00:00:00Z');
  clock = new Date('2026-12-02T00:00:00Z');
  const lock = join(repository.folder, 'refs/heads/main.lock');
  writeFileSync(lock, '');
  expect(await newsroom.tick()).toEqual(['「yi」到时下线暂时没有做成，过一会儿自动再试']);
  expect(onSite(YI)).toBeDefined();
  rmSync(lock);
  expect(await newsroom.tick()).toEqual([]);
  expect(onSite(YI)).toBeUndefined();
});

test('定时发布一时做不成，已经做过的审核都留着', async () => {
  steps = ['final'];
  await save(zuo, YI, article('乙'));
  await act(zuo, 'submit');
  await act(fa, 'schedule', YI, undefined, '2026-11-24T00:00:00Z');
  clock = new Date('2026-11-24T00:00:01Z');
  const lock = join(repository.folder, 'refs/heads/main.lock');
  writeFileSync(lock, '');
  expect(await newsroom.tick()).toEqual(['「乙」定时发布暂时没有做成，过一会儿自动再试']);
  expect(stage()).toBe('scheduled');
  rmSync(lock);
  expect(await newsroom.tick()).toEqual([]);
  expect(onSite(YI)).toContain('title: 乙');
});

test('登录名 Git 不收的人，也能放弃草稿，在回收站里找得到', async () => {
  const odd = { ...person('x', 'author'), login: 'a..b.lock' };
  await save(odd, ER, article('二'));
  await act(odd, 'discard', ER);
  const [item] = await newsroom.listDiscarded(odd);
  expect(item).toMatchObject({ path: ER, login: 'a..b.lock' });
  await newsroom.restore(odd, item?.id ?? '');
  expect(newsroom.read(ER)?.text).toContain('title: 二');
});

test('撤回定时，稿子回到终审以前，前面通过的照旧', async () => {
  steps = ['first', 'final'];
  await save(zuo, YI, article('乙'));
  await act(zuo, 'submit');
  await act(chu, 'approve');
  await act(fa, 'schedule', YI, undefined, '2026-11-24T00:00:00Z');
  await act(fa, 'unschedule');
  expect(stage()).toBe('final');
  clock = new Date('2026-11-25T00:00:00Z');
  expect(await newsroom.tick()).toEqual([]);
  expect(stage()).toBe('final');
  await act(fa, 'publish');
  expect(onSite(YI)).toContain('title: 乙');
});

test('时钟乱跳，也不提前发布，不重复发布，什么也不丢', async () => {
  steps = [];
  await save(fa, YI, article('乙'));
  await act(fa, 'schedule', YI, undefined, '2026-11-24T00:00:00Z');
  clock = new Date('2020-01-01T00:00:00Z');
  await newsroom.tick();
  expect(stage()).toBe('scheduled');
  clock = new Date('2031-01-01T00:00:00Z');
  await newsroom.tick();
  expect(stage()).toBe('published');
  clock = new Date('2026-11-23T00:00:00Z');
  await newsroom.tick();
  clock = new Date('2026-11-25T00:00:00Z');
  await newsroom.tick();
  expect(published).toEqual(['发布：「乙」']);
  await save(fa, YI, article('丙'));
  expect(newsroom.read(YI)?.text).toContain('title: 丙');
});

test('定时的稿子到时过不了把关，退给作者并说明原因', async () => {
  steps = [];
  await save(fa, ER, article('乙'));
  await act(fa, 'schedule', ER, undefined, '2026-11-24T00:00:00Z');
  const topics = newsroom.read('content/data/topics.yaml');
  await newsroom.save(fa, { path: 'content/articles/san.mdx', text: article('丙'), version: null });
  expect(topics?.stage).toBe('published');
  writeFileSync(join(folder, 'content/data/topics.yaml'), 'items: []\n');
  clock = new Date('2026-11-25T00:00:00Z');
  expect(await newsroom.tick()).toEqual([expect.stringContaining('定时发布没有成功')]);
  expect(stage(ER)).toBe('draft');
});

test('放弃的草稿不再列出，但仓库里还有', async () => {
  await save(zuo, ER, article('乙'));
  expect(await said(newsroom.remove(chu, ER))).toContain('只有写这一稿的人');
  await newsroom.remove(zuo, ER);
  expect(newsroom.read(ER)).toBeUndefined();
  const [commit] = [...(await repository.listRefs('refs/discarded/')).values()];
  expect(await repository.readText(commit ?? '', ER)).toContain('title: 乙');
});

test('删除已发布的要「发布」以上的人，历史里还有它的文字', async () => {
  expect(await said(newsroom.remove(zuo, YI))).toContain('要「发布」以上的人');
  await newsroom.remove(fa, YI);
  expect(onSite(YI)).toBeUndefined();
  const history = await newsroom.history(YI);
  expect(await newsroom.textAt(YI, history.at(-1)?.commit ?? '')).toBe(article('甲'));
});

test('放弃和删除的都在回收站，恢复成草稿，当时的意见也在', async () => {
  const { text } = await save(zuo, ER, article('乙'));
  await act(zuo, 'comment', ER, '缺一张图');
  await newsroom.remove(zuo, ER);
  await newsroom.remove(fa, YI);
  expect(await newsroom.listDiscarded(chu)).toEqual([]);
  expect((await newsroom.listDiscarded(zuo)).map(({ path }) => path)).toEqual([ER]);
  const bin = await newsroom.listDiscarded(fa);
  expect(bin.map(({ path }) => path).sort()).toEqual([ER, YI]);
  const [er, yi] = [ER, YI].map((path) => bin.find((item) => item.path === path)?.id ?? '') as [
    string,
    string,
  ];

  expect(await said(newsroom.restore(zuo, yi))).toContain('没有这一条');
  expect(await newsroom.restore(zuo, er)).toBe(ER);
  expect(newsroom.read(ER)).toMatchObject({ stage: 'draft', text });
  expect((await newsroom.review(ER, zuo)).notes.map(({ comment }) => comment)).toContain('缺一张图');
  await newsroom.restore(fa, yi);
  expect(onSite(YI)).toBeUndefined();
  steps = [];
  await reopen();
  await act(fa, 'publish');
  expect(onSite(YI)).toBe(article('甲'));
  expect(await newsroom.listDiscarded(fa)).toEqual([]);
  expect(await repository.fsck()).toBe('');
});

test('原来的地址上有了别的，就不恢复，以免盖掉', async () => {
  const { text } = await save(zuo, ER, article('乙'));
  await newsroom.remove(zuo, ER);
  await save(zuo, ER, article('另一篇'));
  const [item] = await newsroom.listDiscarded(zuo);
  expect(await said(newsroom.restore(zuo, item?.id ?? ''))).toContain('现在有一份草稿');
  steps = [];
  await act(fa, 'publish', ER);
  expect(await said(newsroom.restore(zuo, item?.id ?? ''))).toContain('另一条已发布的内容');
  expect((await newsroom.readDiscarded(zuo, item?.id ?? ''))?.document.text).toBe(text);
});

test('已发布内容的改动放弃了，还可以再拿起来', async () => {
  const { text } = await save(zuo, YI, article('新的甲'));
  await newsroom.act(zuo, YI, newsroom.read(YI)?.version ?? '', { action: 'discard' });
  expect(newsroom.read(YI)?.text).toBe(article('甲'));
  const [item] = await newsroom.listDiscarded(zuo);
  await newsroom.restore(zuo, item?.id ?? '');
  expect(newsroom.read(YI)).toMatchObject({ stage: 'draft', text });
  steps = [];
  await act(fa, 'publish');
  expect(onSite(YI)).toBe(text);
});

test('重启以后，每份草稿和它的审核都在，仓库完好', async () => {
  await save(zuo, ER, article('乙'));
  await act(zuo, 'submit', ER);
  await act(chu, 'approve', ER, '好');
  await reopen();
  expect(newsroom.waiting(fu)).toMatchObject([
    {
      path: ER,
      title: '「乙」',
      stage: 'second',
      authors: [{ login: 'zuo' }],
      actions: ['approve', 'return', 'comment'],
    },
  ]);
  expect(await repository.fsck()).toBe('');
});

test('同一个版本同时保存一百次：写进一次，别的都得到说明', async () => {
  const version = newsroom.read(YI)?.version ?? '';
  const results = await Promise.allSettled(
    Array.from({ length: 100 }, (_, index) =>
      newsroom.save(zuo, { path: YI, text: article(`第${index}`), version }),
    ),
  );
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('检查别的稿子时来的保存也都写进去，同一条的第二次排在第一次后面', async () => {
  const path = (index: number) => `content/articles/n-${index}.mdx`;
  const linking = (index: number) =>
    article(`第${index}`, `[甲](/articles/yi/) [无](/articles/no-${index}/)`);
  const saves = Array.from({ length: 20 }, (_, index) =>
    newsroom.save(zuo, { path: path(index), text: linking(index), version: null }),
  );
  await new Promise((done) => setTimeout(done, 5));
  const late = newsroom.save(fu, { path: path(20), text: linking(20), version: null });
  const saved = await Promise.all([...saves, late]);
  // Each is told of its own dead link, and of no other.
  expect(saved.map(({ problems }) => problems.map(({ message }) => message.match(/no-\d+/)?.[0]))).toEqual(
    saved.map((_, index) => [`no-${index}`]),
  );
  const [first, second] = await Promise.all(
    ['二', '三'].map((title) =>
      newsroom
        .save(zuo, { path: path(0), text: article(title), version: saved[0]?.version ?? '' })
        .catch((error: Error) => error.message),
    ),
  );
  expect(first).toMatchObject({ text: expect.stringContaining('title: 二') });
  expect(second).toMatch(/改过这一条/);
});

test('名录和设置由「发布」以上的人改，立即生效', async () => {
  const path = 'content/data/topics.yaml';
  const text = 'items:\n  - id: crops\n    name: 种植\n  - id: bees\n    name: 养蜂\n';
  expect(await said(save(zuo, path, text))).toContain('要「发布」以上的人来改');
  await save(fa, path, text);
  expect(onSite(path)).toBe(text);
  await save(zuo, ER, article('乙'));
  expect(await said(save(fa, path, 'items:\n  - id: bees\n    name: 养蜂\n'))).toContain('有 1 处要改');
});

test('保存站次时提醒排期里可疑的地方，同事的草稿也算，但从不因此拒绝', async () => {
  const stop = (uid: string, end: string) =>
    `---\ntitle: 大篷车\nuid: ${uid}\nstart: 2026-12-10T09:00\nend: 2026-12-10T${end}\nstate: tentative\nplace: 广场${uid}\ntownship: seat\nvehicle: che-1\nexhibitSet: light\nopen: open\npublished: 2026-11-20\n---\n`;
  await save(zuo, 'content/caravan/a.mdx', stop('a', '11:00'));
  const saved = await save(chu, 'content/caravan/b.mdx', stop('b', '12:00'));
  const warning = { severity: 'warning', field: '「车辆」', message: expect.stringContaining('时间重叠') };
  expect(saved).toMatchObject({ stage: 'draft' });
  expect(saved.problems).toContainEqual(expect.objectContaining(warning));
  const { problems } = await newsroom.review('content/caravan/b.mdx', chu);
  expect(problems).toContainEqual(expect.objectContaining(warning));
});

/** Overwrites the review record of an entry in the repository, as a program gone wrong would. */
async function damageRecord(ref: string, text: string) {
  const from = await repository.resolve(ref);
  const by = { name: '坏了', login: 'broken' };
  const changes = new Map([['reviews/articles/yi.json', text]]);
  const commit = await repository.commit({ by, message: '坏', at: clock.getTime(), from, changes });
  await repository.updateRefs([{ ref, from: from ?? null, to: commit }]);
}

test.each(['', '{"stage":"final"', '[]', '{"stage":"乱写"}'])(
  '审核记录坏了照常打开：草稿和意见都在，从头审起，写的人还是不能审自己的：%s',
  async (broken) => {
    const told = vi.spyOn(console, 'warn').mockImplementation(() => {});
    steps = ['first', 'final'];
    await save(chu, YI, article('乙'));
    await act(chu, 'comment', YI, '请快一点');
    await act(chu, 'submit');
    await damageRecord('refs/drafts/articles/yi', broken);
    await reopen();
    expect(newsroom.damaged).toEqual([
      expect.stringMatching(/「content\/articles\/yi.mdx」的审核记录坏了.*再提交一次/),
    ]);
    expect(told).toHaveBeenCalledOnce();
    expect(newsroom.read(YI)).toMatchObject({ stage: 'draft', text: expect.stringContaining('title: 乙') });
    const { notes, authors } = await newsroom.review(YI, zuo);
    expect(notes.map(({ comment }) => comment)).toContain('请快一点');
    expect(authors).toEqual([{ login: 'chu', name: 'chu' }]);
    await act(chu, 'submit');
    expect(await said(act(chu, 'approve'))).not.toBe('没有拒绝');
    await act(fu, 'approve');
    await act(fa, 'publish');
    expect(onSite(YI)).toContain('title: 乙');
    told.mockRestore();
  },
);

test('已发布的一条的审核记录坏了，别的照常，这一条也能再改再发', async () => {
  const told = vi.spyOn(console, 'warn').mockImplementation(() => {});
  steps = [];
  await damageRecord('refs/heads/main', '{"expireAt": 坏');
  await reopen();
  expect(newsroom.damaged).toHaveLength(1);
  await save(zuo, YI, article('乙'));
  await act(fa, 'publish');
  expect(onSite(YI)).toContain('title: 乙');
  expect((await newsroom.review(YI, zuo)).notes).toHaveLength(1);
  told.mockRestore();
});
