import fc from 'fast-check';
import { expect, test } from 'vitest';
import { generationName, KEPT, keptGenerations, momentOf } from './retention.ts';

/** A backup each night at 2:00 in Asia/Shanghai. */
const nightly = (count: number) =>
  Array.from({ length: count }, (_, night) => generationName(new Date(Date.UTC(2026, 0, 1 + night, -6))));

test('名字说出时间', () => {
  const now = new Date('2026-11-23T02:03:04Z');
  expect(generationName(now)).toBe('20261123-020304');
  expect(momentOf('20261123-020304')).toEqual(now);
});

test('每天一次备份两年，留最近七天、四周、十二个月，各是最后一次', () => {
  const kept = [...keptGenerations(nightly(730).reverse())].sort().reverse();
  expect(kept.slice(0, 7)).toEqual(nightly(730).reverse().slice(0, 7));
  expect(kept.length).toBeGreaterThanOrEqual(KEPT.days + KEPT.months - 2);
  expect(kept.length).toBeLessThanOrEqual(KEPT.days + KEPT.weeks + KEPT.months);
  expect(kept.at(-1)).toBe('20270130-180000');
});

test('一天几次只留最后一次；几年没有备份，旧的也不删', () => {
  expect([...keptGenerations(['20261123-030000', '20261123-020000', '20201123-020000'])].sort()).toEqual([
    '20201123-020000',
    '20261123-030000',
  ]);
});

test('有一天时钟快了一年：那以后的每一天照样各留一份', () => {
  const ahead = '20271201-180000';
  const nights = nightly(30).reverse();
  const kept = keptGenerations([...nights.slice(0, 6), ahead, ...nights.slice(6)]);
  expect(nights.slice(0, 6).every((name) => kept.has(name))).toBe(true);
  expect(kept.has(ahead)).toBe(true);
  expect(keptGenerations([...nights, ahead]).has(nights[0] as string)).toBe(true);
});

test('无论哪些时候备份，最新的一次总在，再整理一遍不再删', () => {
  const moment = fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(fc.array(moment, { minLength: 1, maxLength: 60 }), (moments) => {
      const names = [...new Set(moments.map(generationName))];
      const kept = keptGenerations(names);
      expect(kept.has(names[0] as string)).toBe(true);
      expect(keptGenerations([...kept])).toEqual(kept);
    }),
  );
});
