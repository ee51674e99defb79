import type { EntryOf } from '../queries/index.ts';
import { campaigns } from '../types/campaigns.ts';
import { caravan, schools } from '../types/caravan.ts';
import { today } from '../calendar/today.ts';
import { addDays } from '../calendar/days.ts';
import { entries, entryOf, itemOf } from '../queries/index.ts';
import { townships } from '../types/townships.ts';
import { type Announcement, announcementsOf, formerTime, isAnnounced } from './history.ts';
import { events } from '../types/events.ts';
import { upcoming } from './upcoming.ts';

export type Event = EntryOf<'events'>;
/** An event or a caravan stop. */
export type Happening = EntryOf<'events' | 'caravan'>;

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

const schoolName = (id: string) => itemOf(schools, id)?.name;

/** The history of one happening in words, oldest first. */
export const historyInWords = ({ data }: Happening): Announcement[] => announcementsOf(data, schoolName);

/** One line of the public change log: what was announced, of which event or stop, and its number in the history. */
export interface LoggedChange extends Announcement {
  happening: Happening;
  /** 1 for the first change of its happening. */
  number: number;
}

/** Every announced change that somebody who had planned for it must know, latest first; of events and stops unless told. */
export async function changeLog(
  kinds: readonly Happening['collection'][] = ['events', 'caravan'],
): Promise<LoggedChange[]> {
  const all: Happening[] = (await Promise.all(kinds.map((kind) => entries(kind)))).flat();
  return all
    .flatMap((happening) =>
      historyInWords(happening).map((change, index) => ({ ...change, happening, number: index + 1 })),
    )
    .filter(({ urgent }) => urgent)
    .sort((a, b) => b.on.localeCompare(a.on) || a.happening.id.localeCompare(b.happening.id));
}

/** The changes of the last `days` days. */
export async function recentChanges(
  days: number,
  kinds?: readonly Happening['collection'][],
): Promise<LoggedChange[]> {
  const since = addDays(today(), -days);
  return (await changeLog(kinds)).filter(({ on }) => on.slice(0, 10) >= since);
}

/** Of some happenings those whose move or cancellation is still put up as a banner, the nearest former date first. */
export const announced = <H extends Happening>(happenings: readonly H[]): H[] =>
  happenings
    .filter(({ data }) => isAnnounced(data, today()))
    .sort((a, b) => (formerTime(a.data) ?? '').localeCompare(formerTime(b.data) ?? '') || byStart(a, b));

/** Address of the public change log of events or of stops. */
export const changesAddress = (kind: Happening['collection']): string => `/${kind}/changes/`;

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
