import { expect, test } from 'vitest';
import { countyTime } from './clock.ts';

test('任何地方的时刻都按北京时间说', () => {
  expect(countyTime(new Date('2026-11-23T16:30:00Z'))).toBe('2026-11-24T00:30');
  expect(countyTime(new Date('2028-02-28T18:00:00-08:00'))).toBe('2028-02-29T10:00');
});
