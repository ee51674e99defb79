import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openOffice } from '../../../../tests/support/office.ts';
import { everyFile } from '../../../../tests/support/digests.ts';
import { Repository } from '../../stores/content/repository.ts';
import { seed } from '../../stores/content/seed.ts';
import { backUp, listGenerations, restore, verify } from './index.ts';

/** Backups of a small office, and what becomes of them when something in it is damaged. */

let root: string;
let data: string;
let to: string;
let restored: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'backup-'));
  data = join(root, 'data');
  mkdirSync(join(root, 'seed/articles'), { recursive: true });
  for (let number = 0; number < 12; number++)
    writeFileSync(join(root, `seed/articles/a-${number}.mdx`), `---\ntitle: 第 ${number} 篇\n---\n`);
  const repository = await Repository.open(join(data, 'content.git'));
  await seed(repository, { content: join(root, 'seed'), uploads: join(root, 'none'), now: new Date() });
  repository.close();
  const office = await openOffice(data);
  await office.member(await office.administrator(), 'xiaowang');
  office.database.close();
  writeFileSync(join(data, 'server.json'), '{}');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));
let count = 0;
beforeEach(() => {
  to = join(root, `to-${count}`);
  restored = join(root, `restored-${count++}`);
});

let clock = Date.parse('2026-11-01T18:00:00Z');
function nextDay() {
  clock += 86_400_000;
  return new Date(clock);
}
const make = (options = {}) => backUp(data, to, { now: nextDay(), ...options });
const git = (...args: string[]) =>
  execFileSync('git', ['--git-dir', join(data, 'content.git'), ...args])
    .toString()
    .trim();

/** Does something to the data folder and undoes it. */
async function whileDamaged(file: string, damage: (path: string) => void, check: () => Promise<void>) {
  const path = join(data, file);
  const before = readFileSync(path);
  damage(path);
  try {
    await check();
  } finally {
    writeFileSync(path, before);
  }
}

test('备份是带日期的一份份，都检查过；没变的对象几份共用；只有本机用户能读', async () => {
  expect(await make()).toMatchObject({ entries: 12, unpublished: 0, accounts: 2, requests: 0 });
  await make();
  const [newest, oldest] = listGenerations(to);
  expect(listGenerations(to)).toHaveLength(2);
  expect(newest?.manifest?.counts.entries).toBe(12);
  const pack = (folder = '') => {
    const parent = join(folder, 'content.git/objects/pack');
    const name = readdirSync(parent).find((one) => one.endsWith('.pack')) ?? '';
    return statSync(join(parent, name)).ino;
  };
  expect(pack(newest?.folder)).toBe(pack(oldest?.folder));
  expect(readdirSync(to).sort()).toEqual(
    ['content.git', 'generations', 'manifest.json', 'portal.db', 'secret', 'server.json'].sort(),
  );
  if (process.platform === 'win32') return;
  const modeOf = (path: string) => statSync(path).mode & 0o777;
  expect(modeOf(to)).toBe(0o700);
  for (const folder of [to, newest?.folder ?? ''])
    for (const name of ['portal.db', 'secret', 'server.json', 'manifest.json'])
      expect(modeOf(join(folder, name)), name).toBe(0o600);
});

const overwrite = (path: string) => {
  const bytes = readFileSync(path);
  // Behind the first page: the file still opens.
  writeFileSync(path, bytes.fill(0x5a, 4096, 40_000));
};

test.each<[string, string, (path: string) => void, RegExp]>([
  ['数据库被改乱', 'portal.db', overwrite, /没有备份|数据库 portal.db (?:有损坏|读不出来)/],
  ['数据库空了', 'portal.db', (path) => truncateSync(path), /账号从 2 变成 0/],
  ['数据库不是数据库', 'portal.db', (path) => writeFileSync(path, '坏'.repeat(3000)), /portal.db 读不出来/],
  ['登录密钥空了', 'secret', (path) => truncateSync(path), /登录密钥 secret 没有或是空的/],
  ['登录密钥没有了', 'secret', (path) => rmSync(path), /登录密钥 secret 没有或是空的/],
  ['服务器设置坏了', 'server.json', (path) => writeFileSync(path, '{'), /server.json 读不懂/],
  ['引用丢了', 'content.git/refs/heads/main', (path) => rmSync(path), /没有已发布的内容/],
  ['引用空了', 'content.git/refs/heads/main', (path) => truncateSync(path), /没有已发布的内容|git fetch/],
])('%s：不备份，说明原因，以前的一个字节也不变', async (_, file, damage, sentence) => {
  await make();
  const before = everyFile(to);
  await whileDamaged(file, damage, async () => {
    for (const name of ['portal.db-wal', 'portal.db-shm']) rmSync(join(data, name), { force: true });
    await expect(make()).rejects.toThrow(sentence);
  });
  expect(everyFile(to)).toEqual(before);
});

test('内容一下子少了很多，不备份；说明是自己删的才备份', async () => {
  await make();
  const main = git('rev-parse', 'refs/heads/main');
  const tree = git('mktree', '--missing');
  const empty = execFileSync(
    'git',
    ['--git-dir', join(data, 'content.git'), 'commit-tree', tree, '-m', '空'],
    {
      env: {
        ...process.env,
        GIT_AUTHOR_NAME: 'a',
        GIT_AUTHOR_EMAIL: 'a@b',
        GIT_COMMITTER_NAME: 'a',
        GIT_COMMITTER_EMAIL: 'a@b',
      },
      input: '',
    },
  )
    .toString()
    .trim();
  git('update-ref', 'refs/heads/main', empty);
  try {
    await expect(make()).rejects.toThrow(/已发布的内容文件从 12 变成 0.*怕是丢了东西.*--anyway/);
    expect((await make({ acceptsLosses: true })).entries).toBe(0);
  } finally {
    git('update-ref', 'refs/heads/main', main);
  }
});

test('有来校申请而没有它们的密钥，不备份，说该放回来', async () => {
  const database = new DatabaseSync(join(data, 'portal.db'));
  database.exec('CREATE TABLE visitRequests (reference TEXT); INSERT INTO visitRequests VALUES (1)');
  try {
    await expect(make()).rejects.toThrow(/1 份来校申请.*没有它们的密钥 requests.key.*放回数据文件夹/);
    writeFileSync(join(data, 'requests.key'), 'k'.repeat(44));
    await make();
    expect(existsSync(join(to, 'requests.key'))).toBe(false);
    // The backup knows which key belongs to it.
    expect((await restore(to, restored)).todo).toMatch(/把另外保管的 requests.key 放进/);
    rmSync(restored, { recursive: true });
    mkdirSync(restored);
    writeFileSync(join(restored, 'requests.key'), 'another');
    expect((await restore(to, restored)).todo).toMatch(/不是这些来校申请的那一把/);
    rmSync(restored, { recursive: true });
    mkdirSync(restored);
    writeFileSync(join(restored, 'requests.key'), 'k'.repeat(44));
    expect((await restore(to, restored)).todo).toBeUndefined();
  } finally {
    database.exec('DROP TABLE visitRequests');
    database.close();
  }
});

test('备份以后在磁盘上坏了，检查得出来是哪一份、哪里坏了，也不拿它恢复', async () => {
  await make();
  await make();
  const [newest, oldest] = listGenerations(to);
  truncateSync(join(newest?.folder ?? '', 'portal.db'), 5000);
  writeFileSync(join(oldest?.folder ?? '', 'manifest.json'), '{');
  expect((await verify(to)).map(({ problem }) => problem)).toEqual([
    expect.stringContaining('portal.db 和备份时不一样了'),
    expect.stringContaining('manifest.json 没有或读不懂'),
  ]);
  await expect(restore(to, restored)).rejects.toThrow(/这一份坏了.*请在后面写明换哪一份/);
  expect((await restore(to, restored, oldest?.name)).counts.accounts).toBe(2);
  expect(existsSync(join(restored, 'portal.db'))).toBe(true);
});

test('0.1.0 的备份文件夹接着用：它是上一次，能恢复，也拿来比较', async () => {
  mkdirSync(to);
  execFileSync('git', ['clone', '--quiet', '--mirror', join(data, 'content.git'), join(to, 'content.git')]);
  for (const name of ['portal.db', 'secret', 'server.json'])
    writeFileSync(join(to, name), readFileSync(join(data, name)));
  expect(listGenerations(to)).toMatchObject([{ name: 'latest' }]);
  expect((await restore(to, restored)).counts).toMatchObject({ entries: 12, accounts: 2 });
  await whileDamaged(
    'portal.db',
    (path) => truncateSync(path),
    async () => {
      await expect(make()).rejects.toThrow(/账号从 2 变成 0/);
    },
  );
  await make();
  expect(listGenerations(to)).toHaveLength(1);
});

test('时钟拨回去以后的备份还是最新的一份，恢复的就是它', async () => {
  await make();
  writeFileSync(join(data, 'server.json'), '{"publicUrl":""}');
  await backUp(data, to, { now: new Date('2020-01-01T00:00:00Z') });
  expect(listGenerations(to).map(({ name }) => name)[0]).toBe('20200101-000000');
  await restore(to, restored);
  expect(readFileSync(join(restored, 'server.json'), 'utf8')).toBe('{"publicUrl":""}');
  writeFileSync(join(data, 'server.json'), '{}');
});

test('不恢复到有东西的文件夹上，也不备份到数据文件夹里面', async () => {
  await make();
  await expect(restore(to, data)).rejects.toThrow(/不是空的，不覆盖它.*改名留着/);
  await expect(backUp(data, join(data, 'backup'))).rejects.toThrow(/不能放在数据文件夹里面/);
  await expect(restore(to, restored, '20200101-000000')).rejects.toThrow(/没有 20200101-000000 这一份/);
  await expect(backUp(join(root, 'none'), to)).rejects.toThrow(/里没有内容库/);
});

test('工作汇报的草稿也备份、也恢复；写到一半的不带，后来删掉的不留在新的一份里', async () => {
  const draft = (id: string) => join(data, 'reports/2031', id);
  for (const id of ['20320103-020000-001', '20320104-020000-001', '20320105-020000-001.part']) {
    mkdirSync(draft(id), { recursive: true });
    writeFileSync(join(draft(id), 'draft.json'), id);
  }
  await make();
  rmSync(draft('20320103-020000-001'), { recursive: true });
  await make();
  await restore(to, restored);
  expect(readdirSync(join(restored, 'reports/2031'))).toEqual(['20320104-020000-001']);
  expect(readFileSync(join(restored, 'reports/2031/20320104-020000-001/draft.json'), 'utf8')).toBe(
    '20320104-020000-001',
  );
  expect(readdirSync(join(to, 'reports/2031'))).toEqual(['20320104-020000-001']);
  const [, former] = listGenerations(to);
  expect(readdirSync(join(former?.folder ?? '', 'reports/2031'))).toHaveLength(2);
  rmSync(join(data, 'reports'), { recursive: true });
});
