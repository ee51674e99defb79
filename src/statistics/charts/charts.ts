import type { Point } from '../../ui/chart/points.ts';
import { UNITS } from '../../types/statistics.ts';
import { breakdown, type Row } from '../breakdown.ts';
import type { Dimension } from '../facets.ts';
import type { Figure } from '../figure.ts';
import { figureText } from '../figures.ts';
import { isAdditive } from '../sum.ts';

/** A year's figures for charts. */

export interface ChartData {
  /** Unique within a year. */
  id: string;
  title: string;
  unit: string;
  kind: 'bars' | 'columns';
  /** Head of the first column of the table behind the chart. */
  by: string;
  points: Point[];
  /** What the records assign to no bar. */
  unplaced: Point[];
  notes: string[];
}

/** What charts are made by, and the names for it. */
export interface ChartNames {
  townships: readonly { id: string; name: string }[];
  /** `AUDIENCES`: key → label. */
  audiences: Readonly<Record<string, string>>;
  /** Campaigns by id. */
  campaigns: Readonly<Record<string, string>>;
}

type By = 'month' | 'township' | 'audience' | 'campaign';

const HEADS: Record<By, string> = { month: '月份', township: '乡镇', audience: '人群', campaign: '品牌活动' };
const BLANKS: Record<By, string> = {
  month: '日期未载',
  township: '乡镇未载',
  audience: '人群未载',
  campaign: '不属于品牌活动',
};

/** The keys in the order in which they are drawn, with names and where they lead. */
function keysOf(by: By, { townships, audiences, campaigns }: ChartNames) {
  const named = (names: Readonly<Record<string, string>>, address?: (id: string) => string) =>
    Object.entries(names).map(([key, label]) => ({ key, label, address: address?.(key) }));
  if (by === 'month')
    return Array.from({ length: 12 }, (_, index) => ({
      key: String(index + 1),
      label: `${index + 1}`,
      address: undefined,
    }));
  if (by === 'township')
    return townships.map(({ id, name }) => ({ key: id, label: name, address: `/townships/${id}/` }));
  return by === 'audience' ? named(audiences) : named(campaigns, (id) => `/campaigns/${id}/`);
}

const pointOf = (row: Row | undefined, figure: Figure, zero: boolean) => {
  const value = row?.value ?? (zero && !row ? 0 : undefined);
  const least = row?.incomplete && value !== undefined ? '不少于 ' : '';
  return { value, text: `${least}${figureText(value, figure.unit, row?.approximate)}` };
};

/**
 * A figure by month, township and so on; undefined when fewer than two rows have a value, since one bar says no more than the
 * figure. Months without entries are zero; townships, audiences and campaigns without any are left out.
 */
export function chartOf(figure: Figure, by: By, names: ChartNames): ChartData | undefined {
  if (!isAdditive(figure.indicator)) return undefined;
  const rows = breakdown(figure, by satisfies Dimension);
  const isMonth = by === 'month';
  const points = keysOf(by, names)
    .map(({ key, label, address }) => {
      const row = rows.find((one) => one.key === key);
      return { row, label, address, ...pointOf(row, figure, isMonth) };
    })
    .filter(({ row }) => isMonth || row)
    .map(({ row: _, ...point }) => point);
  if (rows.filter(({ key, value }) => key !== undefined && value !== undefined).length < 2) return undefined;
  const blank = rows.find(({ key }) => key === undefined);
  const shared = rows.some((row) => row.shared > 0);
  return {
    id: `${figure.indicator.id}-${by}`,
    title: `${figure.indicator.name}，按${HEADS[by]}`,
    unit: UNITS[figure.unit],
    kind: isMonth ? 'columns' : 'bars',
    by: HEADS[by],
    points,
    unplaced: blank
      ? [{ label: `${BLANKS[by]}（${blank.parts.length} 笔）`, ...pointOf(blank, figure, false) }]
      : [],
    notes: [
      ...(blank ? [unplacedText(by, blank, figure)] : []),
      ...(shared && by === 'audience' ? ['一场面向几类人群的，每一类都计'] : []),
    ],
  };
}

/** 「日期未载 18 笔，83 场，不在图里」. */
const unplacedText = (by: By, { parts, value }: Row, { unit }: Figure) =>
  `${BLANKS[by]} ${parts.length} 笔${value === undefined ? '' : `，${figureText(value, unit)}`}，不在图里`;

/** The charts of a figure by what it can be seen by, and what they leave out where there is nothing to draw. */
export function chartsOf(
  figure: Figure,
  dimensions: readonly By[],
  names: ChartNames,
): { charts: ChartData[]; undrawn: string[] } {
  const drawn = dimensions.map((by) => ({ by, chart: chartOf(figure, by, names) }));
  const undrawn = drawn
    .filter(({ chart }) => !chart)
    .flatMap(({ by }) => {
      const blank = breakdown(figure, by).find(({ key }) => key === undefined);
      return blank && by !== 'campaign' ? [unplacedText(by, blank, figure).replace('，不在图里', '')] : [];
    });
  return { charts: drawn.flatMap(({ chart }) => chart ?? []), undrawn };
}
