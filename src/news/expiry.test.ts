import { expect, test } from 'vitest';
import { isExpired } from './expiry.ts';

test('公告到失效日当天仍有效，第二天才过期；没写就不过期', () => {
  expect(isExpired({ expires: '2026-11-09' }, '2026-11-09')).toBe(false);
  expect(isExpired({ expires: '2026-11-09' }, '2026-11-10')).toBe(true);
  expect(isExpired({}, '2099-01-01')).toBe(false);
});
