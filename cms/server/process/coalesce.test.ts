import { afterEach, expect, test, vi } from 'vitest';
import { coalesce } from './coalesce.ts';

afterEach(() => vi.restoreAllMocks());

test('做的时候又要了几次，做完只再做一次', async () => {
  let runs = 0;
  let finish = () => {};
  const work = coalesce(() => {
    runs++;
    return new Promise<void>((resolve) => {
      finish = resolve;
    });
  });
  work.request();
  work.request();
  work.request();
  expect(runs).toBe(1);
  finish();
  await vi.waitFor(() => expect(runs).toBe(2));
  finish();
  await work.settled();
  expect(runs).toBe(2);
});

test('刚做完的那一刻又要的，也做', async () => {
  let runs = 0;
  const work = coalesce(async () => {
    runs++;
  });
  work.request();
  // Asked for in every microtask around the end of a run.
  for (let turn = 0; turn < 10; turn++) {
    await Promise.resolve();
    const before = runs;
    work.request();
    await work.settled();
    expect(runs).toBeGreaterThan(before);
  }
});

test('失败的一次写进日志，下一次照做', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  let runs = 0;
  const work = coalesce(async () => {
    if (++runs === 1) throw new Error('坏了');
  });
  work.request();
  await work.settled();
  work.request();
  await work.settled();
  expect([runs, log.mock.calls.length]).toEqual([2, 1]);
});
