import { expect, test } from 'vitest';
import { createMutex, createQueue } from './queue.ts';

const pause = () => new Promise((resolve) => setTimeout(resolve, 5));

/** Jobs that note when they begin and end. */
function recorder() {
  const events: string[] = [];
  const job = (name: string) => async () => {
    events.push(`${name} 开始`);
    await pause();
    events.push(`${name} 结束`);
    return name;
  };
  return { events, job };
}

test('互斥：一件做完才做下一件，按来的先后，结果各归各的', async () => {
  const { events, job } = recorder();
  const mutex = createMutex();
  const results = await Promise.all(['甲', '乙', '丙'].map((name) => mutex.run(job(name))));
  expect(results).toEqual(['甲', '乙', '丙']);
  expect(events).toEqual(['甲 开始', '甲 结束', '乙 开始', '乙 结束', '丙 开始', '丙 结束']);
});

test('失败的一件只告诉叫它的人，后面的照做', async () => {
  const mutex = createMutex();
  const failed = mutex.run(() => Promise.reject(new Error('坏了')));
  const thrown = mutex.run(() => {
    throw new Error('当场坏了');
  });
  const next = mutex.run(async () => '好的');
  await expect(failed).rejects.toThrow('坏了');
  await expect(thrown).rejects.toThrow('当场坏了');
  expect(await next).toBe('好的');
});

test('同时最多做几件，其余的排队，数得出来', async () => {
  const queue = createQueue(2);
  let running = 0;
  let most = 0;
  const job = async () => {
    most = Math.max(most, ++running);
    await pause();
    running--;
  };
  const all = Promise.all(Array.from({ length: 7 }, () => queue.run(job)));
  expect(queue.waiting).toBe(5);
  await all;
  expect([most, queue.waiting]).toEqual([2, 0]);
});

test('正好空出位置时来的，不插队', async () => {
  const { events, job } = recorder();
  const mutex = createMutex();
  const first = mutex.run(job('甲'));
  const second = mutex.run(job('乙'));
  const third = first.then(() => mutex.run(job('丙')));
  await Promise.all([second, third]);
  expect(events.filter((event) => event.endsWith('开始'))).toEqual(['甲 开始', '乙 开始', '丙 开始']);
});
