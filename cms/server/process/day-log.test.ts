import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DayLogOptions, openDayLog } from './day-log.ts';

let folder: string;
let day: string;
let problems: (string | undefined)[];
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'day-log-')), 'log');
  day = '2026-11-28';
  problems = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (options: Partial<DayLogOptions> = {}) =>
  openDayLog({
    folder,
    name: 'access',
    keepDays: 184,
    maxBytes: 1_000_000,
    today: () => day,
    onState: (problem) => problems.push(problem),
    ...options,
  });
const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const old = (name: string, bytes = 100) => writeFileSync(join(folder, name), 'x'.repeat(bytes));

test('一天一个文件，只有自己能读；接着昨天的压缩起来', async () => {
  const log = open();
  log.write('一');
  log.write('二');
  day = '2026-11-29';
  log.write('三');
  await log.settled();
  expect(read('access-2026-11-29.log')).toBe('三\n');
  expect(gunzipSync(readFileSync(join(folder, 'access-2026-11-28.log.gz'))).toString()).toBe('一\n二\n');
  expect(readdirSync(folder).sort()).toEqual(['access-2026-11-28.log.gz', 'access-2026-11-29.log']);
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  expect(log.lost()).toBe(0);
});

test('满半年的删去，没满的留着，别的文件不动', async () => {
  const log = open();
  for (const name of [
    'access-2026-05-28.log.gz',
    'access-2026-05-29.log.gz',
    'access-2025-01-01.log',
    'note.txt',
  ])
    old(name);
  log.write('今天');
  await log.settled();
  expect(readdirSync(folder).sort()).toEqual([
    'access-2026-05-29.log.gz',
    'access-2026-11-28.log',
    'note.txt',
  ]);
  expect(problems).toEqual([undefined]);
});

test('总量太大，先删最旧的，并且说出来', async () => {
  const log = open({ maxBytes: 1000 });
  for (const date of ['2026-11-20', '2026-11-21', '2026-11-22']) old(`access-${date}.log.gz`, 400);
  log.write('今天');
  await log.settled();
  expect(existsSync(join(folder, 'access-2026-11-20.log.gz'))).toBe(false);
  expect(readdirSync(folder)).toHaveLength(3);
  expect(problems.at(-1)).toContain('2026-11-20');
});

test('一天的访问多得出奇，只记到当天的那一份，不挤掉从前的', async () => {
  const log = open({ maxBytes: 10_000 });
  old('access-2026-11-27.log.gz', 5000);
  for (let line = 0; line < 100; line++) {
    log.write('x'.repeat(99));
    await log.settled();
  }
  expect(statSync(join(folder, 'access-2026-11-28.log')).size).toBe(1000);
  expect(existsSync(join(folder, 'access-2026-11-27.log.gz'))).toBe(true);
  expect(log.lost()).toBe(90);
  expect(problems.at(-1)).toContain('后面的没有记');
});

test('写不进去的数着，说出来，好了接着写', async () => {
  const log = open();
  rmSync(folder, { recursive: true });
  log.write('丢了');
  await log.settled();
  expect([log.lost(), problems.at(-1)]).toEqual([1, expect.stringContaining('写不进去')]);
  mkdirSync(folder);
  log.write('没丢');
  await log.settled();
  expect([log.lost(), problems.at(-1), read('access-2026-11-28.log')]).toEqual([1, undefined, '没丢\n']);
});
