import type { EntryOf } from '../queries/index.ts';
import { entries, itemsOf } from '../queries/index.ts';
import { townships } from '../types/townships.ts';
import { BASE_KINDS } from '../types/bases.ts';

/** What base pages ask of the content. */

export type Base = EntryOf<'bases'>;

export const basesOf = (): Promise<Base[]> => entries('bases');

/** Bases by kind, in the order of the kinds; kinds without a base are left out. */
export const byKind = (bases: readonly Base[]) =>
  (Object.keys(BASE_KINDS) as (keyof typeof BASE_KINDS)[])
    .map((kind) => ({ kind, label: BASE_KINDS[kind], bases: bases.filter(({ data }) => data.kind === kind) }))
    .filter(({ bases }) => bases.length > 0);

/** Number of entries in each township, by its id. */
export function countsByTownship(
  placed: readonly { data: { township?: string | undefined } }[],
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { data } of placed) if (data.township) counts[data.township] = (counts[data.township] ?? 0) + 1;
  return counts;
}

/** Name of a township, or undefined when it is not in the list. */
export const townshipName = (id: string | undefined): string | undefined =>
  itemsOf(townships).find((township) => township.id === id)?.name;

/** What else the site holds about a base. */
export async function relationsOf({ id, data }: Base) {
  const events = (await entries('events')).filter((event) => event.data.base === id);
  const stops = (await entries('caravan')).filter(
    (stop) => data.township !== undefined && stop.data.township === data.township,
  );
  const honours = (await entries('honours')).filter((honour) => honour.data.base === id);
  const articles = (await entries('articles')).filter((article) => article.data.bases.includes(id));
  return { events, stops, honours, articles };
}
