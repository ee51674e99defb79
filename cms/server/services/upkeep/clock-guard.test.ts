import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { openClockGuard } from './clock-guard.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const START = Date.parse('2026-11-23T01:00:00Z');

let file: string;
let wall: number;
let steady: number;
let said: string[];

beforeEach(() => {
  file = join(mkdtempSync(join(tmpdir(), 'clock-')), 'clock.json');
  wall = START;
  steady = 5000;
  said = [];
});

const pass = (time: number) => {
  wall += time;
  steady += time;
};
const opened = (newest?: string) =>
  openClockGuard({
    file,
    newest,
    tell: (sentence) => void said.push(sentence),
    wall: () => wall,
    steady: () => steady,
  });
/** Looks every few seconds, as the server does. */
const look = (guard: ReturnType<typeof opened>, times = 3) => {
  const seen = Array.from({ length: times }, () => {
    pass(5000);
    return guard.check();
  });
  return seen.at(-1);
};

test('时钟照常走，一直可信；校准几分钟、机器睡一夜，都不用问', () => {
  const guard = opened();
  expect(look(guard, 100)).toBe(true);
  wall += 5 * MINUTE;
  expect(look(guard)).toBe(true);
  wall -= 9 * MINUTE;
  expect(look(guard)).toBe(true);
  pass(10 * 60 * MINUTE);
  expect(look(guard)).toBe(true);
  expect(said).toEqual([]);
});

test.each([
  ['快了一年', 365 * DAY],
  ['快了三小时', 180 * MINUTE],
  ['慢了两天', -2 * DAY],
])('运行时%s：停下来说明，时钟回来就自己继续', (_, jump) => {
  const guard = opened();
  look(guard);
  wall += jump;
  expect(look(guard)).toBe(false);
  expect(said).toEqual([
    expect.stringMatching(/时钟可能不准：现在是.*，应该是2026年11月23日 周一 9:00左右.*先停着/),
  ]);
  expect(guard.state().isTrusted).toBe(false);
  wall -= jump;
  expect(look(guard)).toBe(true);
  expect(said).toHaveLength(2);
  expect(guard.state().isTrusted).toBe(true);
});

test('管理员确认以后就按新的时间', () => {
  const guard = opened();
  look(guard);
  wall += 40 * DAY;
  expect(look(guard)).toBe(false);
  guard.confirm();
  expect(look(guard)).toBe(true);
  guard.close();
  expect(look(opened())).toBe(true);
});

test('关机几天再开不用问；关着的时候被拨快一年、拨慢，要问', () => {
  const first = opened();
  look(first);
  first.close();
  wall += 8 * DAY;
  expect(look(opened())).toBe(true);
  wall += 365 * DAY;
  const ahead = opened();
  expect(look(ahead)).toBe(false);
  expect(said).toEqual([expect.stringMatching(/现在是2027年.*，上一次正常运行是2026年12月1日/)]);
  wall -= 365 * DAY;
  expect(look(ahead)).toBe(true);
  ahead.close();
  wall -= DAY;
  expect(look(opened())).toBe(false);
});

test('拨快以后重新启动还是停着，拨回来才继续', () => {
  const first = opened();
  look(first);
  // Less than a server may have been off.
  wall += 5 * DAY;
  expect(look(first)).toBe(false);
  first.close();
  pass(MINUTE);
  const second = opened();
  expect(look(second)).toBe(false);
  second.close();
  wall -= 5 * DAY;
  expect(look(opened())).toBe(true);
});

test('还没有记过时间的文件夹，看别处最新的记录；记坏了也一样', () => {
  writeFileSync(file, '{"trusted":');
  expect(look(opened(new Date(START + 30 * DAY).toISOString()))).toBe(false);
  writeFileSync(file, '');
  expect(look(opened(new Date(START - 30 * DAY).toISOString()))).toBe(false);
  writeFileSync(file, '');
  expect(look(opened(new Date(START - 3 * DAY).toISOString()))).toBe(true);
});
