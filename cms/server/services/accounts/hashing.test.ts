import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createHashing } from './hashing.ts';

test('凭摘要认得出原来的密码，别的密码不认', async () => {
  const { hash, verify } = createHashing();
  const digest = await hash('麦田里的收割机');
  expect(digest).not.toContain('麦田');
  expect(await verify({ hash: digest, password: '麦田里的收割机' })).toBe(true);
  expect(await verify({ hash: digest, password: '麦田里的收割鸡' })).toBe(false);
});

test('四十个密码同时算摘要都有结果，服务器照常做别的事', async () => {
  const { hash, isFull } = createHashing();
  let turns = 0;
  let done = false;
  const awake = (async () => {
    while (!done) {
      await wait(1);
      turns++;
    }
  })();
  const digests = await Promise.all(Array.from({ length: 40 }, (_, index) => hash(`密码${index}`)));
  done = true;
  await awake;
  expect(new Set(digests).size).toBe(40);
  // Forty digests one after the other without a turn of the event loop between them would leave none.
  expect(turns).toBeGreaterThan(40);
  expect(isFull()).toBe(false);
});

test('排队太长就说满了，有一个算完又可以排', async () => {
  const { hash, isFull } = createHashing({ maxWaiting: 3 });
  const all = Array.from({ length: 5 }, () => hash('x'));
  expect(isFull()).toBe(true);
  await all[0];
  expect(isFull()).toBe(false);
  await Promise.all(all);
});
