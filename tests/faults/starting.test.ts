import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { explainStart } from '../../cms/server/explain.ts';
import { type Started, start } from '../../cms/server/start.ts';
import type { Build } from '../../cms/server/build/contract.ts';

/** What the server finds when it starts: a power cut, another program on its port, a folder that it cannot use. */

const data = mkdtempSync(join(tmpdir(), 'portal-cut-'));
const copy = `${data}-copy`;
afterAll(() => {
  for (const folder of [data, copy]) rmSync(folder, { recursive: true, force: true });
});

let built = 0;
const build: Build = async (folder) => {
  built++;
  writeFileSync(join(folder, 'index.html'), '首页');
};

const opened = async (folder: string) => {
  const before = built;
  const served = await start({ data: folder, content: 'tests/fixtures/county', port: 0, base: '/', build });
  await served.settled();
  return { served, builds: built - before };
};

test('正常停下的，再启动网站原样还在；断电的，重新生成一次，只有一次', async () => {
  const first = await opened(data);
  expect(first.builds).toBe(1);
  // What is on the disk while a server runs is what a machine finds whose power went.
  cpSync(data, copy, { recursive: true });
  await first.served.close();

  const orderly = await opened(data);
  expect(orderly.builds).toBe(0);
  await orderly.served.close();

  const afterCut = await opened(copy);
  expect(afterCut.builds).toBe(1);
  await afterCut.served.close();
  const afterThat = await opened(copy);
  expect(afterThat.builds).toBe(0);
  await afterThat.served.close();
});

test('断电以后的重建没有做完就正常停下，下次启动还会再做；做成整个网站才算', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'portal-mend-'));
  await (await opened(folder)).served.close();
  // The mark of a server that was killed.
  writeFileSync(join(folder, 'running'), '');
  const asked: boolean[] = [];
  const fails: Build = async (_site, _previous, { isWhole }) => {
    asked.push(isWhole);
    throw new Error('磁盘满了');
  };
  const options = { data: folder, content: 'tests/fixtures/county', port: 0, base: '/' };
  for (let times = 0; times < 2; times++) {
    const served = await start({ ...options, build: fails });
    await served.settled();
    await served.close();
  }
  expect(asked).toEqual([true, true]);
  const mended = await opened(folder);
  expect(mended.builds).toBe(1);
  await mended.served.close();
  const after = await opened(folder);
  expect(after.builds).toBe(0);
  await after.served.close();
  rmSync(folder, { recursive: true });
});

test('旧版本的数据文件夹照常打开，更新的版本写的不碰，说怎么办', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'portal-format-'));
  const { served } = await opened(folder);
  await served.close();
  // Versions up to the first that was tagged noted no format.
  rmSync(join(folder, 'format'));
  const older = await opened(folder);
  expect(older.builds).toBe(0);
  await older.served.close();
  expect(readFileSync(join(folder, 'format'), 'utf8')).toBe('1\n');

  writeFileSync(join(folder, 'format'), '2\n');
  expect(await refusal({ data: folder, port: 0 })).toMatch(/更新的版本写的.*升级到那个版本/);
  writeFileSync(join(folder, 'format'), '1\n');
  const again = await opened(folder);
  await again.served.close();
  rmSync(folder, { recursive: true });
});

test('网站还没有第一次生成好，就已经在听，说进行到哪里', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'portal-first-'));
  let finish = () => {};
  const slow: Build = async (site, _previous, { tell }) => {
    tell({ step: '正在生成整个网站：3/9 页' });
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
    return build(site, undefined, { commit: '', isWhole: false, tell });
  };
  const listening = Promise.withResolvers<Started>();
  const whole = start({
    data: folder,
    content: 'tests/fixtures/county',
    port: 0,
    base: '/',
    build: slow,
    onListening: listening.resolve,
  });
  const { url, unfinished } = await listening.promise;
  await vi.waitFor(() => expect(unfinished()).toContain('正在生成整个网站：3/9 页'));
  const waiting = await fetch(url);
  expect([waiting.status, await waiting.text()]).toEqual([503, expect.stringContaining('3/9 页')]);
  finish();
  const served = await whole;
  expect(await (await fetch(url)).text()).toBe('首页');
  expect(unfinished()).toBe('');
  await served.close();
  rmSync(folder, { recursive: true });
});

const refusal = (options: Parameters<typeof start>[0]) =>
  start({ content: 'tests/fixtures/county', base: '/', build, ...options }).then(
    () => '启动了',
    (error: Error) => explainStart(error),
  );

test('端口被别的程序占着，生成以前就说', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const before = built;
  expect(await refusal({ data, port: (other.address() as AddressInfo).port })).toContain(
    '已经有别的程序在用',
  );
  expect(built).toBe(before);
  await new Promise((resolve) => other.close(resolve));
});

test('不是端口的端口、不是文件夹的数据文件夹，用中文说明怎么办', async () => {
  expect(await refusal({ data, port: 99_999 })).toMatch(/要写 1 到 65535 之间的数/);
  const file = join(data, 'portal.db');
  expect(await refusal({ data: file, port: 0 })).toMatch(/写不了数据文件夹.*DATA_DIR/);
});
