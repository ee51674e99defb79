import { entries, type EntryOf } from '../queries/index.ts';
import { yearRecords } from '../statistics/queries.ts';
import { sharesOf, type YearShare } from '../statistics/shares/share.ts';

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

/** The year's figures of the base itself and of the events that were held in it. */
export async function sharesOfBase({ id }: Base): Promise<YearShare[]> {
  const records = await yearRecords();
  const here = new Set(
    (await entries('events')).filter(({ data }) => data.base === id).map((event) => event.id),
  );
  return sharesOf(
    records,
    records.entries.filter(
      (entry) =>
        (entry.collection === 'events' && here.has(entry.id)) ||
        (entry.collection === 'bases' && entry.id === id) ||
        (entry.collection === 'honours' && entry.data.base === id),
    ),
  );
}
