import { UNITS } from '../types/statistics.ts';

/** A figure that the record leaves blank. Absent is not zero. */
export const NOT_RECORDED = '未载';

const grouped = new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 2 });

/** A figure with its unit: 「624 人次」, 「约 1,800 份」, 「35%」, 「未载」 when there is none. */
export function figureText(
  value: number | undefined,
  unit: keyof typeof UNITS,
  approximate: boolean | undefined = false,
): string {
  if (value === undefined) return NOT_RECORDED;
  const figure = `${grouped.format(value)}${unit === 'percent' ? '' : ' '}${UNITS[unit]}`;
  return approximate ? `约 ${figure}` : figure;
}
