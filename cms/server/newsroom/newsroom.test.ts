import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';

const folder = vi.hoisted(() => {
  // The folders are read when the modules are loaded.
  const made = `${process.env.TMPDIR ?? '/tmp'}/portal-newsroom-${process.pid}-${Date.now()}`;
  process.env.CONTENT_DIR = `${made}/content`;
  process.getBuiltinModule('node:fs').mkdirSync(`${made}/content/uploads`, { recursive: true });
  return made;
});

import type { Role } from '../people.ts';
import type { Action, Step } from '../../review.ts';
import { Newsroom } from './index.ts';
import { MAIN, Repository } from '../store/repository.ts';
import { seed } from '../store/seed.ts';

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

async function reopen(): Promise<void> {
  repository?.close();
  repository = await Repository.open(join(folder, 'content.git'));
  await seed(repository, { content: join(folder, 'seed'), uploads: join(folder, 'none'), now: clock });
  newsroom = await Newsroom.open({
    repository,
    folder: join(folder, 'content'),
    steps: () => steps,
    now: () => clock,
    onPublished: ({ why }) => published.push(why),
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

test('a draft goes through three reviews by three people before it is on the site, and nobody reviews what they wrote', async () => {
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

test('with warnings nothing is published before somebody has read each of them; which were let stand is on record', async () => {
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

test('warnings let stand when the time was set do not hold up the clock', async () => {
  steps = [];
  await save(zuo, YI, article('乙', '新一界常委会。'));
  const accepted = ['「界」应为「届」'];
  const version = newsroom.read(YI)?.version ?? '';
  await newsroom.act(fa, YI, version, { action: 'schedule', at: '2026-11-24T01:00:00Z', accepted });
  clock = new Date('2026-11-24T01:00:01Z');
  expect(await newsroom.tick()).toEqual([]);
  expect(onSite(YI)).toContain('新一界');
});

test('the final reviewer is never an author, whatever the role', async () => {
  steps = ['final'];
  await save(fa, YI, article('乙'));
  await act(fa, 'submit');
  expect(await said(act(fa, 'publish'))).toContain('你写过或改过这一稿，不能再给它终审');
  expect(await said(act(person('boss', 'administrator'), 'publish'))).toBe('没有拒绝');
});

test('a text that is sent back or changed after review begins anew; a reviewer may mend it in their own step', async () => {
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

test('approving a text that has changed since it was read is refused', async () => {
  await save(zuo, YI, article('乙'));
  await act(zuo, 'submit');
  const { version } = newsroom.read(YI) as { version: string };
  await save(zuo, YI, article('丙'));
  await act(zuo, 'submit');
  expect(await said(newsroom.act(chu, YI, version, { action: 'approve' }))).toContain('刚刚被改过');
});

test('a second editor of the same entry is told who changed what, and both texts are kept', async () => {
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

test('a draft may be saved with faults and says them; publishing waits until they are mended', async () => {
  steps = [];
  const { problems } = await save(fa, ER, article('乙').replace('crops', 'cropz'));
  expect(problems).toMatchObject([{ severity: 'error', field: '「主题」' }]);
  expect(await said(act(fa, 'publish', ER))).toContain('有 1 处要改');
  await save(fa, ER, article('乙'));
  await act(fa, 'publish', ER);
  expect(onSite(ER)).toContain('title: 乙');
});

test('what somebody pushed to the repository meanwhile is not overwritten by a draft that did not know it', async () => {
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
  await repository.move([{ ref: 'refs/heads/main', from, to: pushed }]);
  await newsroom.tick();
  expect(onSite(YI)).toBe(article('推'));
  const refused = await act(fa, 'publish').catch((error) => error);
  expect(refused).toMatchObject({ status: 409, theirs: { name: '开发', text: article('推') } });
  const version = newsroom.read(YI)?.version ?? '';
  await newsroom.save(fa, { path: YI, text: article('合'), version, seen: refused.theirs.version });
  await act(fa, 'publish');
  expect(onSite(YI)).toContain('title: 合');
});

test('scheduled publishing and expiry happen by the clock and survive a restart', async () => {
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

test('what the disk refused for a moment is published all the same, and nobody goes on from the text before it', async () => {
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

test('a file name that this machine cannot have keeps nothing else from the site, nor from starting', async () => {
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
  await repository.move([{ ref: MAIN, from: main ?? null, to: pushed }]);
  await newsroom.tick();
  expect(onSite(ER)).toContain('title: 二');
  await reopen();
  expect(onSite(ER)).toContain('title: 二');
});

test('what goes off line by the clock does so later when it cannot at once', async () => {
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

test('what is to be published by the clock keeps its reviews when it cannot be at once', async () => {
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

test('somebody whose login Git would not take in a name can give up a draft and find it in the bin', async () => {
  const odd = { ...person('x', 'author'), login: 'a..b.lock' };
  await save(odd, ER, article('二'));
  await act(odd, 'discard', ER);
  const [item] = await newsroom.setAside(odd);
  expect(item).toMatchObject({ path: ER, login: 'a..b.lock' });
  await newsroom.restore(odd, item?.id ?? '');
  expect(newsroom.read(ER)?.text).toContain('title: 二');
});

test('a time that is taken back leaves the text before its final step, with what was approved until then', async () => {
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

test('a clock that jumps publishes nothing early, nothing twice, and loses nothing', async () => {
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

test('a scheduled text that no longer passes the gate goes back to its author with the reason', async () => {
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

test('a discarded draft is off the list but stays in the repository', async () => {
  await save(zuo, ER, article('乙'));
  expect(await said(newsroom.remove(chu, ER))).toContain('只有写这一稿的人');
  await newsroom.remove(zuo, ER);
  expect(newsroom.read(ER)).toBeUndefined();
  const [commit] = [...(await repository.references('refs/discarded/')).values()];
  expect(await repository.readText(commit ?? '', ER)).toContain('title: 乙');
});

test('deleting a published entry needs a publisher, and the history still has its text', async () => {
  expect(await said(newsroom.remove(zuo, YI))).toContain('要「发布」以上的人');
  await newsroom.remove(fa, YI);
  expect(onSite(YI)).toBeUndefined();
  const history = await newsroom.history(YI);
  expect(await newsroom.textAt(YI, history.at(-1)?.commit ?? '')).toBe(article('甲'));
});

test('what was given up or deleted is in the bin, and comes back as a draft with what was said about it', async () => {
  const { text } = await save(zuo, ER, article('乙'));
  await act(zuo, 'comment', ER, '缺一张图');
  await newsroom.remove(zuo, ER);
  await newsroom.remove(fa, YI);
  expect(await newsroom.setAside(chu)).toEqual([]);
  expect((await newsroom.setAside(zuo)).map(({ path }) => path)).toEqual([ER]);
  const bin = await newsroom.setAside(fa);
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
  expect(await newsroom.setAside(fa)).toEqual([]);
  expect(await repository.faults()).toBe('');
});

test('nothing is restored over what stands at its address by now', async () => {
  const { text } = await save(zuo, ER, article('乙'));
  await newsroom.remove(zuo, ER);
  await save(zuo, ER, article('另一篇'));
  const [item] = await newsroom.setAside(zuo);
  expect(await said(newsroom.restore(zuo, item?.id ?? ''))).toContain('现在有一份草稿');
  steps = [];
  await act(fa, 'publish', ER);
  expect(await said(newsroom.restore(zuo, item?.id ?? ''))).toContain('另一条已发布的内容');
  expect((await newsroom.setAsideText(zuo, item?.id ?? ''))?.text).toBe(text);
});

test('a change of a published entry that was given up can be taken up again', async () => {
  const { text } = await save(zuo, YI, article('新的甲'));
  await newsroom.act(zuo, YI, newsroom.read(YI)?.version ?? '', { action: 'discard' });
  expect(newsroom.read(YI)?.text).toBe(article('甲'));
  const [item] = await newsroom.setAside(zuo);
  await newsroom.restore(zuo, item?.id ?? '');
  expect(newsroom.read(YI)).toMatchObject({ stage: 'draft', text });
  steps = [];
  await act(fa, 'publish');
  expect(onSite(YI)).toBe(text);
});

test('after a restart every draft is there with its review, and the repository is sound', async () => {
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
  expect(await repository.faults()).toBe('');
});

test('one hundred saves at once of one version: one is written, the others are told', async () => {
  const version = newsroom.read(YI)?.version ?? '';
  const results = await Promise.allSettled(
    Array.from({ length: 100 }, (_, index) =>
      newsroom.save(zuo, { path: YI, text: article(`第${index}`), version }),
    ),
  );
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('saves that come while others are looked at are all written, a second one of an entry after the first', async () => {
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

test('lists and settings are changed by a publisher, at once', async () => {
  const path = 'content/data/topics.yaml';
  const text = 'items:\n  - id: crops\n    name: 种植\n  - id: bees\n    name: 养蜂\n';
  expect(await said(save(zuo, path, text))).toContain('要「发布」以上的人来改');
  await save(fa, path, text);
  expect(onSite(path)).toBe(text);
  await save(zuo, ER, article('乙'));
  expect(await said(save(fa, path, 'items:\n  - id: bees\n    name: 养蜂\n'))).toContain('有 1 处要改');
});

test('saving a stop tells what is doubtful about the plan, drafts of colleagues included, and never refuses for it', async () => {
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
