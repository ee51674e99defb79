import { type Dimension, valuesOf } from './facets.ts';
import type { Figure } from './figure.ts';
import type { Part } from './part.ts';
import { type Sum, sumOf } from './sum.ts';

/** One line of a breakdown. */
export interface Row extends Sum {
  /** A month `1` to `12`, a township's or campaign's id, an audience, a kind, a name; undefined: not on record. */
  key: string | undefined;
  parts: Part[];
  /** How many of the parts count in other rows too: events for several audiences, or of several hosts. */
  shared: number;
}

/**
 * The parts of a figure by month, township and so on; the last row, without a key, is what the records do not assign to any
 * (「日期未载」, 「乡镇未载」). It is there only when it has parts. Rows of a dimension with one value each add up to the figure;
 * those of audience and host need not, because a joint event is in the row of each: `shared` says how many are.
 */
export function breakdown({ indicator, parts }: Pick<Figure, 'indicator' | 'parts'>, by: Dimension): Row[] {
  const groups = new Map<string | undefined, Part[]>();
  for (const part of parts) {
    const values = valuesOf(part.facets, by);
    for (const key of values.length > 0 ? values : [undefined]) {
      const group = groups.get(key) ?? [];
      group.push(part);
      groups.set(key, group);
    }
  }
  return [...groups]
    .sort(([a], [b]) => compare(a, b))
    .map(([key, own]) => ({
      key,
      parts: own,
      shared: own.filter(({ facets }) => valuesOf(facets, by).length > 1).length,
      ...sumOf(indicator, own),
    }));
}

/** Numbers by size, the rest by name, what is not on record last. */
function compare(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return a.localeCompare(b, 'zh-CN', { numeric: true });
}
