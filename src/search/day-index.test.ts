import { expect, test } from 'vitest';
import { readDates } from './dates.ts';
import { dayRows, daysNamed, type DocumentDay, documentsOn } from './day-index.ts';

const TODAY = '2026-11-24';
const DOCUMENTS: DocumentDay[][] = [
  [{ bond: 'cancelled', from: '2026-12-04' }],
  [{ bond: 'mentioned', from: '****-12-04' }],
  [{ bond: 'held', from: '2026-12-04' }],
  [
    { bond: 'held', from: '2026-12-15' },
    { bond: 'moved', from: '2026-12-04' },
  ],
  [{ bond: 'held', from: '2026-12-01', to: '2026-12-31' }],
  [{ bond: 'published', from: '2026-12-04' }],
  [{ bond: 'held', from: '2022-12-04' }],
  [{ bond: 'held', from: '2026-01-01', to: '2026-12-31', isVague: true }],
];
const on = (raw: string) => {
  const asked = readDates(raw, TODAY);
  return asked ? documentsOn(dayRows(DOCUMENTS), asked, TODAY) : [];
};

test('当天办的最前，然后是改走的、取消的、当天发布的、提到的；去年以前的最后', () => {
  expect(on('12月4日').map(({ doc }) => doc)).toEqual([2, 4, 3, 0, 5, 1, 6]);
});

test('写明年份，别的年份的不算', () => {
  expect(on('2026年12月4日').map(({ doc }) => doc)).not.toContain(6);
});

test('跨很多天的，中间的一天不算写明了这一天', () => {
  expect(on('12月4日').find(({ doc }) => doc === 4)?.isNamed).toBe(false);
  expect(on('12月1日').find(({ doc }) => doc === 4)?.isNamed).toBe(true);
});

test('日期不准的，只答问整年的人', () => {
  expect(on('今年').map(({ doc }) => doc)).toContain(7);
  expect(on('12月').map(({ doc }) => doc)).not.toContain(7);
});

test('正文里写的日子：空格、年份、几日到几日', () => {
  const named = daysNamed(
    '11 月 24—26 日布展，2026 年 12 月 4 日开展；见 2027-01-08。13 月 4 日不是日子，4 日也不是。',
  );
  expect(named.map(({ from, to }) => `${from} ${to}`)).toEqual([
    '****-11-24 ****-11-26',
    '2026-12-04 2026-12-04',
    '2027-01-08 2027-01-08',
  ]);
});
