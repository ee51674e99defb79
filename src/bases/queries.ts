import { entries, type EntryOf } from '../queries/index.ts';
import { sharesBy } from '../statistics/shares/groups.ts';

/** Queries of the base pages. */

export type Base = EntryOf<'bases'>;

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

/** The year's figures of a base itself, by its id, and of the events that were held in it. */
export const sharesOfBase = sharesBy((entry) => {
  if (entry.collection === 'bases') return [entry.id];
  if (entry.collection === 'events' || entry.collection === 'honours')
    return entry.data.base === undefined ? [] : [entry.data.base];
  return [];
});
