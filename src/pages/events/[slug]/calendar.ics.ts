import type { APIRoute } from 'astro';
import { calendarResponse } from '../../../calendar/ics.ts';
import { calendarOf, isInCalendars } from '../../../happenings/calendars/calendar.ts';
import { addressOf } from '../../../happenings/queries.ts';
import type { Event } from '../../../events/queries.ts';
import { events } from '../../../types/events.ts';
import { entries } from '../../../queries/index.ts';
import { slugsOf } from '../../../redirects/queries.ts';

/** At former addresses too: calendars that follow one do not follow redirects. */
export async function getStaticPaths() {
  return (await entries('events'))
    .filter(isInCalendars)
    .flatMap((event) => slugsOf(events, event.id).map((slug) => ({ params: { slug }, props: { event } })));
}

export const GET: APIRoute<{ event: Event }> = ({ props: { event } }) =>
  calendarResponse(calendarOf(event.data.title, addressOf(event), [event]));
