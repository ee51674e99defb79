import { compareKnownDates } from '../calendar/precision.ts';
import { entries, type EntryOf, entryOf, itemOf } from '../queries/index.ts';
import { campaigns } from '../types/campaigns.ts';
import { caravan, schools } from '../types/caravan.ts';
import { events } from '../types/events.ts';
import { townships } from '../types/townships.ts';

/** An event or a caravan stop. */
export type Happening = EntryOf<'events' | 'caravan'>;

/** Soonest first. */
export const byStart = (a: Happening, b: Happening) =>
  compareKnownDates({ ...a.data, day: a.data.start }, { ...b.data, day: b.data.start }) ||
  a.id.localeCompare(b.id);

/** What a happening is called in a list: a stop is known by its school, an event by its name. */
export const shortName = (happening: Happening): string =>
  happening.collection === 'caravan' ? placeOf(happening) : happening.data.title;

/** Site address of the page of an event or stop. */
export const addressOf = ({ collection, id }: Happening): string =>
  (collection === 'events' ? events : caravan).address(id);

/** The township that a happening is in; undefined when it names none, or one that does not exist. */
export const townshipOf = ({ data }: Happening) => itemOf(townships, data.township);

/** Name of the school or place. */
export function placeOf({ collection, data }: Happening): string {
  if (collection === 'events') return data.place;
  return itemOf(schools, data.school)?.name ?? data.place ?? '';
}

/** The campaign that a happening belongs to, with its address. */
export async function campaignOf({ data }: Happening) {
  const campaign = await entryOf('campaigns', data.campaign);
  return campaign && { title: campaign.data.title, address: campaigns.address(campaign.id) };
}

/** The happenings just before and after one in time, among all of its kind. */
export async function neighboursOf(happening: Happening) {
  // Latest first, as `entries` gives them: sorting again for every page would cost n² log n.
  const all: Happening[] = await entries(happening.collection);
  const at = all.findIndex(({ id }) => id === happening.id);
  const crumb = (entry: Happening | undefined) =>
    entry && { label: entry.data.title, address: addressOf(entry) };
  return { previous: crumb(all[at + 1]), next: crumb(all[at - 1]) };
}
