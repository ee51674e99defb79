import { expect, test } from 'vitest';
import { HOLIDAYS } from '../../tests/support/holidays.ts';
import { readEntry } from '../model/entry.ts';
import { listSchema } from '../store/index.ts';
import { holidays } from '../types/holidays.ts';

test('2026 年的放假和调休照通知', () => {
  expect(HOLIDAYS.on('2026-02-15')).toEqual({ name: '春节', isLikely: false });
  expect(HOLIDAYS.on('2026-02-23')?.name).toBe('春节');
  expect(HOLIDAYS.on('2026-02-24')).toBeUndefined();
  expect(HOLIDAYS.on('2026-10-07')?.name).toBe('国庆节');
  expect(HOLIDAYS.isMakeupWorkday('2026-10-10')).toBe(true);
});

test('通知里一共 33 天放假、6 天调休上班', () => {
  const { holidays: spans, workdays } = HOLIDAYS.yearOf('2026');
  const days = spans.map(({ from, to }) => (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1);
  expect(days.reduce((sum, count) => sum + count, 0)).toBe(33);
  expect(workdays).toHaveLength(6);
});

test('还没有通知的年份按历法推算，不猜调休', () => {
  expect(HOLIDAYS.isKnown('2035-02-10')).toBe(false);
  expect(HOLIDAYS.on('2035-10-01')).toEqual({ name: '国庆节', isLikely: true });
  expect(HOLIDAYS.on('2035-10-05')).toBeUndefined();
  expect(HOLIDAYS.isMakeupWorkday('2035-10-13')).toBe(false);
});

test('抄错的通知说明哪一行怎么改', () => {
  const text = `items:
  - id: '2027'
    title: 通知
    number: 国办发明电〔2026〕1号
    address: https://www.gov.cn/
    holidays:
      - { name: 春节, from: 2027-02-08, to: 2027-02-05 }
      - { name: 清明节, from: 2026-04-05, to: 2026-04-05 }
    workdays: [2027-02-09]
`;
  const { problems } = readEntry(listSchema(holidays), 'content/data/holidays.yaml', text, 'yaml');
  expect(problems.map(({ line, message }) => `${line} ${message}`)).toEqual([
    '7 放假的最后一天早于第一天，请检查',
    '8 不在 2027 年，请检查',
    '9 不是周末，不用调休上班，请检查',
  ]);
});
