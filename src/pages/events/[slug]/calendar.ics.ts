import type { APIRoute } from 'astro';
import { calendarResponse } from '../../../calendar/ics.ts';
import { calendarOf } from '../../../events/calendar.ts';
import { addressOf, type Event } from '../../../events/queries.ts';
import { entries } from '../../../loader/read.ts';

export async function getStaticPaths() {
  return (await entries('events')).map((event) => ({ params: { slug: event.id }, props: { event } }));
}

export const GET: APIRoute<{ event: Event }> = ({ props: { event } }) =>
  calendarResponse(calendarOf(event.data.title, addressOf(event), [event]));
