import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Build } from '../../cms/server/build/contract.ts';
import { explainStart } from '../../cms/server/explain.ts';
import { backUp, restore } from '../../cms/server/services/backup/index.ts';
import { start } from '../../cms/server/start.ts';
import { Repository } from '../../cms/server/stores/content/repository.ts';
import { everyFile } from '../support/digests.ts';
import { openNewsroom, PASSWORD, visitorOf } from '../support/newsroom.ts';

/** What a power cut, a failing disk or a slip of the hand leaves in a data folder: a clear sentence, and nothing is lost. */

/** A folder in which an office has worked and was stopped in order; each test damages a copy. */
let office: string;
let data: string;
let root: string;
let built: boolean[];

const build: Build = async (folder, _previous, { isWhole }) => {
  built.push(isWhole);
  writeFileSync(join(folder, 'index.html'), '首页');
  return undefined;
};
const options = () => ({ data, content: 'tests/fixtures/county', port: 0, base: '/', build });
const article = (title: string) =>
  `---\ntitle: ${title}\nkind: article\nsummary: 一句话。\ntopic: farming\nauthor: 编写组\npublished: 2026-01-01\n---\n\n正文。\n`;
const pathOf = (slug: string) => `content/articles/${slug}.mdx`;

beforeAll(async () => {
  built = [];
  root = mkdtempSync(join(tmpdir(), 'damage-'));
  const opened = await openNewsroom({ steps: [], content: 'tests/fixtures/county', build });
  const author = await opened.member('xiaowang', 'publisher', '小王');
  for (const slug of ['cao-gao', 'fa-bu', 'fang-qi']) {
    const saved = await author.call('PUT', 'file', {
      path: pathOf(slug),
      text: article(slug),
      version: null,
    });
    if (slug === 'cao-gao') continue;
    const action = slug === 'fa-bu' ? 'publish' : 'discard';
    await author.call('POST', 'review', { path: pathOf(slug), version: saved.version, action });
  }
  await opened.served.settled();
  await opened.served.close();
  office = join(root, 'office');
  cpSync(opened.data, office, { recursive: true });
  rmSync(opened.data, { recursive: true, force: true });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

let round = 0;
beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  vi.spyOn(console, 'error').mockImplementation(() => {});
  built = [];
  data = join(root, `data-${round++}`);
  cpSync(office, data, { recursive: true });
});
afterEach(() => vi.restoreAllMocks());

const git = (...args: string[]) =>
  execFileSync('git', ['--git-dir', join(data, 'content.git'), ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
    .toString()
    .trim();

/** Why a start was refused; what it changed besides its lock is a failure. */
async function refusal(): Promise<string> {
  const seen = () => {
    const { lock: _, ...files } = everyFile(data);
    return Object.fromEntries(Object.entries(files).filter(([name]) => !/-(?:wal|shm)$/.test(name)));
  };
  const before = seen();
  const sentence = await start(options()).then(
    async (served) => {
      await served.close();
      return '启动了';
    },
    (error: Error) => explainStart(error),
  );
  expect(seen()).toEqual(before);
  return sentence;
}

/** Starts, and expects every account and entry of the office, and its site. */
async function expectWhole({ drafts = true } = {}) {
  const served = await start(options());
  try {
    const visitor = visitorOf(served.url);
    await visitor.post('admin/login/', { login: 'xiaowang', password: PASSWORD });
    const stage = async (slug: string) => (await visitor.call('GET', `file?path=${pathOf(slug)}`)).stage;
    expect(await stage('fa-bu')).toBe('published');
    if (drafts) expect(await stage('cao-gao')).toBe('draft');
    if (drafts) expect(await (await visitor.fetch('admin/desk/deleted/')).text()).toContain('fang-qi');
    await served.settled();
    expect(await (await fetch(served.url)).text()).toBe('首页');
  } finally {
    await served.close();
  }
}

/** Runs the command that a sentence tells to restore what was published. */
function obey(sentence: string) {
  const command = /^ +(.* update-ref refs\/heads\/main [0-9a-f]{40})$/m.exec(sentence)?.[1];
  execFileSync(command ?? 'false', { shell: '/bin/sh' });
}

test.each<[string, () => void]>([
  ['丢了', () => git('update-ref', '-d', '--no-deref', 'refs/heads/main')],
  ['文件没有了', () => rmSync(join(data, 'content.git/refs/heads/main'))],
  ['断电空了', () => truncateSync(join(data, 'content.git/refs/heads/main'))],
])('已发布内容的引用%s：不放演示内容，什么都不改，照话里说的命令就恢复', async (_, damage) => {
  damage();
  const sentence = await refusal();
  expect(sentence).toMatch(/(?:找不到已发布的内容.*用过：|退回到了以前的一次.*)里面有.*2 个账号/);
  expect(sentence).toMatch(/--restore 备份文件夹[\s\S]*fsck --lost-found/);
  obey(sentence);
  await expectWhole();
});

test('引用的文件没有了，打包的里面还是旧的：不悄悄退回去，照话里的命令就恢复；草稿照记录找回', async () => {
  const store = join(data, 'content.git');
  const older = git('rev-parse', 'refs/heads/main~1');
  const draft = git('rev-parse', 'refs/drafts/articles/cao-gao');
  git('pack-refs', '--all');
  const packed = readFileSync(join(store, 'packed-refs'), 'utf8');
  const published = git('rev-parse', 'refs/heads/main');
  writeFileSync(
    join(store, 'packed-refs'),
    packed.replaceAll(published, older).replace(draft, git('rev-parse', `${draft}~1`)),
  );
  const sentence = await refusal();
  expect(sentence).toMatch(/退回到了以前的一次，最近的几次发布不在里面/);
  obey(sentence);
  await expectWhole();
  expect(git('rev-parse', 'refs/drafts/articles/cao-gao')).toBe(draft);
});

test('有意退回到以前的一次提交，照办', async () => {
  git('update-ref', '--create-reflog', 'refs/heads/main', git('rev-parse', 'refs/heads/main~1'));
  const served = await start(options());
  expect(existsSync(join(data, 'content/articles/fa-bu.mdx'))).toBe(false);
  await served.close();
});

test('内容库整个没有了：不放演示内容，说怎样从备份恢复', async () => {
  rmSync(join(data, 'content.git'), { recursive: true });
  expect(await refusal()).toMatch(/找不到已发布的内容[\s\S]*npm run backup -- --restore/);
});

test('打包的引用没有了：草稿和回收站照记录找回，已发布的照话里的命令恢复', async () => {
  git('pack-refs', '--all');
  truncateSync(join(data, 'content.git/packed-refs'));
  obey(await refusal());
  await expectWhole();
  expect(console.warn).toHaveBeenCalledWith(expect.stringMatching(/2 份草稿照记录找回了最后一次保存/));
});

test('断电时正写的都截短了：草稿找回，网站重做，空的对象不挡着再存同样的文字', async () => {
  const store = join(data, 'content.git');
  truncateSync(join(store, 'refs/drafts/articles/cao-gao'));
  // An object that was on its way when the power went, and that the same text will ask for again.
  const text = article('再存一次');
  const name = execFileSync('git', ['hash-object', '--stdin'], { input: text }).toString().trim();
  mkdirSync(join(store, 'objects', name.slice(0, 2)), { recursive: true });
  writeFileSync(join(store, 'objects', name.slice(0, 2), name.slice(2)), 'x');
  const live = JSON.parse(readFileSync(join(data, 'releases/live.json'), 'utf8')).id;
  truncateSync(join(data, 'releases', live, 'site/index.html'));
  truncateSync(join(data, 'content/articles/fa-bu.mdx'), 20);
  for (const file of ['status.json', 'clock.json', 'outside-links.json'])
    writeFileSync(join(data, file), '{"a');
  writeFileSync(join(data, 'running'), '');

  await expectWhole();
  expect(built).toEqual([true]);
  expect(readFileSync(join(data, 'content/articles/fa-bu.mdx'), 'utf8')).toContain('正文');
  expect(existsSync(join(data, 'running'))).toBe(false);
  const served = await start(options());
  const visitor = visitorOf(served.url);
  await visitor.post('admin/login/', { login: 'xiaowang', password: PASSWORD });
  await visitor.call('PUT', 'file', { path: pathOf('zai'), text, version: null });
  expect(await visitor.call('GET', `file?path=${pathOf('zai')}`)).toMatchObject({ text });
  await served.close();
  git('fsck', '--connectivity-only');
});

test('整理内容库：空的对象、别的机器留下的 gc.pid 都不挡着；缺了要用的对象，说怎样从备份补回', async () => {
  const store = join(data, 'content.git');
  const repository = await Repository.open(store);
  mkdirSync(join(store, 'objects/ab'), { recursive: true });
  writeFileSync(join(store, 'objects/ab', 'c'.repeat(38)), '');
  writeFileSync(join(store, 'gc.pid'), '1 some-other-machine');
  await repository.pack();
  expect(readdirSync(join(store, 'objects')).filter((folder) => folder === 'ab')).toEqual([]);
  const objects = readdirSync(join(store, 'objects/pack')).filter((one) => one.endsWith('.pack'));
  expect(objects.length).toBeGreaterThan(0);

  const stopped = new AbortController();
  const packing = repository.pack(stopped.signal);
  stopped.abort();
  await expect(packing).rejects.toThrow();

  rmSync(join(store, 'objects/pack'), { recursive: true });
  await expect(repository.pack()).rejects.toThrow(/读不出来的文件.*从备份补回：cp -rn/);
  repository.close();
});

test('一份草稿的对象坏了：说是哪一份，别的照常', async () => {
  const commit = git('rev-parse', 'refs/drafts/articles/cao-gao');
  git('gc', '--quiet');
  const store = join(data, 'content.git');
  const pack = join(store, 'objects/pack');
  const away = join(root, 'away');
  renameSync(pack, away);
  mkdirSync(pack);
  for (const name of readdirSync(away).filter((one) => one.endsWith('.pack')))
    execFileSync('git', ['--git-dir', store, 'unpack-objects', '-q'], {
      input: readFileSync(join(away, name)),
    });
  rmSync(away, { recursive: true });
  const file = join(store, 'objects', commit.slice(0, 2), commit.slice(2));
  rmSync(file);
  writeFileSync(file, '坏了');
  writeFileSync(join(data, 'running'), '');
  await expectWhole({ drafts: false });
  expect(console.warn).toHaveBeenCalledWith(
    expect.stringMatching(/草稿（refs\/drafts\/articles\/cao-gao）读不出来/),
  );
});

test.each<[string, () => void, RegExp]>([
  [
    '数据库坏了',
    () => writeFileSync(join(data, 'portal.db'), '不是数据库'.repeat(500)),
    /portal.db」坏了.*从备份里恢复/,
  ],
  [
    '登录密钥没有了',
    () => rmSync(join(data, 'secret')),
    /有 2 个账号.*从备份里恢复这个文件.*NEW_KEYS=secret/,
  ],
  ['登录密钥空了', () => truncateSync(join(data, 'secret')), /不完整.*从备份里恢复/],
  ['格式的号码空了', () => truncateSync(join(data, 'format')), /读不懂.*从备份恢复这个文件/],
])('%s：不启动，说怎样恢复，什么都不改', async (_, damage, sentence) => {
  damage();
  for (const name of ['portal.db-wal', 'portal.db-shm']) rmSync(join(data, name), { force: true });
  expect(await refusal()).toMatch(sentence);
});

test('说好了要新的密钥才做新的', async () => {
  rmSync(join(data, 'secret'));
  vi.stubEnv('NEW_KEYS', 'secret');
  await expectWhole();
  vi.unstubAllEnvs();
  expect(existsSync(join(data, 'secret'))).toBe(true);
});

test('数据库被别的程序占着：说出来，放开以后照常启动', async () => {
  const other = new DatabaseSync(join(data, 'portal.db'));
  other.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;');
  expect(await refusal()).toMatch(/portal.db」正被别的程序占着.*关掉那个程序/);
  other.exec('ROLLBACK');
  other.close();
  await expectWhole();
});

test('恢复演练：开着的时候备份，数据文件夹整个没有了，恢复以后账号、内容、网站都一样', async () => {
  const to = join(root, 'backup');
  const served = await start(options());
  await backUp(data, to);
  await served.close();
  rmSync(data, { recursive: true });
  expect((await restore(to, data)).counts).toMatchObject({ accounts: 2 });
  await expectWhole();
  expect(built).toEqual([false]);
  // And without a backup that remembers more than the content.
  rmSync(data, { recursive: true });
  mkdirSync(data);
  cpSync(join(to, 'content.git'), join(data, 'content.git'), { recursive: true });
  const bare = await start(options());
  expect(bare.setupLink).toBeDefined();
  expect(readFileSync(join(data, 'content/articles/fa-bu.mdx'), 'utf8')).toContain('正文');
  await bare.close();
});

test('时钟在关机时被拨快：工作台说明停着什么，管理员按一下确认，记下是谁；别人按不了', async () => {
  const trusted = new Date(Date.now() - 40 * 86_400_000).toISOString();
  writeFileSync(join(data, 'clock.json'), JSON.stringify({ trusted }));
  const served = await start(options());
  try {
    const [administrator, publisher] = [visitorOf(served.url), visitorOf(served.url)];
    await administrator.post('admin/login/', { login: 'wang', password: PASSWORD });
    await publisher.post('admin/login/', { login: 'xiaowang', password: PASSWORD });
    const overview = async (visitor: typeof publisher) =>
      (await visitor.fetch('admin/desk/overview/')).text();
    expect(await overview(publisher)).toMatch(
      /时钟可能不准[\s\S]*定时发布、定时下线、删除到期的申请都先停着[\s\S]*请告诉管理员/,
    );
    expect(await overview(publisher)).not.toContain('现在的时间是对的</button>');
    expect((await publisher.post('admin/desk/health/', { do: 'confirm-clock' })).status).toBe(403);
    expect(await overview(administrator)).toContain('现在的时间是对的</button>');
    const answer = await administrator.post('admin/desk/health/', { do: 'confirm-clock' });
    expect(answer.status).toBe(303);
    for (const visitor of [administrator, publisher])
      expect(await overview(visitor)).not.toContain('时钟可能不准');
    expect(await (await administrator.fetch('admin/desk/audit/')).text()).toMatch(
      /王主任[\s\S]*确认现在的时间是对的/,
    );
    expect(await (await administrator.fetch('admin/desk/health/')).text()).toMatch(
      /还没有备份过[\s\S]*时钟[\s\S]*管理员确认了服务器的时间/,
    );
  } finally {
    await served.close();
  }
});

test('数据文件夹变成只读：不启动，说检查权限和磁盘，什么都不改', async ({ skip }) => {
  try {
    execFileSync('mount', ['--bind', data, data], { stdio: 'ignore' });
  } catch {
    return skip('把文件夹变成只读要有管理员权限');
  }
  execFileSync('mount', ['-o', 'remount,ro,bind', data], { stdio: 'ignore' });
  try {
    expect(await refusal()).toMatch(/写不了数据文件夹.*检查它的权限和磁盘的剩余空间/);
  } finally {
    execFileSync('umount', ['--lazy', data]);
  }
  await expectWhole();
});
