import { caravan } from '../../src/types/caravan.ts';
import type { RESULT_KINDS } from '../../src/types/statistics.ts';
import type { Indicator } from './figure.ts';

/** Which indicators a happening is asked for: the dictionary says so (「办完哪些活动要问」). */

export type ResultKind = keyof typeof RESULT_KINDS;

type Data = Readonly<Record<string, unknown>>;

/** The kind of an event; a stop of the caravan is a kind of its own. */
export const kindOf = (type: string, data: Data): ResultKind | undefined =>
  (type === caravan.name ? 'caravan' : data.kind) as ResultKind | undefined;

/** Whether its figure is worked out from other records, so that nobody is asked for it. */
export const isDerived = ({ derived }: Indicator) => derived !== undefined;

/** The ids of the indicators in an entry's results; what cannot be read is left out. */
export const indicatorsIn = ({ results }: Data): string[] =>
  Array.isArray(results)
    ? results.flatMap((item) => {
        const indicator = (item as { indicator?: unknown } | null)?.indicator;
        return typeof indicator === 'string' ? [indicator] : [];
      })
    : [];

/**
 * The indicators that a kind is asked for, in the dictionary's order. A dictionary that says nothing of kinds, as before
 * there was such a field, gives those that earlier happenings of the kind had.
 *
 * @param earlier data of the happenings of the same kind
 */
export function suggestedFor(
  kind: ResultKind | undefined,
  dictionary: readonly Indicator[],
  earlier: () => readonly Data[],
): Indicator[] {
  const typed = dictionary.filter((indicator) => !isDerived(indicator));
  if (typed.some(({ kinds }) => kinds?.length))
    return typed.filter(({ kinds }) => kind !== undefined && kinds?.includes(kind));
  const used = new Set(earlier().flatMap(indicatorsIn));
  return typed.filter(({ id }) => used.has(id));
}

/** The indicators of a sheet: those that some kind is asked for, and those that are used already. */
export const sheetIndicators = (dictionary: readonly Indicator[], used: readonly string[]): Indicator[] =>
  dictionary.filter(
    (indicator) => !isDerived(indicator) && (Boolean(indicator.kinds?.length) || used.includes(indicator.id)),
  );
