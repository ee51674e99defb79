import { derivationRules, mayBeStated } from './derived.ts';
import { facetsOf } from './facets.ts';
import type { Part } from './part.ts';
import { type Indicator, isHappening, type SourceRecord, type YearRecords } from './records.ts';
import { assignToCampaigns } from './stated.ts';

/** From entries to the parts that figures are added up from. */

/** The parts of a year's figures, by indicator. */
export type PartsByIndicator = ReadonlyMap<string, readonly Part[]>;

const yearOfEntry = (entry: SourceRecord): number | undefined => {
  if (isHappening(entry)) return Number(entry.data.start?.slice(0, 4));
  return entry.collection === 'campaigns' ? entry.data.year : undefined;
};

/** An entry counts once however often it is given. Two types may use the same slug. */
export const onceEach = <Entry extends { collection: string; id: string }>(
  entries: readonly Entry[],
): Entry[] => [...new Map(entries.map((entry) => [`${entry.collection}/${entry.id}`, entry])).values()];

/** Events, stops and campaigns of a year, without cancelled ones. */
const statingIn = (entries: readonly SourceRecord[], year: number) =>
  entries.filter(
    (entry) => yearOfEntry(entry) === year && !('state' in entry.data && entry.data.state === 'cancelled'),
  );

function statedParts(entry: SourceRecord, dictionary: ReadonlyMap<string, Indicator>): [string, Part][] {
  const results = 'results' in entry.data ? (entry.data.results ?? []) : [];
  const facets = facetsOf(entry);
  return results
    .filter(({ indicator }) => dictionary.has(indicator) && mayBeStated(dictionary.get(indicator)?.derived))
    .map(({ indicator, value, approximate = false, method, item }) => [
      indicator,
      { entry, value, approximate, method, item, facets },
    ]);
}

function countedParts(
  { derived }: Indicator,
  entries: readonly SourceRecord[],
  year: number,
  own: readonly Part[],
) {
  if (derived === undefined) return [];
  const rule = derivationRules[derived];
  const stating = new Set(own.map(({ entry }) => entry));
  return rule
    .count(entries, year)
    .filter(({ entry }) => !stating.has(entry))
    .map(({ entry, value, month, reported }): Part => {
      const facets = facetsOf(entry);
      return {
        entry,
        value,
        approximate: false,
        method: reported ? undefined : 'measured',
        item: undefined,
        facets: month === undefined ? facets : { ...facets, month },
      };
    });
}

function partsIn({ entries, dictionary }: YearRecords, year: number): PartsByIndicator {
  const unique = onceEach(entries);
  const known = new Map(dictionary.map((indicator) => [indicator.id, indicator]));
  const stated = new Map<string, Part[]>();
  for (const entry of statingIn(unique, year))
    for (const [indicator, part] of statedParts(entry, known)) {
      const parts = stated.get(indicator) ?? [];
      parts.push(part);
      stated.set(indicator, parts);
    }
  return new Map(
    dictionary.map((indicator) => {
      const own = stated.get(indicator.id) ?? [];
      const parts = [...own, ...countedParts(indicator, unique, year, own)];
      return [indicator.id, assignToCampaigns(parts, indicator)];
    }),
  );
}

const kept = new WeakMap<YearRecords, Map<number, PartsByIndicator>>();

/** All parts of a year's figures; worked out once for the same records. */
export function partsOfYear(records: YearRecords, year: number): PartsByIndicator {
  const years = kept.get(records) ?? new Map<number, PartsByIndicator>();
  kept.set(records, years);
  const parts = years.get(year) ?? partsIn(records, year);
  years.set(year, parts);
  return parts;
}
