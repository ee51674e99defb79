import { expect, test } from 'vitest';
import { openRecent } from './recent.ts';

test('内存有限：最近用过的留着，别的让出来', () => {
  const recent = openRecent<string>(100, (value) => value.length);
  for (let index = 0; index < 50; index++) {
    recent.set(String(index), 'x'.repeat(10));
    recent.get('0');
  }
  expect(recent.get('0')).toBeDefined();
  const kept = Array.from({ length: 50 }, (_, index) => recent.get(String(index))).filter(Boolean);
  expect(kept.length).toBeLessThanOrEqual(11);
  expect(recent.get('49')).toBeDefined();
});
