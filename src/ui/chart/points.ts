/** One value of a chart, and one row of the table behind it. */
export interface Point {
  label: string;
  /** Undefined: not on record, so nothing is drawn; zero is a value. */
  value: number | undefined;
  /** The value as a reader sees it: 「不少于 1,800 份」, 「未载」. */
  text: string;
  /** Site address that the label leads to. */
  address?: string | undefined;
}

/** `bars`: a name and a bar on a row. `columns`: in the order of time. `line`: one point a year. */
export type ChartKind = 'bars' | 'columns' | 'line';

const compact = new Intl.NumberFormat('zh-CN', {
  notation: 'compact',
  maximumFractionDigits: 1,
  useGrouping: true,
});

/** A value short enough to stand over a column: 「5万」. */
export const shortText = (value: number): string => compact.format(value);
