import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { encodePictures } from './encode-new.ts';
import { readPictureIndex } from './picture-index.ts';
import { onPictureProgress, type PictureProgress, sayProgress } from './progress.ts';

/** Many photographs: encoded once, whatever comes in between. */

let root: string;
let uploadsDir: string;
let folder: string;
const photos = new Map<string, Buffer>();
const TAKEN = new Date('2025-11-01');

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'photos-'));
  for (const [index, background] of ['#1f6f5c', '#a33', '#33a', '#aa3', '#3aa', '#a3a'].entries()) {
    const photo = sharp({ create: { width: 400, height: 300, channels: 3, background } });
    photos.set(`p${index}.jpg`, await photo.jpeg().toBuffer());
  }
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

let round = 0;
beforeEach(() => {
  uploadsDir = join(root, `uploads-${round}`);
  folder = join(root, `cache-${round++}`, 'pictures');
  mkdirSync(uploadsDir);
  for (const [name, bytes] of photos) {
    writeFileSync(join(uploadsDir, name), bytes);
    utimesSync(join(uploadsDir, name), TAKEN, TAKEN);
  }
});

const encode = (isThorough = false) => encodePictures({ folder, uploadsDir, isThorough }, (path) => path);

/** Names, sizes and times of writing of the encoded pictures. */
const made = () =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((name) => /\.(?:avif|webp)$/.test(name))
      .map((name) => [name, statSync(join(folder, name)).mtimeMs]),
  );

/** Sets the times of reading back, to find out what is read; `relatime` notes a read after them. */
function forgetReads(): () => string[] {
  const old = new Date('2020-01-01');
  const names = readdirSync(uploadsDir);
  for (const name of names) utimesSync(join(uploadsDir, name), old, TAKEN);
  return () => names.filter((name) => statSync(join(uploadsDir, name)).atimeMs !== old.getTime());
}

test('编好以后，再生成一次不打开任何一张原图，也不写任何文件', async () => {
  await encode();
  const [before, indexBefore] = [made(), statSync(join(folder, 'index.json')).mtimeMs];
  expect(Object.keys(before)).toHaveLength(photos.size * 2);
  const read = forgetReads();
  await encode();
  expect(read()).toEqual([]);
  expect(made()).toEqual(before);
  expect(statSync(join(folder, 'index.json')).mtimeMs).toBe(indexBefore);
});

test('读不出来的一张点名，别的照常；下一次不再打开它，还是点名', async () => {
  writeFileSync(join(uploadsDir, 'p2.jpg'), (photos.get('p2.jpg') as Buffer).subarray(0, 300));
  writeFileSync(join(uploadsDir, 'p4.jpg'), 'not a picture');
  for (const name of ['p2.jpg', 'p4.jpg']) utimesSync(join(uploadsDir, name), TAKEN, TAKEN);
  const named = (problems: { file: string }[]) => problems.map(({ file }) => file.slice(uploadsDir.length + 1));
  expect(named(await encode())).toContain('p4.jpg');
  expect(Object.keys(readPictureIndex(folder))).toEqual(expect.arrayContaining(['/uploads/p0.jpg', '/uploads/p5.jpg']));
  const read = forgetReads();
  expect(named(await encode())).toContain('p4.jpg');
  expect(read()).toEqual([]);
  writeFileSync(join(uploadsDir, 'p4.jpg'), photos.get('p4.jpg') as Buffer);
  expect(named(await encode())).not.toContain('p4.jpg');
});

test('编到一半被杀掉：编好的都留着，下一次只编剩下的', async () => {
  const script = `import { encodePictures } from ${JSON.stringify(new URL('./encode-new.ts', import.meta.url).href)};
    await encodePictures(${JSON.stringify({ folder, uploadsDir, isThorough: false })}, String);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'ignore' });
  await expect.poll(() => existsSync(folder) && Object.keys(made()).length, { interval: 2 }).toBeGreaterThan(1);
  child.kill('SIGKILL');
  await once(child, 'close');
  const before = made();
  await encode();
  expect(made()).toMatchObject(before);
  expect(Object.keys(made())).toHaveLength(photos.size * 2);
  expect(Object.keys(readPictureIndex(folder))).toHaveLength(photos.size);
});

test('写不下的时候停下来，说是磁盘满了，不怪照片；编好的留着，清理以后接着编', async ({ skip }) => {
  mkdirSync(folder, { recursive: true });
  const mount = (options: string) =>
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'none', folder], { stdio: 'ignore' });
  try {
    mount('size=24k');
  } catch {
    skip('只有管理员能装上一个小磁盘');
  }
  try {
    await expect(encode()).rejects.toMatchObject({ code: 'ENOSPC' });
    const before = made();
    expect(Object.keys(before).length).toBeGreaterThan(0);
    mount('remount,size=8m');
    expect(await encode()).toEqual([]);
    expect(made()).toMatchObject(before);
    expect(Object.keys(made())).toHaveLength(photos.size * 2);
  } finally {
    execFileSync('umount', [folder], { stdio: 'ignore' });
  }
});

test('缓存搬到别的机器、原图的时间变了：按内容认出来，一张也不重编；坏了的才重编', async () => {
  await encode();
  const before = made();
  const moved = join(root, `moved-${round}`, 'pictures');
  cpSync(folder, moved, { recursive: true, preserveTimestamps: true });
  const other = join(root, `elsewhere-${round}`);
  renameSync(uploadsDir, other);
  for (const name of readdirSync(other)) utimesSync(join(other, name), new Date(), new Date('2025-05-05'));
  [folder, uploadsDir] = [moved, other];
  const [damaged = '', ...whole] = Object.keys(before);
  writeFileSync(join(folder, damaged), 'x');
  await encode();
  const after = made();
  for (const name of whole) expect(after[name], name).toBe(before[name]);
  expect(statSync(join(folder, damaged)).size).toBeGreaterThan(100);
});

test('正在处理第几张、还要多久，一路说到完；没有新的就不说', async () => {
  const said: PictureProgress[] = [];
  onPictureProgress((progress) => said.push(progress));
  await encode();
  expect(said[0]).toEqual({ done: 0, total: photos.size, secondsLeft: undefined });
  expect(said.at(-1)).toMatchObject({ done: photos.size, total: photos.size, secondsLeft: 0 });
  const before = said.length;
  await encode();
  expect(said).toHaveLength(before);
});

test.each([
  [undefined, '正在处理照片：12/60'],
  [20, '正在处理照片：12/60，不到 1 分钟'],
  [170, '正在处理照片：12/60，大约还要 3 分钟'],
  [4000, '正在处理照片：12/60，大约还要 1 小时 7 分钟'],
])('还要 %s 秒，说「%s」', (secondsLeft, sentence) => {
  expect(sayProgress({ done: 12, total: 60, secondsLeft })).toBe(sentence);
});
