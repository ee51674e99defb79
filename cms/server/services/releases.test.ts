import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  type linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import type { Build } from '../build/contract.ts';
import { openReleases } from './releases.ts';

const newFolder = () => mkdtempSync(join(tmpdir(), 'releases-'));

/** A site of one page that says `text`, and one that never changes. */
const write = (folder: string, text: string) => {
  mkdirSync(join(folder, 'about'), { recursive: true });
  writeFileSync(join(folder, 'about/index.html'), '从来不变的一页');
  writeFileSync(join(folder, 'index.html'), text);
};

const wanted = (commit: string, by = '王芳', why = '发布') => ({ commit, by, why });

/** Builds sites that show the commit. */
const quickly: Build = async (folder, _previous, { commit }) => {
  write(folder, commit);
};

const shown = (folder: string | undefined) => folder && readFileSync(join(folder, 'index.html'), 'utf8');

test('生成期间的几次发布，由随后的一次生成一起做，每个人都写上', async () => {
  const built: string[] = [];
  const releases = openReleases({
    folder: newFolder(),
    build: async (folder, _previous, { commit, tell }) => {
      built.push(commit);
      tell({ step: '正在更新页面', progress: 0.5 });
      await wait(20);
      write(folder, commit);
    },
  });
  const live: string[] = [];
  releases.onLive(({ commit }) => live.push(commit));
  expect(releases.current()).toBeUndefined();
  releases.request(wanted('a', '王芳', '发布《青贮》'));
  await wait(10);
  expect(releases.status()).toMatchObject({ state: 'building', commit: 'a', step: '正在更新页面' });
  releases.request(wanted('b', '李强', '发布《小麦》'));
  releases.request(wanted('c', '王芳', '修改设置'));
  await releases.settled();
  expect(built).toEqual(['a', 'c']);
  expect(live).toEqual(['a', 'c']);
  expect(shown(releases.current()?.folder)).toBe('c');
  expect(releases.status()).toMatchObject({ state: 'idle', commit: 'c', release: releases.current()?.id });
  expect(releases.list()[0]).toMatchObject({
    commit: 'c',
    by: '李强、王芳',
    why: '发布《小麦》；修改设置',
    pages: 2,
  });
});

test('可能坏了的网站从头生成，一页也不共用，成功一次为止；「重新生成」也从头生成', async () => {
  const folder = newFolder();
  const before = openReleases({ folder, build: quickly });
  before.request(wanted('a'));
  await before.settled();
  const inode = () => statSync(join(releases.current()?.folder ?? '', 'about/index.html')).ino;

  const asked: boolean[] = [];
  let mended = 0;
  let fails = true;
  const releases = openReleases({
    folder,
    build: async (target, _previous, { commit, isWhole }) => {
      asked.push(isWhole);
      if (fails) throw new Error('停电了');
      write(target, commit);
    },
    mayBeDamaged: true,
    onWhole: () => mended++,
  });
  const damaged = inode();
  releases.request(wanted('a', '服务器', '启动'));
  await releases.settled();
  expect([asked, mended]).toEqual([[true], 0]);
  fails = false;
  releases.request(wanted('b'));
  await releases.settled();
  expect([asked, mended]).toEqual([[true, true], 1]);
  const whole = inode();
  expect(whole).not.toBe(damaged);

  releases.request(wanted('c'));
  await releases.settled();
  expect(asked.at(-1)).toBe(false);
  expect(inode()).toBe(whole);
  releases.request({ ...wanted('c', '张姐', '重新生成网站'), isWhole: true });
  await releases.settled();
  expect(asked.at(-1)).toBe(true);
  expect(inode()).not.toBe(whole);
});

test('生成失败，网站照旧并说明原因；下一次成功就好了', async () => {
  const folder = newFolder();
  let fails: Error | undefined;
  const releases = openReleases({
    folder,
    build: async (target, _previous, { commit }) => {
      write(target, commit);
      if (fails) throw fails;
    },
  });
  vi.spyOn(console, 'error').mockImplementation(() => {});
  releases.request(wanted('a'));
  await releases.settled();
  fails = new Error('content/articles/x.mdx 第 3 行：少了标题');
  releases.request(wanted('b'));
  await releases.settled();
  expect(releases.status()).toMatchObject({ state: 'failed', commit: 'b', message: fails.message });
  expect(shown(releases.current()?.folder)).toBe('a');
  expect(readdirSync(folder).filter((name) => name.endsWith('.building'))).toEqual([]);
  fails = Object.assign(new Error('write'), { code: 'ENOSPC' });
  releases.request(wanted('b'));
  await releases.settled();
  expect(releases.status().message).toContain('磁盘满了');
  fails = undefined;
  releases.request(wanted('b'));
  await releases.settled();
  expect([releases.status().state, shown(releases.current()?.folder)]).toEqual(['idle', 'b']);
});

test('没有首页的不上线', async () => {
  const releases = openReleases({ folder: newFolder(), build: async () => {} });
  vi.spyOn(console, 'error').mockImplementation(() => {});
  releases.request(wanted('a'));
  await releases.settled();
  expect(releases.status()).toMatchObject({ state: 'failed', message: expect.stringContaining('首页') });
  expect(releases.current()).toBeUndefined();
});

test('换回留着的旧版立刻生效，重启也在；先前排着的不再上线', async () => {
  const folder = newFolder();
  const releases = openReleases({ folder, build: quickly });
  for (const commit of ['a', 'b']) {
    releases.request(wanted(commit));
    await releases.settled();
  }
  const [, first] = releases.list();
  releases.request(wanted('c'));
  releases.rollBack(first?.id as string);
  expect(shown(releases.current()?.folder)).toBe('a');
  await releases.settled();
  expect(shown(releases.current()?.folder)).toBe('a');
  expect(releases.list().map(({ commit }) => commit)).toEqual(['c', 'b', 'a']);
  expect(releases.rolledBackFrom()).toBe('c');
  const again = openReleases({ folder, build: quickly });
  expect(shown(again.current()?.folder)).toBe('a');
  expect(again.rolledBackFrom()).toBe('c');
  again.request(wanted('d'));
  await again.settled();
  expect(shown(again.current()?.folder)).toBe('d');
  expect(again.rolledBackFrom()).toBeUndefined();
  expect(() => again.rollBack('../x')).toThrow('已经不在');
});

test('只留最近几版，上线的那一版总留着', async () => {
  const folder = newFolder();
  const releases = openReleases({
    folder,
    build: quickly,
    keep: 3,
    now: () => new Date('2026-11-23T10:00Z'),
  });
  releases.request(wanted('first'));
  await releases.settled();
  for (const commit of ['b', 'c', 'd', 'e']) {
    releases.request(wanted(commit));
    await releases.settled();
  }
  expect(releases.list().map(({ commit }) => commit)).toEqual(['e', 'd', 'c']);
  releases.rollBack(releases.list()[2]?.id as string);
  for (const commit of ['f', 'g', 'h', 'i']) {
    releases.request(wanted(commit));
    releases.rollBack(releases.list().at(-1)?.id as string);
    await releases.settled();
  }
  expect(shown(releases.current()?.folder)).toBe('c');
  expect(releases.list()).toHaveLength(3);
  expect(releaseFolders(folder)).toHaveLength(3);
  expect(shown(join(folder, 'live'))).toBe('c');
});

test('没改的网页不再占磁盘', async () => {
  const releases = openReleases({ folder: newFolder(), build: quickly });
  for (const commit of ['a', 'b', 'c']) {
    releases.request(wanted(commit));
    await releases.settled();
  }
  const { folder } = releases.current() as { folder: string };
  expect(statSync(join(folder, 'about/index.html')).nlink).toBe(3);
  expect(statSync(join(folder, 'index.html')).nlink).toBe(1);
});

test('不能做硬链接的地方就复制文件', async () => {
  vi.resetModules();
  vi.doMock('node:fs', async (original) => ({
    ...(await original<typeof import('node:fs')>()),
    linkSync: (() => {
      throw Object.assign(new Error('EPERM'), { code: 'EPERM' });
    }) satisfies typeof linkSync,
  }));
  const { openReleases: openOnFat } = await import('./releases.ts');
  const { shareFile } = await import('../build/files/linking.ts');
  vi.doUnmock('node:fs');
  const releases = openOnFat({
    folder: newFolder(),
    build: async (folder, previous, { commit }) => {
      write(folder, commit);
      if (previous) shareFile(join(previous, 'about/index.html'), join(folder, 'copy/index.html'));
    },
  });
  for (const commit of ['a', 'b']) {
    releases.request(wanted(commit));
    await releases.settled();
  }
  const folder = releases.current()?.folder as string;
  expect(shown(folder)).toBe('b');
  expect(readFileSync(join(folder, 'copy/index.html'), 'utf8')).toBe('从来不变的一页');
});

test('上一次没做完的，启动时清掉', async () => {
  const folder = newFolder();
  const releases = openReleases({ folder, build: quickly });
  releases.request(wanted('a'));
  await releases.settled();
  const id = releases.current()?.id;
  mkdirSync(join(folder, '20261123-000000-000.building/site'), { recursive: true });
  mkdirSync(join(folder, '20261122-000000-000/site'), { recursive: true });
  writeFileSync(join(folder, 'live.json'), '{"id":');
  const again = openReleases({ folder, build: quickly });
  expect(again.current()?.id).toBe(id);
  await again.settled();
  expect(releaseFolders(folder)).toEqual([id]);
});

/** What is there besides the live one's name and the link to it. */
const releaseFolders = (folder: string) =>
  readdirSync(folder).filter((name) => name !== 'live.json' && name !== 'live');

/** Publishes as fast as it can until it is killed. */
const PUBLISHER = `
import { mkdirSync, writeFileSync } from 'node:fs';
import { openReleases } from ${JSON.stringify(new URL('releases.ts', import.meta.url).href)};
const releases = openReleases({ folder: process.argv[1], keep: 3, build: async (folder, previous, { commit }) => {
  for (let page = 0; page < 20; page++) {
    mkdirSync(folder + '/p' + page, { recursive: true });
    writeFileSync(folder + '/p' + page + '/index.html', page % 2 ? 'same' : commit);
    await new Promise((resolve) => setImmediate(resolve));
  }
  writeFileSync(folder + '/index.html', commit);
} });
console.log('ready');
for (let number = 0; ; number++) {
  releases.request({ commit: String(number), by: 'a', why: 'b' });
  if (number % 5 === 4) releases.rollBack(releases.list().at(-1).id);
  await releases.settled();
}`;

test('不论在哪一刻被杀掉，再启动时都是完整的一版', { timeout: 240_000 }, async () => {
  const folder = newFolder();
  for (let round = 0; round < 30; round++) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', PUBLISHER, folder], {
      cwd: resolve('.'),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    await wait(5 + Math.random() * 120);
    child.kill('SIGKILL');
    await once(child, 'close');
    const releases = openReleases({ folder, build: quickly });
    await releases.settled();
    const live = releases.current();
    expect(releaseFolders(folder).every((name) => existsSync(join(folder, name, 'release.json')))).toBe(true);
    if (!live) continue;
    // What web servers send is the same release.
    expect(shown(join(folder, 'live'))).toBe(live.commit);
    const pages = Array.from({ length: 20 }, (_, page) =>
      readFileSync(join(live.folder, `p${page}/index.html`), 'utf8'),
    );
    expect(pages).toEqual(pages.map((_, page) => (page % 2 ? 'same' : live.commit)));
    expect(shown(live.folder)).toBe(live.commit);
  }
  expect(openReleases({ folder, build: quickly }).current()).toBeDefined();
});
