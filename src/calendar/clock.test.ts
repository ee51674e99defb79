import { expect, test } from 'vitest';
import { countyTime, isoTime, withZone } from './clock.ts';

test('任何地方的时刻都按北京时间说', () => {
  expect(countyTime(new Date('2026-11-23T16:30:00Z'))).toBe('2026-11-24T00:30');
  expect(countyTime(new Date('2028-02-28T18:00:00-08:00'))).toBe('2028-02-29T10:00');
});

test('写明北京时间；全天的可以只写日期', () => {
  expect(withZone('2026-11-06')).toBe('2026-11-06T00:00:00+08:00');
  expect(withZone('2026-11-06T09:30')).toBe('2026-11-06T09:30:00+08:00');
  expect(isoTime('2026-11-06')).toBe('2026-11-06');
  expect(isoTime('2026-11-06T09:30')).toBe('2026-11-06T09:30:00+08:00');
});
