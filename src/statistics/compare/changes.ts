import type { Point } from '../../ui/chart/points.ts';
import { UNITS } from '../../types/statistics.ts';
import { figureText } from '../figures.ts';
import type { Indicator } from '../records.ts';
import type { Change, Comparison } from '../years.ts';

/** The comparison of years in words and points. */

const percent = new Intl.NumberFormat('zh-CN', { style: 'percent', maximumFractionDigits: 0 });

/**
 * How a figure changed: 「增加 12 场（20%）」, 「减少 3 人」, 「持平」, 「—」 where it cannot be said. A running year has not yet
 * fallen behind, so it is 「还差 3 场」.
 */
export function changeText(
  change: Change | undefined,
  { unit, nature }: Pick<Indicator, 'unit' | 'nature'>,
  isRunning: boolean,
): string {
  if (!change) return '—';
  const { difference, ratio } = change;
  if (difference === 0) return '持平';
  const amount = figureText(Math.abs(difference), unit);
  if (isRunning && nature === 'flow') return difference > 0 ? `已多 ${amount}` : `还差 ${amount}`;
  const share = ratio === undefined || unit === 'percent' ? '' : `（${percent.format(Math.abs(ratio))}）`;
  return `${difference > 0 ? '增加' : '减少'} ${amount}${share}`;
}

/** Years between the first and the last that have no figures; `years` in rising order. */
export const missingBetween = (years: readonly number[]): number[] => {
  const [first = 0] = years;
  const last = years.at(-1) ?? first;
  return Array.from({ length: Math.max(0, last - first - 1) }, (_, index) => first + index + 1).filter(
    (year) => !years.includes(year),
  );
};

/** A figure over the years for a line: also the years between, which have nothing. */
export function pointsOfYears(
  { indicator, figures }: Comparison,
  years: readonly number[],
): { points: Point[]; known: number; unit: string; notes: string[] } {
  const [first = 0] = years;
  const last = years.at(-1) ?? first;
  const points = Array.from({ length: last - first + 1 }, (_, index) => {
    const year = first + index;
    const figure = figures[years.indexOf(year)];
    const least = figure?.incomplete && figure.value !== undefined ? '不少于 ' : '';
    return {
      label: String(year),
      value: figure?.value,
      text: `${least}${figureText(figure?.value, indicator.unit, figure?.approximate)}`,
      address: figure && `/statistics/${year}/#figure-${indicator.id}`,
    };
  });
  const blank = points.filter(({ value }) => value === undefined).map(({ label }) => label);
  return {
    points,
    known: points.length - blank.length,
    unit: UNITS[indicator.unit],
    notes: blank.length > 0 ? [`${blank.join('、')} 年未载`] : [],
  };
}
