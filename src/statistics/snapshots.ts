import { unknownFacets } from './facets.ts';
import type { Part } from './part.ts';
import type { Indicator, SnapshotRecord } from './records.ts';
import { sum, type Sum, sumOf } from './sum.ts';

/** Figures typed by hand, compared with what the entries add up to. */

/** What the parts and the typed figures come to. */
export interface Outcome extends Sum {
  parts: Part[];
  /** Different values for the same thing, in rising order; empty when nothing disagrees. */
  conflict: number[];
}

const distinct = (values: readonly (number | undefined)[]) =>
  [...new Set(values.filter((value) => value !== undefined))].sort((a, b) => a - b);

const partOf = (entry: SnapshotRecord, value = entry.data.value): Part => ({
  entry,
  value,
  approximate: entry.data.approximate ?? false,
  method: undefined,
  item: undefined,
  facets: unknownFacets(),
});

/** Stocks: the latest day counts; two values for that day disagree. */
export function stockOutcome(indicator: Indicator, snapshots: readonly SnapshotRecord[]): Outcome {
  const last = snapshots
    .map(({ data }) => data.date ?? '')
    .sort()
    .at(-1);
  const latest = snapshots.filter(({ data }) => data.date === last && data.value !== undefined);
  const values = distinct(latest.map(({ data }) => data.value));
  const single = values.length === 1 ? latest.slice(0, 1).map((snapshot) => partOf(snapshot)) : [];
  return {
    ...sumOf(indicator, single),
    approximate: latest.some(({ data }) => data.approximate),
    parts: single,
    conflict: values.length > 1 ? values : [],
  };
}

/**
 * Flows: what the entries add up to, else what was typed. A typed figure above a sum with blanks stands for the whole, and
 * its part is what the entries leave over; one that differs from a complete sum disagrees with it.
 */
export function flowOutcome(
  indicator: Indicator,
  parts: readonly Part[],
  snapshots: readonly SnapshotRecord[],
): Outcome {
  const total = sumOf(indicator, parts);
  const typed = snapshots.filter(({ data }) => data.value !== undefined);
  const values = distinct(typed.map(({ data }) => data.value));
  const [first] = typed;
  const own = [...parts];
  if (values.length > 1 || !first)
    return values.length > 1
      ? {
          ...total,
          value: undefined,
          approximate: typed.some(({ data }) => data.approximate),
          incomplete: false,
          parts: own,
          conflict: values,
        }
      : { ...total, parts: own, conflict: [] };
  const whole = values[0] as number;
  if (total.value === whole) return { ...total, incomplete: false, parts: own, conflict: [] };
  const isExplained = total.value === undefined || (total.incomplete && whole > total.value);
  if (!isExplained) return { ...total, parts: own, conflict: distinct([total.value, whole]) };
  const rest = partOf(first, sum([{ value: whole }, { value: -(total.value ?? 0) }]));
  const all = [...own, total.value === undefined ? rest : { ...rest, stated: whole }];
  return {
    ...sumOf(indicator, all),
    value: whole,
    approximate: first.data.approximate ?? false,
    incomplete: false,
    parts: all,
    conflict: [],
  };
}
