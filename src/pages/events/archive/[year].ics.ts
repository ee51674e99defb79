import type { APIRoute } from 'astro';
import { calendarResponse } from '../../../calendar/ics.ts';
import { archives, calendarName, calendarOf } from '../../../happenings/calendars/calendar.ts';
import type { Happening } from '../../../happenings/queries.ts';

export const getStaticPaths = async () =>
  (await archives('events')).map(({ year, happenings }) => ({
    params: { year },
    props: { year, happenings },
  }));

export const GET: APIRoute<{ year: string; happenings: Happening[] }> = ({ props: { year, happenings } }) =>
  calendarResponse(calendarOf(`${calendarName('events')} ${year} 年存档`, '/caravan/subscribe/', happenings));
