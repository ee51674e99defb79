import { entries, type EntryOf } from '../queries/index.ts';

/** What base pages ask of the content. */

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
