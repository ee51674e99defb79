import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csv } from './csv.ts';

test('表格软件里看到的汉字、引号、逗号和换行，和写的一样', () => {
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
  '开头像公式的按文字写：%j',
  (dangerous) => {
    const [[first]] = parse(csv([[dangerous]]), { bom: true }) as [[string]];
    expect(first).toBe(`'${dangerous}`);
  },
);

test('负数还是数', () => {
  expect(csv([[-3, '-3']])).toBe("\uFEFF-3,'-3\r\n");
});

test('写进去什么就读回什么，只差防公式的撇号', () => {
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
