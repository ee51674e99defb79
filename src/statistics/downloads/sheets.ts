import { UNITS } from '../../types/statistics.ts';
import type { Figure } from '../figure.ts';
import type { Part } from '../part.ts';

/** A year's figures as the sheets of a workbook. Numbers are bare: no unit, no 「约」; blank is 「没有记录」, not zero. */

export type Cell = string | number | undefined;

export interface Column<Row> {
  title: string;
  /** What the column means, for the sheet of notes. */
  meaning: string;
  /** In characters. */
  width: number;
  cell: (row: Row) => Cell;
}

const yes = (holds: boolean): Cell => (holds ? '是' : undefined);
const unlessZero = (value: number): Cell => (value === 0 ? undefined : value);
const NATURES = { flow: '全年累计', stock: '年末数' } as const;
const METHODS = { measured: '实测', estimated: '估计' } as const;

/** One row a figure. */
export const FIGURE_COLUMNS: readonly Column<Figure>[] = [
  { title: '指标', meaning: '指标的名称，见指标词典。', width: 26, cell: ({ indicator }) => indicator.name },
  {
    title: '数值',
    meaning:
      '合计，只有数字。空着：没有记录、不能相加（见「明细」各笔），或者对不上（见「对不上的数」）。零写 0。',
    width: 12,
    cell: ({ value }) => value,
  },
  {
    title: '单位',
    meaning: '「人」是多少人，「人次」是多少次参加，两者不相加。',
    width: 8,
    cell: ({ unit }) => UNITS[unit],
  },
  {
    title: '约数',
    meaning: '「是」：加进去的有约数，合计也是约数。',
    width: 8,
    cell: ({ approximate }) => yes(approximate),
  },
  {
    title: '不少于',
    meaning: '「是」：有几笔没有数，实际不少于「数值」。',
    width: 8,
    cell: ({ incomplete, value }) => yes(incomplete && value !== undefined),
  },
  {
    title: '对不上的数',
    meaning: '同一个指标有几个不同的数，都列出，不替人挑一个。',
    width: 16,
    cell: ({ conflict }) => conflict.join(' 或 ') || undefined,
  },
  {
    title: '其中实测',
    meaning: '「数值」里记录写明是实测的。',
    width: 10,
    cell: ({ method }) => unlessZero(method.measured),
  },
  {
    title: '其中估计',
    meaning: '「数值」里记录写明是估计的。',
    width: 10,
    cell: ({ method }) => unlessZero(method.estimated),
  },
  {
    title: '没有说明',
    meaning: '「数值」里记录没有说明怎样得来的。',
    width: 10,
    cell: ({ method }) => unlessZero(method.unsaid),
  },
  {
    title: '记录笔数',
    meaning: '由几笔记录得来。',
    width: 10,
    cell: ({ parts, snapshots }) => parts.length || snapshots.length,
  },
  {
    title: '未载笔数',
    meaning: '其中几笔没有数。',
    width: 10,
    cell: ({ parts }) => parts.filter(({ value }) => value === undefined).length,
  },
  {
    title: '性质',
    meaning: '全年累计：1 月 1 日至 12 月 31 日；年末数：12 月 31 日的数。',
    width: 10,
    cell: ({ indicator }) => NATURES[indicator.nature],
  },
  { title: '统计表', meaning: '对应的科普统计表号。', width: 18, cell: ({ indicator }) => indicator.form },
  {
    title: '口径',
    meaning: '怎样算、怎样去重。',
    width: 60,
    cell: ({ indicator }) => indicator.deduplication,
  },
  { title: '编号', meaning: '指标的编号，程序用。', width: 22, cell: ({ indicator }) => indicator.id },
];

/** One row an entry of a figure, or a reported figure. */
export interface PartRow {
  figure: Figure;
  part: Pick<Part, 'value' | 'approximate' | 'method' | 'item'>;
  title: string;
  month?: number | undefined;
  township?: string | undefined;
  address?: string | undefined;
  source?: string | undefined;
}

/** @param nameOfTownship the name of a township by its id */
export const partColumns = (
  nameOfTownship: (id: string) => string | undefined,
): readonly Column<PartRow>[] => [
  {
    title: '指标',
    meaning: '这一笔算在哪个指标里。',
    width: 24,
    cell: ({ figure }) => figure.indicator.name,
  },
  { title: '条目', meaning: '记录的标题。', width: 40, cell: ({ title }) => title },
  {
    title: '细目',
    meaning: '同一条记录里有几笔时，这一笔是什么。',
    width: 22,
    cell: ({ part }) => part.item,
  },
  {
    title: '数值',
    meaning: '这一笔的数；空着是没有记录，不是零。品牌活动自己填了总数的，是总数里没有分到各项活动的部分。',
    width: 12,
    cell: ({ part }) => part.value,
  },
  { title: '单位', meaning: '同「指标」页。', width: 8, cell: ({ figure }) => UNITS[figure.unit] },
  {
    title: '约数',
    meaning: '「是」：原始记录写的是约数。',
    width: 8,
    cell: ({ part }) => yes(part.approximate),
  },
  {
    title: '得数方法',
    meaning: '实测或估计；空着是没有说明。',
    width: 10,
    cell: ({ part }) => part.method && METHODS[part.method],
  },
  { title: '月份', meaning: '1 到 12；空着是日期未载。', width: 8, cell: ({ month }) => month },
  {
    title: '乡镇',
    meaning: '空着是乡镇未载，或者不分乡镇。',
    width: 10,
    cell: ({ township }) => township && nameOfTownship(township),
  },
  { title: '出处', meaning: '填报的数从哪里来。', width: 30, cell: ({ source }) => source },
  { title: '网址', meaning: '这一条记录的网页。', width: 50, cell: ({ address }) => address },
];

/** A row for each entry and each reported figure. Those that were reported stand among the parts too where they count. */
export const partRows = (
  figures: readonly Figure[],
  addressOf: (part: Part) => string | undefined,
): PartRow[] =>
  figures.flatMap((figure) => [
    ...figure.parts
      .filter(({ entry }) => entry.collection !== 'statistics')
      .map((part) => ({
        figure,
        part,
        title: part.entry.data.title,
        month: part.facets.month,
        township: part.facets.township,
        address: addressOf(part),
      })),
    ...figure.snapshots.map(({ data }) => ({
      figure,
      part: { value: data.value, approximate: data.approximate ?? false, method: undefined, item: undefined },
      title: data.title,
      source: data.source,
    })),
  ]);

/** What blanks and signs mean, above the list of columns. */
export const NOTES: readonly string[] = [
  '数字由活动、站次、阵地、荣誉等记录得出，「明细」页是每一笔。',
  '空着的格是没有记录，不是零；零写 0。',
  '「人」和「人次」是两个口径，永不相加。同一个人、同一个单位会到几场的指标，各笔不相加，「数值」空着。',
  '约数、不少于、对不上写在各自的列里，「数值」一列只有数字，可以直接计算。',
];

const guarded = (text: string) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

const csvCell = (cell: Cell): string => {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return String(cell);
  return `"${guarded(cell).replaceAll('"', '""')}"`;
};

/** As CSV (RFC 4180) with a byte order mark, which Excel needs for Chinese; nothing in it runs as a formula. */
export const csvOf = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string =>
  `\uFEFF${[
    columns.map(({ title }) => csvCell(title)),
    ...rows.map((row) => columns.map(({ cell }) => csvCell(cell(row)))),
  ]
    .map((cells) => `${cells.join(',')}\r\n`)
    .join('')}`;
