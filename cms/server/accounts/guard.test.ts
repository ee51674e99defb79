import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createGuard, type Guard, LOCK_MINUTES, MAX_ADDRESS_FAILURES } from './guard.ts';

let guard: Guard;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  guard = createGuard(new DatabaseSync(':memory:'));
});
afterEach(() => vi.useRealTimers());
const fail = (times: number, login: (index: number) => string, address: (index: number) => string) => {
  for (let index = 0; index < times; index++) guard.attempt(login(index), address(index));
};

test('another address of the same IPv6 network does not begin anew', () => {
  fail(
    MAX_ADDRESS_FAILURES,
    (index) => `name${index}`,
    (index) => `2001:db8:0:1::${index.toString(16)}`,
  );
  expect(guard.attempt('wang', '2001:db8:0:1:ffff::1').lockedFor).toBe(LOCK_MINUTES);
  expect(guard.attempt('wang', '2001:db8:0:2::1').lockedFor).toBeUndefined();
});
