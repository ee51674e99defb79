import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { hasFailed, openStatus, type Status } from '../status.ts';
import { type Job, openJobs } from './jobs.ts';

let status: Status;
let minutes = 0;
const ran: string[] = [];

/** What an administrator is told. */
const told = () =>
  Object.values(status.all())
    .filter(hasFailed)
    .map(({ message }) => message);

const job = (name: string, more: Partial<Job> = {}): Job => ({
  name,
  label: `做${name}`,
  advice: '请检查磁盘',
  run: () => void ran.push(name),
  ...more,
});
const opened = (...jobs: Job[]) => openJobs({ jobs, status, steady: () => minutes * 60_000 });

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  status = openStatus(mkdtempSync(join(tmpdir(), 'jobs-')));
  minutes = 0;
  ran.length = 0;
});
afterEach(() => vi.restoreAllMocks());

const run = async (jobs: ReturnType<typeof openJobs>, day = '2026-11-23', isClockTrusted = true) => {
  jobs.runDue(day, { isClockTrusted });
  await jobs.settled();
};

test('一项失败，别的照做；失败的一小时内再试，做成以后不再说', async () => {
  let broken = true;
  const jobs = opened(
    job('甲', {
      run() {
        ran.push('甲');
        if (broken) throw new Error('打不开');
      },
    }),
    job('乙'),
  );
  await run(jobs);
  expect(ran).toEqual(['甲', '乙']);
  expect(told()).toEqual(['「做甲」没有做成：打不开。一小时内会自己再试；请检查磁盘。']);
  expect(status.all()).toMatchObject({ 甲: { ok: false }, 乙: { ok: true } });
  await run(jobs);
  expect(ran).toEqual(['甲', '乙']);
  for (const pause of [1, 5, 15, 30, 60]) {
    minutes += pause;
    await run(jobs);
  }
  expect(ran.filter((name) => name === '甲')).toHaveLength(6);
  broken = false;
  minutes += 60;
  await run(jobs);
  expect(told()).toEqual([]);
  await run(jobs);
  expect(ran).toHaveLength(8);
  await run(jobs, '2026-11-24');
  expect(ran).toHaveLength(10);
});

test('磁盘满了，用磁盘满了的话说', async () => {
  const jobs = opened(
    job('甲', {
      run() {
        throw new Error('database or disk is full');
      },
    }),
  );
  await run(jobs);
  expect(told()[0]).toMatch(/^「做甲」没有做成：服务器的磁盘满了.*清理磁盘/);
});

test('时钟不可信时，照钟点做的等着，别的照做', async () => {
  const jobs = opened(job('甲'), job('乙', { ignoresClock: true }));
  await run(jobs, '2027-11-23', false);
  expect(ran).toEqual(['乙']);
  await run(jobs, '2026-11-23', true);
  expect(ran).toEqual(['乙', '甲', '乙']);
});

test('还在做时服务停了：让它结束，不算失败也不算做成', async () => {
  const jobs = opened(
    job('甲', {
      run: (signal) =>
        new Promise((_, fail) => signal.addEventListener('abort', () => fail(new Error('被结束了')))),
    }),
    job('乙'),
  );
  jobs.runDue('2026-11-23', { isClockTrusted: true });
  await jobs.close();
  expect(status.all()).toEqual({});
  expect(ran).toEqual([]);
  expect(console.error).not.toHaveBeenCalled();
});
