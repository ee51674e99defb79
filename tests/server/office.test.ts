import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Office, openNewsroom, PASSWORD, type Visitor, visitorOf } from '../support/newsroom.ts';
import type { Build } from '../../cms/server/build/contract.ts';

/** The whole publishing server over HTTP: accounts, drafts, releases, and unauthorized requests. */

/** Another process that serves a data folder. */
async function startElsewhere(data: string) {
  const source = `
    import { writeFileSync } from 'node:fs';
    import { start } from './cms/server/start.ts';
    const build = async (folder) => writeFileSync(folder + '/index.html', '首页');
    const { url } = await start({ data: ${JSON.stringify(data)}, port: 0, build });
    console.log(url);`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return {
    url: line.toString().trim(),
    stop: async () => {
      child.kill();
      await once(child, 'close');
    },
  };
}

/** While it is set, builds wait for it. */
let held: Promise<void> | undefined;

/** A site of one page that shows the title of an article. */
const build: Build = async (folder, _previous, { commit }) => {
  const repository = join(office.data, 'content.git');
  const show = (path: string) =>
    execFileSync('git', ['--git-dir', repository, 'show', `${commit}:${path}`], {
      stdio: ['ignore', 'pipe', 'ignore'],
    }).toString();
  let text = '';
  try {
    text = show('content/articles/yi.mdx');
  } catch {
    // Not published yet.
  }
  await held;
  if (text.includes('坏')) throw new Error('content/articles/yi.mdx 第 2 行有问题');
  writeFileSync(join(folder, 'index.html'), `<title>${/title: (.*)/.exec(text)?.[1] ?? '首页'}</title>`);
};

let office: Office;
let author: Visitor;
let reviewer: Visitor;
let publisher: Visitor;

const YI = 'content/articles/yi.mdx';
const article = (title: string, body = '正文。') =>
  `---\ntitle: ${title}\nkind: article\nsummary: 一句话。\ntopic: farming\nauthor: 编写组\npublished: 2026-01-01\n---\n\n${body}\n`;

beforeAll(async () => {
  office = { data: '' } as Office;
  const opened = openNewsroom({
    steps: ['first', 'final'],
    content: 'tests/fixtures/county',
    build: async (...parts) => {
      if (office.data) return build(...parts);
      writeFileSync(join(parts[0], 'index.html'), '首页');
      return undefined;
    },
  });
  office = await opened;
  author = await office.member('xiaowang', 'author', '小王');
  reviewer = await office.member('laoli', 'reviewer', '老李');
  publisher = await office.member('zhangjie', 'publisher', '张姐');
});
afterAll(() => office.close());

const version = async (who: Visitor) => (await who.call('GET', `file?path=${YI}`)).version as string;
const save = async (who: Visitor, text: string) =>
  who.call('PUT', 'file', { path: YI, text, version: (await version(who)) ?? null });
const act = async (who: Visitor, action: string, more: object = {}) =>
  who.call('POST', 'review', { path: YI, version: await version(who), action, ...more });
const home = async () => (await fetch(office.url)).text();

test('作者写，审核的人通过，发布的人发布，访客就看到', async () => {
  expect(await save(author, article('乙'))).toMatchObject({ status: 200, stage: 'draft' });
  expect(await act(author, 'submit')).toMatchObject({ status: 200, stage: 'first' });
  expect(await act(author, 'approve')).toMatchObject({ status: 403 });
  expect(await act(reviewer, 'approve', { comment: '可以' })).toMatchObject({ status: 200, stage: 'final' });
  expect(await act(reviewer, 'publish')).toMatchObject({ status: 403 });
  expect(await act(publisher, 'publish')).toMatchObject({ status: 200, stage: 'published' });
  await office.served.settled();
  expect(await home()).toContain('<title>乙</title>');
  expect(await publisher.call('GET', 'status')).toMatchObject({ state: 'idle' });
});

test('发布了还不等于上线：生成期间发布的，下一次生成以后才上线', async () => {
  const publish = async (title: string) => {
    await save(publisher, article(title));
    await act(publisher, 'submit');
    await act(reviewer, 'approve');
    await act(office.administrator, 'publish');
  };
  const status = () => author.call('GET', `status?path=${YI}`);
  let release = () => {};
  held = new Promise((done) => {
    release = done;
  });
  await publish('丙');
  await publish('丁');
  expect(await status()).toMatchObject({ state: 'building', isLive: false });
  held = undefined;
  release();
  // From the first build to the second there is no moment at which all seems done.
  const states = new Set<unknown>();
  for (let answer = await status(); answer.isLive !== true; answer = await status()) states.add(answer.state);
  states.delete('building');
  expect([...states]).toEqual([]);
  expect(await home()).toContain('<title>丁</title>');
  expect(await author.call('GET', 'status?path=content/articles/er.mdx')).toMatchObject({ isLive: true });
});

test('生成失败，旧网站照旧并说明原因；下一次成功就上线', async () => {
  await save(author, article('坏'));
  await act(author, 'submit');
  await act(reviewer, 'approve');
  await act(publisher, 'publish');
  await office.served.settled();
  expect(await home()).toContain('<title>丁</title>');
  expect(await author.call('GET', `status?path=${YI}`)).toMatchObject({
    state: 'failed',
    isLive: false,
    message: expect.stringContaining('yi.mdx 第 2 行'),
  });
  await save(author, article('好'));
  await act(author, 'submit');
  await act(reviewer, 'approve');
  await act(publisher, 'publish');
  await office.served.settled();
  expect(await home()).toContain('<title>好</title>');
});

test('发布的人按一下就换回以前的一版', async () => {
  const page = await (await publisher.fetch('admin/desk/releases/')).text();
  const ids = [...page.matchAll(/name="id" value="([\d-]+)"/g)].map(([, id]) => id as string);
  expect((await author.post('admin/desk/releases/', { id: ids[0] as string })).status).toBe(403);
  expect((await publisher.post('admin/desk/releases/', { id: ids[0] as string })).status).toBe(303);
  expect(await home()).toContain('<title>丁</title>');
  expect(await author.call('GET', `status?path=${YI}`)).toMatchObject({ state: 'idle', isLive: false });
  expect((await publisher.post('admin/desk/releases/', { id: '../../..' })).status).toBe(404);
  expect((await author.post('admin/desk/releases/', { id: 'again' })).status).toBe(403);
  expect((await publisher.post('admin/desk/releases/', { id: 'again' })).status).toBe(303);
  await office.served.settled();
  expect(await home()).toContain('<title>好</title>');
  expect(await author.call('GET', `status?path=${YI}`)).toMatchObject({ state: 'idle', isLive: true });
});

test('删除的在工作台找得到，恢复成草稿，操作记录写着是谁', async () => {
  const SAN = 'content/articles/san.mdx';
  const saved = await author.call('PUT', 'file', { path: SAN, text: article('<b>三</b>'), version: null });
  expect(saved.status).toBe(200);
  await author.call('DELETE', `file?path=${SAN}`);
  const list = await (await author.fetch('admin/desk/deleted/')).text();
  const [, link = ''] = /href="(articles\/san\/[^"]+)"/.exec(list) ?? [];
  expect(list).toContain('&lt;b&gt;三&lt;/b&gt;');
  expect(await (await reviewer.fetch('admin/desk/deleted/')).text()).toContain('没有删除过什么');
  expect((await reviewer.fetch(`admin/desk/deleted/${link}`)).status).toBe(404);
  expect(await (await author.fetch(`admin/desk/deleted/${link}`)).text()).toContain('正文。');
  const restored = await author.post(`admin/desk/deleted/${link}`, {});
  expect(restored.status).toBe(303);
  expect(restored.headers.get('location')).toMatch(/admin\/#\/collections\/articles\/entries\/san$/);
  expect(await author.call('GET', `file?path=${SAN}`)).toMatchObject({ stage: 'draft' });
  expect((await author.post(`admin/desk/deleted/${link}`, {})).status).toBe(404);
  expect(await (await office.administrator.fetch('admin/desk/audit/')).text()).toContain('恢复');
});

test('做过的每件事都在操作记录里，写着是谁', async () => {
  const page = await (await office.administrator.fetch('admin/desk/audit/')).text();
  for (const words of ['小王', '提交审核', '老李', '通过', '张姐', '发布', '回退'])
    expect(page).toContain(words);
  expect((await author.fetch('admin/desk/audit/')).status).toBe(403);
});

test('克隆就是完整的备份：恢复以后，文字、草稿、审核和历史都一样', async () => {
  await save(author, article('还没发布'));
  const folder = mkdtempSync(join(tmpdir(), 'restored-'));
  const clone = join(folder, 'content.git');
  execFileSync('git', ['clone', '--quiet', '--mirror', join(office.data, 'content.git'), clone]);
  const { Repository, MAIN } = await import('../../cms/server/stores/content/repository.ts');
  const { Newsroom } = await import('../../cms/server/services/newsroom/index.ts');
  const { openContent } = await import('../../src/store/index.ts');
  const repository = await Repository.open(clone);
  const newsroom = await Newsroom.open({
    repository,
    content: openContent({ contentDir: join(folder, 'content') }),
    steps: () => ['first', 'final'],
    now: () => new Date(),
    onPublished: () => {},
  });
  expect(await repository.resolve(MAIN)).toBe(office.served.newsroom.commit);
  expect(newsroom.read(YI)).toEqual(office.served.newsroom.read(YI));
  expect(await newsroom.history(YI)).toEqual(await office.served.newsroom.history(YI));
  const person = { id: 'x', name: 'x', login: 'x', role: 'author' } as const;
  expect((await newsroom.review(YI, person)).notes).toEqual(
    (await office.served.newsroom.review(YI, person)).notes,
  );
  expect(readFileSync(join(folder, 'content/articles/yi.mdx'), 'utf8')).toContain('title: 好');
  expect(existsSync(join(folder, 'content/data/topics.yaml'))).toBe(true);
  repository.close();
  rmSync(folder, { recursive: true });
});

test('有人工作时做的备份，放到丢了的文件夹的位置，还是同一个编辑部', async () => {
  const { backUp } = await import('../../cms/backup.ts');
  const folder = mkdtempSync(join(tmpdir(), 'backup-'));
  await backUp(office.data, folder);
  await save(author, article('备份以后'));
  await backUp(office.data, folder);
  expect(existsSync(join(folder, 'requests.key'))).toBe(false);
  // A server of its own: this process reads the content of the first one.
  const { url, stop } = await startElsewhere(folder);
  const again = visitorOf(url);
  await again.post('admin/login/', { login: 'xiaowang', password: PASSWORD });
  expect(await again.call('GET', `file?path=${YI}`)).toMatchObject({
    status: 200,
    stage: 'draft',
    text: expect.stringContaining('title: 备份以后'),
  });
  await stop();
  rmSync(folder, { recursive: true });
});

const READS = [
  'session',
  'status',
  'names',
  'files?folder=content/articles',
  `file?path=${YI}`,
  `review?path=${YI}`,
  `history?path=${YI}`,
  'media',
];

test('外人什么也读不到，编辑部的页面一页也看不到', async () => {
  const stranger = office.visitor();
  for (const path of READS) expect(await stranger.call('GET', path), path).toMatchObject({ status: 401 });
  for (const path of [
    '',
    'overview/',
    'people/',
    'settings/',
    'audit/',
    'audit/export.csv',
    'releases/',
    'requests/',
    'schedule/',
  ]) {
    const response = await stranger.fetch(`admin/desk/${path}`);
    expect([302, 303], path).toContain(response.status);
    expect(response.headers.get('location'), path).toContain('login/');
  }
});

test('别的网站不能冒用已登录的人做事', async () => {
  const headers = { origin: 'https://evil.example' };
  const stolen = await publisher.fetch('api/review', {
    method: 'POST',
    headers: { ...headers, 'x-portal': '1', 'content-type': 'application/json' },
    body: '{}',
  });
  expect(stolen.status).toBe(403);
  const form = await publisher.fetch('admin/desk/releases/', {
    method: 'POST',
    headers,
    body: new URLSearchParams({ id: 'x' }),
  });
  expect(form.status).toBe(403);
  const noToken = await publisher.fetch('admin/desk/releases/', {
    method: 'POST',
    body: new URLSearchParams({ id: 'x' }),
  });
  expect(noToken.status).toBe(403);
  const plain = await publisher.fetch('api/file', { method: 'DELETE' });
  expect(plain.status).toBe(403);
});

test('内容以外的什么也读不到、写不了，不论路径怎样写', async () => {
  const paths = [
    'content/articles/../../portal.db',
    'content/.git/config',
    '../content.git/config',
    'content/articles/%2e%2e/x.mdx',
    'reviews/articles/yi.json',
    'content/.commit',
    '/etc/passwd',
    'server.json',
    'content/articles/yi.mdx\0.yaml',
    'content/articles/yi.mdx\nmain:server.json',
  ];
  for (const path of paths) {
    expect(await publisher.call('GET', `file?path=${encodeURIComponent(path)}`), path).toMatchObject({
      status: 403,
    });
    expect(
      await publisher.call('PUT', 'file', { path, text: article('甲'), version: null }),
      path,
    ).toMatchObject({ status: 403 });
    const history = await publisher.call(
      'GET',
      `history/text?path=${encodeURIComponent(path)}&commit=${'0'.repeat(40)}`,
    );
    expect(history.status, path).toBe(403);
  }
  const files = [
    'content.git/config',
    'portal.db',
    'server.json',
    'secret',
    '../server.json',
    '.git/config',
    'admin/../../server.json',
    'releases/live.json',
  ];
  for (const path of files) expect((await fetch(office.url + path)).status, path).toBe(404);
});

test('别的工具会运行的文件开头不收', async () => {
  for (const head of ['---js', '---javascript', '---json', '+++', '--- js']) {
    const text = article('甲').replace('---', head);
    const answer = await author.call('PUT', 'file', { path: 'content/articles/js.mdx', text, version: null });
    expect(answer, head).toMatchObject({ status: 422 });
  }
});

test('编辑在编辑部任何一栏里打的都是文字，不会变成标签', async () => {
  const script = '<script>alert(1)</script>"><img src=x onerror=alert(1)>';
  await office.administrator.post('admin/desk/people/', {
    name: script.slice(0, 20),
    login: 'xss',
    role: 'author',
  });
  await save(author, article('危险').replace('危险', JSON.stringify(script)));
  await act(author, 'comment', { comment: script });
  for (const page of ['overview/', 'audit/', 'people/', 'releases/', 'settings/', 'requests/', 'schedule/']) {
    const html = await (await office.administrator.fetch(`admin/desk/${page}`)).text();
    expect(html, page).not.toMatch(/<script>alert|<img src=x/);
  }
});

test('同一份数据上的第二个服务器不启动', async () => {
  const { start } = await import('../../cms/server/start.ts');
  await expect(start({ data: office.data, port: 0, build: async () => {} })).rejects.toThrow(
    '已经有一个编辑服务在用',
  );
  cpSync(join(office.data, 'server.json'), join(office.data, 'server.copy.json'));
});
