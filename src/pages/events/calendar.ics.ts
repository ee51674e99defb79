import type { APIRoute } from 'astro';
import { calendarResponse } from '../../calendar/ics.ts';
import { calendarName, subscriptionOf } from '../../happenings/calendars/calendar.ts';
import { entries } from '../../queries/index.ts';

export const GET: APIRoute = async () =>
  calendarResponse(subscriptionOf(calendarName('events'), '/events/', await entries('events')));
