import { today } from '../calendar/today.ts';
import { upcoming } from '../happenings/upcoming.ts';
import { entries, type EntryOf } from '../queries/index.ts';

export type Event = EntryOf<'events'>;

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
