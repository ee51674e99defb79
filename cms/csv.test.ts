import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csv } from './csv.ts';

test('a spreadsheet program sees Chinese, quotes, commas and line breaks as they were written', () => {
  expect(
    csv([
      ['姓名', '说明'],
      ['甲', '他说“好”，"是"\n第二行'],
      [1, null],
      [true, undefined],
    ]),
  ).toBe('\uFEFF姓名,说明\r\n甲,"他说“好”，""是""\n第二行"\r\n1,\r\n是,\r\n');
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1', '|cmd'])(
  'what begins like a formula is text: %j',
  (dangerous) => {
    const [[first]] = parse(csv([[dangerous]]), { bom: true }) as [[string]];
    expect(first).toBe(`'${dangerous}`);
  },
);

test('a negative number stays a number', () => {
  expect(csv([[-3, '-3']])).toBe("\uFEFF-3,'-3\r\n");
});

test('whatever is written is read back, but for the apostrophe that stops formulas', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })), { minLength: 1 }),
      (rows) => {
        const read = parse(csv(rows), { bom: true, recordDelimiter: '\r\n' }) as string[][];
        const bare = read.map((row, at) =>
          row.map((value, column) => (value === `'${rows[at]?.[column]}` ? value.slice(1) : value)),
        );
        expect(bare).toEqual(rows);
        for (const value of read.flat()) expect(value).not.toMatch(/^[=+\-@\t\r]/);
      },
    ),
  );
});
