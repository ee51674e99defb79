import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type GitHttp, serveGit } from '../../../../tests/support/git-http.ts';
import { openGitHost } from './index.ts';
import { pushTo } from './push.ts';
import { gitText } from '../../stores/content/git.ts';
import { Repository } from '../../stores/content/repository.ts';
import { seed } from '../../stores/content/seed.ts';
import { dataFiles } from '../../stores/data-folder/index.ts';
import { remoteProblem } from '../../stores/settings/git-remote.ts';

const TOKEN = 'sEcReT-token-42';
const folder = mkdtempSync(join(tmpdir(), 'portal-git-host-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let data: string;
let hosted: string;
let repository: Repository;
let host: GitHttp;
let commits: string[];
let errors: string[];

beforeEach(async () => {
  data = mkdtempSync(join(folder, 'data-'));
  hosted = join(data, 'hosted/portal.git');
  mkdirSync(hosted, { recursive: true });
  execFileSync('git', ['init', '-q', '--bare', '-b', 'main', hosted]);
  execFileSync('git', ['-C', hosted, 'config', 'http.receivepack', 'true']);
  host = await serveGit(join(data, 'hosted'), `portal:${TOKEN}`);
  writeFileSync(join(data, 'git-token'), `portal:${TOKEN}\n`, { mode: 0o600 });
  mkdirSync(join(data, 'seed/articles'), { recursive: true });
  writeFileSync(join(data, 'seed/articles/a.mdx'), '---\ntitle: 甲\n---\n');
  repository = await Repository.open(join(data, 'content.git'));
  commits = [
    await seed(repository, { content: join(data, 'seed'), uploads: join(data, 'none'), now: new Date() }),
  ];
  errors = [];
  vi.spyOn(console, 'error').mockImplementation((...words) => errors.push(words.join(' ')));
});
afterEach(async () => {
  vi.restoreAllMocks();
  repository.close();
  await host.close();
});

const last = () => commits.at(-1) ?? '';
const inside = (at: string, ...args: string[]) => gitText(at, args);
const onHost = () => inside(hosted, 'rev-parse', 'refs/heads/main').catch(() => undefined);

/** A commit on top of another. */
function commitOn(at: string, parent: string, message: string): Promise<string> {
  const who = ['-c', 'user.name=县科协', '-c', 'user.email=portal@localhost'];
  return inside(at, ...who, 'commit-tree', `${parent}^{tree}`, '-p', parent, '-m', message);
}

async function publish(): Promise<void> {
  commits.push(await commitOn(join(data, 'content.git'), last(), '发布'));
}

const open = (url = `${host.url}/portal.git`, branch = 'main') =>
  openGitHost({
    files: dataFiles(data),
    remote: () => ({ url, branch }),
    commit: last,
    retryAfter: () => 0.2,
  });

test('每次发布之后，Git 平台上就有同样的一份', async () => {
  const copy = open();
  await copy.settled();
  expect(await onHost()).toBe(last());
  await publish();
  copy.request();
  expect(copy.status().state).toBe('waiting');
  await copy.settled();
  expect(await onHost()).toBe(last());
  expect(copy.status()).toMatchObject({ state: 'pushed', pushedAt: expect.stringMatching(/^20/) });
  await copy.close();
});

test('平台暂时不通：发布照常，通了以后自己补上', async () => {
  host.broken = 503;
  const copy = open();
  await copy.settled();
  expect(copy.status()).toMatchObject({ state: 'failed', problem: expect.stringContaining('自动再试') });
  await publish();
  copy.request();
  await copy.settled();
  host.broken = undefined;
  await expect.poll(onHost, { timeout: 20_000 }).toBe(last());
  await expect.poll(() => copy.status().state).toBe('pushed');
  await copy.close();
});

test('推到一半断网：说明会自动再试，内容都在本机，通了以后自己补上', async () => {
  host.cut = true;
  const copy = open();
  await copy.settled();
  expect(copy.status()).toMatchObject({
    state: 'failed',
    problem: expect.stringMatching(/连不上 Git 平台.*自动再试；内容已经保存在这台机器上/),
  });
  expect(host.requests.some((line) => line.endsWith(' cut'))).toBe(true);
  expect(await onHost()).toBeUndefined();
  host.cut = false;
  await expect.poll(onHost, { timeout: 20_000 }).toBe(last());
  expect(await repository.fsck()).toBe('');
  await copy.close();
});

test('没推完就重启：再启动时补上；已经推过的不再推', async () => {
  host.broken = 503;
  const before = open();
  await before.settled();
  await before.close();
  host.broken = undefined;
  const after = open();
  await after.settled();
  expect(await onHost()).toBe(last());
  await after.close();
  const requests = host.requests.length;
  const third = open();
  await third.settled();
  expect(third.status().state).toBe('pushed');
  expect(host.requests).toHaveLength(requests);
  await third.close();
});

test('平台上有别人的改动：不覆盖，用中文说明怎么办', async () => {
  const copy = open();
  await copy.settled();
  const theirs = await commitOn(hosted, last(), '别人改的');
  await inside(hosted, 'update-ref', 'refs/heads/main', theirs);
  await publish();
  copy.request();
  await copy.settled();
  expect(copy.status()).toMatchObject({
    state: 'failed',
    problem: expect.stringContaining('换一个空的分支'),
  });
  expect(await onHost()).toBe(theirs);
  await copy.close();
  const other = open(undefined, 'portal-2026');
  await other.settled();
  expect(await inside(hosted, 'rev-parse', 'refs/heads/portal-2026')).toBe(last());
  await other.close();
});

test('令牌不对、仓库没有、地址跳转，各说各的', async () => {
  const problemOf = async (url?: string) => {
    const copy = open(url);
    await copy.settled();
    await copy.close();
    return copy.status().problem;
  };
  expect(await problemOf(`${host.url}/none.git`)).toContain('没有这个仓库');
  host.broken = 302;
  expect(await problemOf()).toContain('换了地址');
  host.broken = undefined;
  writeFileSync(join(data, 'git-token'), 'portal:wrong\n');
  expect(await problemOf()).toContain('不认这个令牌');
  rmSync(join(data, 'git-token'));
  expect(await problemOf()).toContain('不认这个令牌');
});

test('令牌不出现在命令行、仓库设置、状态文件和日志里', async () => {
  const seen: string[] = [];
  const watch = setInterval(() => {
    seen.push(execFileSync('ps', ['-eo', 'args']).toString());
  }, 5);
  const copy = open();
  await copy.settled();
  clearInterval(watch);
  await copy.close();
  expect(await onHost()).toBe(last());
  expect(seen.join('\n')).not.toContain(TOKEN);
  for (const file of ['git-host.json', 'content.git/config'])
    expect(readFileSync(join(data, file), 'utf8')).not.toContain(TOKEN);
  expect(errors.join('\n')).not.toContain(TOKEN);
});

test.skipIf(process.platform === 'win32')('别人也能读的令牌文件先不用', async () => {
  chmodSync(join(data, 'git-token'), 0o644);
  const copy = open();
  await copy.settled();
  expect(copy.status().problem).toContain('chmod 600');
  expect(host.requests).toEqual([]);
  await copy.close();
});

test('没有设置 Git 平台就什么也不做', async () => {
  const copy = openGitHost({ files: dataFiles(data), remote: () => undefined, commit: last });
  copy.request();
  await copy.settled();
  expect(copy.status()).toEqual({ state: 'off' });
  expect(existsSync(join(data, 'git-host.json'))).toBe(false);
  await copy.close();
});

test.each([
  'file:///etc',
  '/srv/git/portal.git',
  'ext::sh -c touch% /tmp/x',
  'git://gitee.com/a/b.git',
  'http://gitee.com/a/b.git',
  'https://name:token@gitee.com/a/b.git',
  '--upload-pack=x',
  'ssh://-oProxyCommand=x/a',
  'git@-oProxyCommand=x:a',
  '',
])('地址「%s」不用', async (url) => {
  expect(remoteProblem(url)).toMatch(/\p{Script=Han}/u);
  const copy = open(url);
  await copy.settled();
  expect(copy.status().state).toBe('failed');
  await copy.close();
});

test('https、ssh 和 git@ 地址可以用', () => {
  for (const url of [
    'https://gitee.com/a/b.git',
    'ssh://git@gitee.com:2222/a/b.git',
    'git@gitee.com:a/b.git',
  ])
    expect(remoteProblem(url), url).toBeUndefined();
});

const SSHD = [process.env.SSHD_PATH, '/usr/sbin/sshd'].find((path) => path && existsSync(path));

test.skipIf(!SSHD)('用部署密钥走 ssh；主机密钥对不上就不连（没有 sshd 的机器上跳过）', async () => {
  const keys = join(data, 'keys');
  mkdirSync(keys, { mode: 0o700 });
  for (const name of ['host', 'other', 'client'])
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(keys, name)]);
  writeFileSync(join(keys, 'authorized'), readFileSync(join(keys, 'client.pub')), { mode: 0o600 });
  const port = await new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = probe.address() as { port: number };
      probe.close(() => resolve(free));
    });
  });
  const options = [
    `HostKey=${join(keys, 'host')}`,
    `AuthorizedKeysFile=${join(keys, 'authorized')}`,
    ...[
      'ListenAddress=127.0.0.1',
      'StrictModes=no',
      'UsePAM=no',
      'PidFile=none',
      'PasswordAuthentication=no',
    ],
  ];
  const sshd = spawn(SSHD ?? '', [
    '-D',
    '-f',
    '/dev/null',
    '-p',
    String(port),
    ...options.flatMap((option) => ['-o', option]),
  ]);
  try {
    const hostKey = (name: string) => {
      const [kind, key] = readFileSync(join(keys, `${name}.pub`), 'utf8').split(' ');
      return `[127.0.0.1]:${port} ${kind} ${key}\n`;
    };
    const push = {
      repository: join(data, 'content.git'),
      url: `ssh://${userInfo().username}@127.0.0.1:${port}${hosted}`,
      branch: 'main',
      commit: last(),
      tokenFile: join(data, 'none'),
      keyFile: join(keys, 'client'),
      knownHostsFile: join(data, 'git-known-hosts'),
    };
    writeFileSync(push.knownHostsFile, hostKey('other'));
    await expect
      .poll(() => pushTo(push), { timeout: 20_000 })
      .toMatchObject({ kind: 'denied', message: expect.stringContaining('指纹') });
    expect(await onHost()).toBeUndefined();
    writeFileSync(push.knownHostsFile, hostKey('host'));
    expect(await pushTo(push)).toEqual({ pushed: true });
    expect(await onHost()).toBe(last());
    expect(await pushTo({ ...push, keyFile: join(keys, 'other') })).toMatchObject({ kind: 'denied' });
  } finally {
    sshd.kill();
  }
});
