import type { APIRoute } from 'astro';
import { calendarResponse } from '../../../calendar/ics.ts';
import type { Stop } from '../../../caravan/queries.ts';
import { calendarOf } from '../../../events/calendar.ts';
import { addressOf } from '../../../events/queries.ts';
import { entries } from '../../../loader/read.ts';

export async function getStaticPaths() {
  return (await entries('caravan')).map((stop) => ({ params: { slug: stop.id }, props: { stop } }));
}

export const GET: APIRoute<{ stop: Stop }> = ({ props: { stop } }) =>
  calendarResponse(calendarOf(stop.data.title, addressOf(stop), [stop]));
