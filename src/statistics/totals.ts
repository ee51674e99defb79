import type { z } from 'zod';
import type { indicators, UNITS } from '../types/statistics.ts';

/** Adding up results. Figures are added within one indicator only, so 人 and 人次 never meet. */

export type Indicator = z.output<typeof indicators.item>;

/** Anything with results: an event, a stop, a campaign. */
export interface WithResults {
  id: string;
  /** Tells apart entries of two types with the same slug. */
  collection?: string;
  data: {
    results: readonly {
      indicator: string;
      value?: number | undefined;
      approximate?: boolean | undefined;
      item?: string | undefined;
    }[];
  };
}

/** One figure that a total was added up from. */
export interface Part<Entry> {
  entry: Entry;
  /** Undefined: the record leaves it blank. */
  value: number | undefined;
  approximate: boolean;
  /** What the figure counts, when an entry has several of one indicator. */
  item: string | undefined;
}

export interface Total<Entry> {
  indicator: Indicator;
  unit: keyof typeof UNITS;
  /** The sum of the parts that have a value; undefined when none has, and where adding would mean nothing. */
  value: number | undefined;
  /** At least one part is approximate, and so is the sum. */
  approximate: boolean;
  /** At least one part is blank: the real sum is at least `value`. */
  incomplete: boolean;
  parts: Part<Entry>[];
}

/** Shares cannot be added, nor stocks (each counts everything that stands on its day). */
const isAdditive = ({ unit, nature }: Indicator) => unit !== 'percent' && nature === 'flow';

/** Decimal fractions that binary sums get wrong, as 0.1 + 0.2. */
const rounded = (value: number) => Math.round(value * 1e6) / 1e6;

function total<Entry>(indicator: Indicator, parts: Part<Entry>[]): Total<Entry> {
  const values = parts.flatMap(({ value }) => value ?? []);
  const addable = values.length === 1 || (values.length > 1 && isAdditive(indicator));
  return {
    indicator,
    unit: indicator.unit,
    value: addable ? rounded(values.reduce((sum, value) => sum + value, 0)) : undefined,
    approximate: parts.some(({ approximate }) => approximate),
    incomplete: parts.some(({ value }) => value === undefined),
    parts,
  };
}

/**
 * Totals of the entries' results by indicator, in the dictionary's order. An entry counts once however often it is
 * given; results whose indicator is not in the dictionary are skipped (the content check reports them).
 *
 * @param dictionary the indicator dictionary: `itemsOf(indicators)`
 */
export function totalsOf<Entry extends WithResults>(
  entries: readonly Entry[],
  dictionary: readonly Indicator[],
): Total<Entry>[] {
  const once = new Map(entries.map((entry) => [`${entry.collection ?? ''}/${entry.id}`, entry]));
  const parts = new Map<string, Part<Entry>[]>();
  for (const entry of once.values())
    for (const { indicator, value, approximate = false, item } of entry.data.results) {
      const known = parts.get(indicator) ?? [];
      known.push({ entry, value, approximate, item });
      parts.set(indicator, known);
    }
  return dictionary.flatMap((indicator) => {
    const found = parts.get(indicator.id);
    return found ? total(indicator, found) : [];
  });
}
