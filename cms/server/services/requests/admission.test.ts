import { expect, test } from 'vitest';
import { MOST_EACH, MOST_IN_ALL, NETWORK_SHARE, requestAdmission, USUAL_IN_ALL } from './admission.ts';

let time = Date.parse('2026-11-23T01:00:00Z');
const opened = () => requestAdmission(() => new Date(time));

test('一个网段的人再多，也占不完大家的份；别的网段照常收', () => {
  const admit = opened();
  const own = Array.from({ length: 255 }, (_, index) => admit(`198.51.100.${index}`));
  expect(own.filter((one) => one === 'taken')).toHaveLength(NETWORK_SHARE);
  expect(own.at(-1)).toBe('too-many-yours');
  expect(admit('203.0.113.9')).toBe('taken');
  // An IPv6 customer has a /64.
  const sixth = Array.from({ length: MOST_EACH + 1 }, (_, index) => admit(`2001:db8:0:1::${index + 1}`));
  expect(sixth.at(-1)).toBe('too-many-yours');
  expect(admit('2001:db8:0:2::1')).toBe('taken');
});

test('一群人从许多网段来，学校的申请仍然收下，只是做上记号；总数有限', () => {
  const admit = opened();
  const crowd = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => admit(`10.${(from + index) >> 8}.${(from + index) & 255}.1`));
  expect(crowd(0, USUAL_IN_ALL).every((one) => one === 'taken')).toBe(true);
  expect(admit('203.0.113.9')).toBe('busy');
  crowd(1000, 600);
  // Networks that have sent one already have had their turn.
  expect(crowd(1000, 10).every((one) => one === 'too-many')).toBe(true);
  expect(admit('192.0.2.1')).toBe('busy');
  const flood = crowd(2000, 3000);
  expect(flood.filter((one) => one === 'busy').length).toBeLessThan(MOST_IN_ALL);
  expect(flood.at(-1)).toBe('too-many');
  time += 3_600_000;
  expect(admit('192.0.2.2')).toBe('taken');
});
