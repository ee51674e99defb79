import { currentContent } from '../../../src/store/index.ts';
import { type PlannedStop, planningWarnings, type Reference } from '../../../src/caravan/planning/index.ts';
import { blockedDays, caravan, exhibitSets, schools, vehicles } from '../../../src/types/caravan.ts';
import { readEntry } from '../../../src/model/entry.ts';
import type { Problem } from '../../../src/model/problems.ts';
import { townships } from '../../../src/types/townships.ts';
import type { StoredFile } from '../../protocol/entries.ts';
import { slugOfPath } from '../../documents/slug.ts';
import type { Place } from '../../documents/places.ts';

/** The planning rules, applied to the schedule with all drafts. */

/** The reference lists that planning looks at, as they are published. */
export const planningReference = (): Reference => ({
  schools: currentContent().list(schools).items,
  townships: currentContent().list(townships).items,
  vehicles: currentContent().list(vehicles).items,
  exhibitSets: currentContent().list(exhibitSets).items,
  blockedDays: currentContent().list(blockedDays).items,
});

type Stored = Pick<StoredFile, 'path' | 'text' | 'version'>;

/** Parsed stops by path, until their text changes. */
const parsedStops = new Map<string, { version: string; stop: PlannedStop | undefined }>();

/** The stops among stored texts; those with errors are left out. */
export const plannedStops = (files: readonly Stored[]): PlannedStop[] =>
  files.flatMap(({ path, text, version }) => {
    const kept = parsedStops.get(path);
    if (kept?.version === version) return kept.stop ?? [];
    const { data } = readEntry(caravan.schema, path, text, caravan.format);
    const stop = data && { slug: slugOfPath(path), data };
    parsedStops.set(path, { version, stop });
    return stop ?? [];
  });

/** The planning problems of a stop's text; none for other places. */
export function planningProblems(place: Place, text: string, stops: () => readonly Stored[]): Problem[] {
  if (place.kind !== caravan.name) return [];
  const { data, lineOf } = readEntry(caravan.schema, place.path, text, caravan.format);
  if (!data) return [];
  const stop = { slug: place.slug, data, file: place.path, lineOf };
  return planningWarnings(stop, plannedStops(stops()), planningReference());
}
