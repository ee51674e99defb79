import type { APIRoute } from 'astro';
import { calendarResponse } from '../../../calendar/ics.ts';
import type { Stop } from '../../../caravan/queries.ts';
import { caravan } from '../../../types/caravan.ts';
import { calendarOf, isInCalendars } from '../../../happenings/calendars/calendar.ts';
import { addressOf } from '../../../happenings/queries.ts';
import { entries } from '../../../queries/index.ts';
import { slugsOf } from '../../../redirects/queries.ts';

/** At former addresses too: calendars that follow one do not follow redirects. */
export async function getStaticPaths() {
  return (await entries('caravan'))
    .filter(isInCalendars)
    .flatMap((stop) => slugsOf(caravan, stop.id).map((slug) => ({ params: { slug }, props: { stop } })));
}

export const GET: APIRoute<{ stop: Stop }> = ({ props: { stop } }) =>
  calendarResponse(calendarOf(stop.data.title, addressOf(stop), [stop]));
