import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createGuard, type Guard, LOCK_MINUTES, MAX_ADDRESS_FAILURES, MAX_FAILURES } from './guard.ts';

let guard: Guard;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  guard = createGuard(new DatabaseSync(':memory:'));
});
afterEach(() => vi.useRealTimers());
const fail = (times: number, login: (index: number) => string, address: (index: number) => string) => {
  for (let index = 0; index < times; index++) guard.attempt(login(index), address(index));
};

test('同一个 IPv6 网络里换一个地址，失败次数接着算', () => {
  fail(
    MAX_ADDRESS_FAILURES,
    (index) => `name${index}`,
    (index) => `2001:db8:0:1::${index.toString(16)}`,
  );
  expect(guard.attempt('wang', '2001:db8:0:1:ffff::1').lockedFor).toBe(LOCK_MINUTES);
  expect(guard.attempt('wang', '2001:db8:0:2::1').lockedFor).toBeUndefined();
});

test('记在将来的失败不锁任何人，锁定照常起作用', () => {
  const now = Date.now();
  const failAsWang = () =>
    fail(
      MAX_FAILURES,
      () => 'wang',
      () => '192.0.2.1',
    );
  vi.setSystemTime(now + 365 * 86_400_000);
  failAsWang();
  expect(guard.attempt('wang', '192.0.2.1').lockedFor).toBe(LOCK_MINUTES);
  vi.setSystemTime(now);
  failAsWang();
  expect(guard.attempt('wang', '192.0.2.1').lockedFor).toBe(LOCK_MINUTES);
  vi.setSystemTime(now + LOCK_MINUTES * 60_000);
  expect(guard.attempt('wang', '192.0.2.1').lockedFor).toBeUndefined();
});
