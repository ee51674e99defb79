import type { APIRoute } from 'astro';
import { calendarResponse } from '../../calendar/ics.ts';
import { calendarName, subscriptionOf } from '../../events/calendar.ts';
import { entries } from '../../loader/read.ts';

export const GET: APIRoute = async () =>
  calendarResponse(subscriptionOf(calendarName('caravan'), '/caravan/', await entries('caravan')));
