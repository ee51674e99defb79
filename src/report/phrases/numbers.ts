import { UNITS } from '../../types/statistics.ts';

/** Figures as official documents write them: Arabic digits without separators, round ones in 万, money in 元 or 万元. */

const TEN_THOUSAND = 10_000;

/** No binary fractions: 23.5, not 23.499999999999996. */
const plain = (value: number) => String(Math.round(value * 1e6) / 1e6);

/** 3639, 1.3万, 5万; only what 万 says exactly with two decimals. */
export const numberText = (value: number): string =>
  Math.abs(value) >= TEN_THOUSAND && value % 100 === 0 ? `${plain(value / TEN_THOUSAND)}万` : plain(value);

/** 5000元, 15万元, 23.5万元. */
export const moneyText = (yuan: number): string =>
  Math.abs(yuan) >= TEN_THOUSAND && Number.isInteger(yuan)
    ? `${plain(yuan / TEN_THOUSAND)}万元`
    : `${plain(yuan)}元`;

/** What a figure comes to, as far as records say. */
export interface Amount {
  /** Undefined: not on record, or the records disagree. */
  value: number | undefined;
  unit: keyof typeof UNITS;
  approximate: boolean;
  /** The real figure is at least `value`. */
  incomplete: boolean;
  /** Different values for the same thing, in rising order. */
  conflict: readonly number[];
}

/**
 * 「24场」, 「约1.3万人次」, 「不少于15万元」, 「1278或1283人」; undefined when nothing is known.
 *
 * @param measure the measure word in place of the unit's own; empty for the number alone. Money keeps its own.
 */
export function amountText(
  { value, unit, approximate, incomplete, conflict }: Amount,
  measure: string = UNITS[unit],
): string | undefined {
  const written = (one: number) => (unit === 'yuan' ? moneyText(one) : numberText(one));
  const word = unit === 'yuan' ? '' : unit === 'percent' ? '%' : measure;
  if (value === undefined)
    return conflict.length > 0 ? `${conflict.map(written).join('或')}${word}` : undefined;
  return `${incomplete ? '不少于' : ''}${approximate ? '约' : ''}${written(value)}${word}`;
}
