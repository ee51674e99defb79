import { readSheet } from 'read-excel-file/node';
import { expect, test, vi } from 'vitest';
import { event, indicator, records, row, snapshot } from '../../../tests/support/figures.ts';
import { figuresOf } from '../figure.ts';
import { csvOf, FIGURE_COLUMNS } from './sheets.ts';
import { yearWorkbook } from './workbook.ts';

const figures = figuresOf(
  records(
    [
      event('=危险的标题', {
        township: 'a',
        results: [row('handouts', 1800, { approximate: true, method: 'estimated' }), row('people', 0)],
      }),
      event('另一场', { results: [row('handouts')] }),
    ],
    [
      indicator('handouts', 'copy', { name: '发放资料' }),
      indicator('people', 'person', { name: '人数' }),
      indicator('app', 'person', { name: '用户', nature: 'stock', deduplication: '逗号,引号"都有' }),
    ],
    [snapshot('x', { indicator: 'app', value: 1278 }), snapshot('y', { indicator: 'app', value: 1283 })],
  ),
  { year: 2022 },
);
const names = {
  townshipName: (id: string) => (id === 'a' ? '甲镇' : undefined),
  addressOf: () => 'https://x/',
};

test('CSV：有字节序标记，数是光的数，没有记录的空着，零是零', () => {
  const text = csvOf(FIGURE_COLUMNS, figures);
  expect(text.startsWith('\uFEFF"指标","数值","单位"')).toBe(true);
  const lines = text.trimEnd().split('\r\n').slice(1);
  expect(lines[0]).toMatch(/^"发放资料",1800,"份","是","是",,,1800,,2,1,/);
  expect(lines[1]).toMatch(/^"人数",0,"人",/);
  expect(lines[2]).toMatch(/^"用户",,"人",,,"1278 或 1283",/);
  expect(lines[2]).toContain('"逗号,引号""都有"');
});

test('CSV：等号开头的文字不会当公式运行', () => {
  const column = { title: '题', meaning: '', width: 1, cell: (text: string) => text };
  expect(csvOf([column], ['=1+1', '-2', '平常'])).toBe(`\uFEFF"题"\r\n"'=1+1"\r\n"'-2"\r\n"平常"\r\n`);
});

test('工作簿：数值读回来是数，三页，每一列都有说明，每一笔都在明细里', async () => {
  const bytes = Buffer.from(await yearWorkbook(2022, figures, names));
  const sheet = await readSheet(bytes, '指标');
  const detail = await readSheet(bytes, '明细');
  const notes = await readSheet(bytes, '说明');
  expect(sheet[1]?.slice(0, 5)).toEqual(['发放资料', 1800, '份', '是', '是']);
  expect(sheet[2]?.[1]).toBe(0);
  expect(sheet[3]?.[1]).toBeNull();
  expect(detail.slice(1).map((cells) => [cells[1], cells[3], cells[8]])).toEqual([
    ['=危险的标题', 1800, '甲镇'],
    ['另一场', null, null],
    ['=危险的标题', 0, '甲镇'],
    ['x', 1278, null],
    ['y', 1283, null],
  ]);
  const explained = notes.map((cells) => cells[1]);
  for (const title of [...(sheet[0] ?? []), ...(detail[0] ?? [])]) expect(explained).toContain(title);
});

test('同样的数字，工作簿一个字节也不变', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-28') });
  const once = await yearWorkbook(2022, figures, names);
  vi.setSystemTime(new Date('2027-03-01'));
  expect(Buffer.compare(await yearWorkbook(2022, figures, names), once)).toBe(0);
  vi.useRealTimers();
});
