import type { APIRoute } from 'astro';
import { calendarResponse } from '../../../calendar/ics.ts';
import { calendarOf } from '../../../events/calendar.ts';
import { addressOf, type Event } from '../../../events/queries.ts';
import { events } from '../../../events/type.ts';
import { entries } from '../../../loader/read.ts';
import { slugsOf } from '../../../site/queries.ts';

/** At former addresses too: calendars that follow one do not follow redirects. */
export async function getStaticPaths() {
  return (await entries('events')).flatMap((event) =>
    slugsOf(events, event.id).map((slug) => ({ params: { slug }, props: { event } })),
  );
}

export const GET: APIRoute<{ event: Event }> = ({ props: { event } }) =>
  calendarResponse(calendarOf(event.data.title, addressOf(event), [event]));
