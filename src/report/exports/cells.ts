import type { Figure } from '../../statistics/index.ts';
import { UNITS } from '../../types/statistics.ts';
import { amountText } from '../phrases/numbers.ts';

/** Figures in cells of forms: a number, `0` when it is zero, `-` when there is no record (《科普统计调查制度》). */

export const ABSENT = '-';

/** The bare number; 「1278或1283」 where records disagree, so that nobody adds up one of the two. */
export const figureCell = (figure: Pick<Figure, 'value' | 'conflict'> | undefined): number | string => {
  if (figure?.value !== undefined) return figure.value;
  return figure && figure.conflict.length > 0 ? figure.conflict.join('或') : ABSENT;
};

/** What the number alone does not say: 约, 不少于, 待核. */
export function remarkOf(figure: Figure | undefined): string {
  if (!figure) return '没有记录';
  const { value, approximate, incomplete, conflict, unit } = figure;
  if (conflict.length > 0) {
    const values = conflict.map((one) =>
      amountText({ value: one, unit, approximate: false, incomplete: false, conflict: [] }, UNITS[unit]),
    );
    return `待核：记载不一致（${values.join('、')}）`;
  }
  if (value === undefined) return '有记录，数字没有填';
  return [approximate && '约数', incomplete && '有的记录没有填，实际不少于这个数'].filter(Boolean).join('；');
}
