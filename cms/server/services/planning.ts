import type { Content } from '../../../src/store/index.ts';
import { type PlannedStop, planningWarnings, type Reference } from '../../../src/caravan/planning/index.ts';
import { blockedDays, caravan, exhibitSets, schools, vehicles } from '../../../src/types/caravan.ts';
import { holidaysOf } from '../../../src/queries/holidays.ts';
import { readEntry } from '../../../src/model/entry.ts';
import type { Problem } from '../../../src/model/problems.ts';
import { townships } from '../../../src/types/townships.ts';
import type { StoredFile } from '../../protocol/entries.ts';
import { slugOfPath } from '../../documents/slug.ts';
import type { EntryDocument } from '../stores/content/entry-document.ts';

/** The planning rules, applied to the schedule with all drafts. */

/** The reference lists that planning looks at, as they are published. */
export const planningReference = (content: Content): Reference => ({
  schools: content.list(schools).items,
  townships: content.list(townships).items,
  vehicles: content.list(vehicles).items,
  exhibitSets: content.list(exhibitSets).items,
  blockedDays: content.list(blockedDays).items,
  holidays: holidaysOf(content),
});

type Stored = Pick<StoredFile, 'path' | 'text' | 'version'> & Partial<Pick<EntryDocument, 'parsed'>>;

/** Stops by path, until their text changes. */
type KnownStops = Map<string, { version: string; stop: PlannedStop | undefined }>;

const knownStops = new WeakMap<Content, KnownStops>();

function knownStopsOf(content: Content): KnownStops {
  const known = knownStops.get(content) ?? new Map();
  knownStops.set(content, known);
  return known;
}

/** The stops among stored texts; those with errors are left out. */
export function plannedStops(content: Content, files: readonly Stored[]): PlannedStop[] {
  const known = knownStopsOf(content);
  return files.flatMap((file) => {
    const { path, version } = file;
    const kept = known.get(path);
    if (kept?.version === version) return kept.stop ?? [];
    const { data } = readEntry(caravan.schema, path, file.parsed ?? file.text, caravan.format);
    const stop = data && { slug: slugOfPath(path), data };
    known.set(path, { version, stop });
    return stop ?? [];
  });
}

/** The planning problems of a stop's text; none for other places. */
export function planningProblems(
  { place, parsed }: EntryDocument,
  stops: () => readonly Stored[],
): Problem[] {
  if (place.kind !== caravan.name) return [];
  const { data, lineOf } = readEntry(caravan.schema, place.path, parsed, caravan.format);
  if (!data) return [];
  const stop = { slug: place.slug, data, file: place.path, lineOf };
  return planningWarnings(stop, plannedStops(place.content, stops()), planningReference(place.content));
}
