import type { CollectionEntry } from 'astro:content';
import { campaigns } from '../campaigns/type.ts';
import { caravan, schools } from '../caravan/type.ts';
import { today } from '../calendar/today.ts';
import { addDays } from '../calendar/words.ts';
import { entries, entryOf, itemsOf } from '../loader/read.ts';
import { townships } from '../townships/type.ts';
import { changedSince, lastChange } from './happening.ts';
import { events } from './type.ts';
import { upcoming } from './upcoming.ts';

export type Event = CollectionEntry<'events'>;
/** An event or a caravan stop. */
export type Happening = CollectionEntry<'events' | 'caravan'>;

/** Soonest first. */
export const byStart = (a: Happening, b: Happening) =>
  a.data.start.localeCompare(b.data.start) || a.id.localeCompare(b.id);

/** Events that are not over, soonest first; cancelled ones stay visible. */
export const upcomingEvents = async (limit = Infinity): Promise<Event[]> =>
  upcoming(await entries('events'), today()).slice(0, limit);

/** Events that are over, latest first. */
export async function pastEvents(): Promise<Event[]> {
  const coming = new Set((await upcomingEvents()).map(({ id }) => id));
  return (await entries('events')).filter(({ id }) => !coming.has(id));
}

/** Years in which there are events, latest first. */
export const eventYears = async (): Promise<string[]> => [
  ...new Set((await entries('events')).map(({ data }) => data.start.slice(0, 4))),
];

/** Moves and cancellations announced within the last `days` days, latest first; of events and stops unless told. */
export async function recentChanges(
  days: number,
  kinds: readonly ('events' | 'caravan')[] = ['events', 'caravan'],
): Promise<Happening[]> {
  const since = addDays(today(), -days);
  const all: Happening[] = (await Promise.all(kinds.map((kind) => entries(kind)))).flat();
  return all
    .filter(({ data }) => changedSince(data, since))
    .sort((a, b) => lastChange(b.data).localeCompare(lastChange(a.data)) || a.id.localeCompare(b.id));
}

/** Site address of the page of an event or stop. */
export const addressOf = ({ collection, id }: Happening): string =>
  (collection === 'events' ? events : caravan).address?.(id) ?? '/';

/** The township that a happening is in; undefined when it names none, or one that does not exist. */
export const townshipOf = ({ data }: Happening) => itemsOf(townships).find(({ id }) => id === data.township);

/** Name of the school or place. */
export function placeOf({ collection, data }: Happening): string {
  if (collection === 'events') return data.place;
  return itemsOf(schools).find(({ id }) => id === data.school)?.name ?? data.place ?? '';
}

/** The campaign that a happening belongs to, with its address. */
export async function campaignOf({ data }: Happening) {
  const campaign = await entryOf('campaigns', data.campaign);
  return campaign && { title: campaign.data.title, address: campaigns.address?.(campaign.id) ?? '/' };
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
