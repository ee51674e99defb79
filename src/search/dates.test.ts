import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayLabel, dayTerms, readDates } from './dates.ts';

/** A Tuesday. */
const TODAY = '2026-11-24';
const first = (raw: string) => {
  const range = readDates(raw, TODAY)?.ranges[0];
  return range && (range.from === range.to ? range.from : `${range.from}/${range.to}`);
};

test.each([
  ['12月4日', '****-12-04'],
  ['12 月 4 号', '****-12-04'],
  ['１２月４日', '****-12-04'],
  ['十二月四日', '****-12-04'],
  ['十二月二十四号', '****-12-24'],
  ['元月8号', '****-01-08'],
  ['12-4', '****-12-04'],
  ['12.4', '****-12-04'],
  ['12/4', '****-12-04'],
  ['2026-12-04', '2026-12-04'],
  ['2026.12.4', '2026-12-04'],
  ['2026年12月4日', '2026-12-04'],
  ['二〇二六年十二月四日', '2026-12-04'],
  ['明年3月5日', '2027-03-05'],
  ['12月5日至7日', '****-12-05/****-12-07'],
  ['明年3月', '2027-03-01/2027-03-31'],
  ['2026年12月', '2026-12-01/2026-12-31'],
  ['2026-12', '2026-12-01/2026-12-31'],
  ['十二月', '****-12-01/****-12-31'],
  ['下个月', '2026-12-01/2026-12-31'],
  ['上月', '2026-10-01/2026-10-31'],
  ['下个月5号', '2026-12-05'],
  ['12月中旬', '****-12-11/****-12-20'],
  ['今天', '2026-11-24'],
  ['明天', '2026-11-25'],
  ['后天', '2026-11-26'],
  ['大后天', '2026-11-27'],
  ['周六', '2026-11-28'],
  ['星期六', '2026-11-28'],
  ['礼拜天', '2026-11-29'],
  ['週二', '2026-11-24'],
  ['下周六', '2026-12-05'],
  ['上周五', '2026-11-20'],
  ['下周', '2026-11-30/2026-12-06'],
  ['下星期', '2026-11-30/2026-12-06'],
  ['这周末', '2026-11-28/2026-11-29'],
  ['28号', '2026-11-28'],
  ['4号', '2026-12-04'],
])('%s', (raw, expected) => {
  expect(first(raw)).toBe(expected);
});

test.each(['三月龄羔羊', '月亮', '这月亮真圆', '3个月', '2.5 厘米', '3-5 厘米', '13月4日', '12-40', '一号楼', '周年', '青贮'])(
  '不是日子：%s',
  (raw) => {
    expect(readDates(raw, TODAY)).toBeUndefined();
  },
);

test('日子以外的话留着', () => {
  expect(readDates('12月4日有什么', TODAY)?.rest).toBe('有什么');
  expect(readDates('桃河 12月10日 大篷车', TODAY)?.rest).toMatch(/^桃河\s+大篷车$/);
});

test('只说星期几，先是最近的，后面几周也算', () => {
  expect(readDates('周六', TODAY)?.ranges.map(({ from }) => from)).toEqual(['2026-11-28', '2026-12-05', '2026-12-12']);
});

test('说给读者听，也标在结果里', () => {
  const label = (raw: string) => dayLabel(readDates(raw, TODAY) ?? { ranges: [], rest: '', isNamed: false });
  expect(label('12月4日')).toBe('12 月 4 日');
  expect(label('明年3月')).toBe('2027 年 3 月');
  expect(label('下周')).toBe('2026 年 11 月 30 日至 12 月 6 日');
  expect(dayTerms(readDates('12月4日', TODAY) ?? { ranges: [], rest: '', isNamed: false })).toContain('12 月 4 日');
});

test('什么文字都读得了，读出的日子写法都对', () => {
  const typed = fc.string({
    unit: fc.constantFrom('1', '2', '0', '月', '日', '号', '年', '周', '下', '六', '十', '明', '天', '-', '.', ' '),
    maxLength: 20,
  });
  fc.assert(
    fc.property(typed, (raw) => {
      for (const { from, to } of readDates(raw, TODAY)?.ranges ?? []) {
        expect(from).toMatch(/^(?:\d{4}|\*{4})-\d\d-\d\d$/);
        expect(to).toMatch(/^(?:\d{4}|\*{4})-\d\d-\d\d$/);
      }
    }),
  );
});
