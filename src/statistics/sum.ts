import type { Method, Part } from './part.ts';
import type { Indicator } from './records.ts';

/** Adding up parts. Figures are added within one indicator only, so 人 and 人次 never meet. */

/** How much of a value was measured, how much estimated, and of how much the records do not say; in the figure's unit. */
export interface MethodShares {
  measured: number;
  estimated: number;
  unsaid: number;
}

export interface Sum {
  /** Undefined when no part has a value, and where adding would mean nothing. */
  value: number | undefined;
  /** At least one part is approximate, and so is the sum. */
  approximate: boolean;
  /** At least one part is blank: the real figure is at least `value`. */
  incomplete: boolean;
  method: MethodShares;
}

/** Shares cannot be added, nor people and units that come to several events, nor stocks unless their entries are counted. */
export const isAdditive = ({ unit, nature, summable, derived }: Indicator): boolean =>
  unit !== 'percent' && summable && (nature === 'flow' || derived !== undefined);

/** Decimal fractions that binary sums get wrong, as 0.1 + 0.2. */
const rounded = (value: number) => Math.round(value * 1e6) / 1e6;

/** Sum of what is known. */
export const sum = (parts: readonly Pick<Part, 'value'>[]): number =>
  rounded(parts.reduce((total, { value }) => total + (value ?? 0), 0));

const NO_SHARES: MethodShares = { measured: 0, estimated: 0, unsaid: 0 };

const shares = (parts: readonly Part[]): MethodShares => {
  const of = (method: Method | undefined) => sum(parts.filter((part) => part.method === method));
  return { measured: of('measured'), estimated: of('estimated'), unsaid: of(undefined) };
};

/** A part that counts here: not one that another part of the same set includes. */
export function countedOnce(parts: readonly Part[]): readonly Part[] {
  if (parts.every(({ coveredBy }) => coveredBy === undefined)) return parts;
  const campaigns = new Set(
    parts.filter(({ entry }) => entry.collection === 'campaigns').map(({ entry }) => entry.id),
  );
  return parts.filter(({ coveredBy }) => coveredBy === undefined || !campaigns.has(coveredBy));
}

/** Adds up the parts of one indicator. */
export function sumOf(indicator: Indicator, parts: readonly Part[]): Sum {
  const counted = countedOnce(parts);
  const known = counted.filter(({ value }) => value !== undefined);
  const addable = known.length === 1 || (known.length > 1 && isAdditive(indicator));
  return {
    value: addable ? sum(known) : undefined,
    approximate: known.some(({ approximate }) => approximate),
    incomplete: counted.some(({ value }) => value === undefined),
    method: addable ? shares(known) : NO_SHARES,
  };
}
