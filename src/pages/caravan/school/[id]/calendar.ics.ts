import type { APIRoute } from 'astro';
import { calendarResponse } from '../../../../calendar/ics.ts';
import { schoolAddress } from '../../../../caravan/addresses.ts';
import { subscriptionOf } from '../../../../happenings/calendars/calendar.ts';
import { entries, itemsOf } from '../../../../queries/index.ts';
import { schools } from '../../../../types/caravan.ts';

export const getStaticPaths = () =>
  itemsOf(schools).map(({ id, name }) => ({ params: { id }, props: { id, name } }));

export const GET: APIRoute<{ id: string; name: string }> = async ({ props: { id, name } }) => {
  const stops = (await entries('caravan')).filter(({ data }) => data.school === id);
  return calendarResponse(subscriptionOf(`大篷车到${name}`, schoolAddress(id), stops));
};
