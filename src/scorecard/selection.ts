import type { ChartData } from '../statistics/charts/charts.ts';
import type { Figure } from '../statistics/index.ts';

/** What of a year fits on one sheet. */

const MOST_LEADING = 8;
const MOST_OTHERS = 24;
const MOST_BARS = 7;
export const MOST_CHARTS = 3;

/** A figure that says something alone: known, or known to be in doubt. */
const isTold = ({ value, conflict }: Figure) => value !== undefined || conflict.length > 0;

/**
 * The figures in large letters (those that the dictionary puts on the home page, else the first) and those below; `left` is how
 * many told figures did not fit.
 */
export function leadingFigures(figures: readonly Figure[]): {
  leading: Figure[];
  others: Figure[];
  left: number;
} {
  const told = figures.filter(isTold);
  const marked = told.filter(({ indicator }) => indicator.headline);
  const leading = (marked.length > 0 ? marked : told).slice(0, MOST_LEADING);
  const rest = told.filter((figure) => !leading.includes(figure));
  const others = rest.slice(0, MOST_OTHERS);
  return { leading, others, left: rest.length - others.length };
}

/** A chart with no more bars than fit: the largest, in their order. */
export function largestPoints(chart: ChartData): ChartData {
  if (chart.kind !== 'bars' || chart.points.length <= MOST_BARS) return chart;
  const kept = new Set([...chart.points].sort((a, b) => (b.value ?? 0) - (a.value ?? 0)).slice(0, MOST_BARS));
  return {
    ...chart,
    points: chart.points.filter((point) => kept.has(point)),
    notes: [
      ...chart.notes,
      `只画最多的 ${MOST_BARS} 个，其余 ${chart.points.length - MOST_BARS} 个见年度数据`,
    ],
  };
}
