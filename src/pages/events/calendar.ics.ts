import type { APIRoute } from 'astro';
import { calendarResponse } from '../../calendar/ics.ts';
import { calendarOf } from '../../events/calendar.ts';
import { entries, siteSettings } from '../../loader/read.ts';

export const GET: APIRoute = async () =>
  calendarResponse(calendarOf(`${siteSettings().county}科普活动`, '/events/', await entries('events')));
