import type { APIRoute } from 'astro';
import { calendarResponse } from '../../../../calendar/ics.ts';
import { townshipAddress } from '../../../../caravan/addresses.ts';
import { subscriptionOf } from '../../../../happenings/calendars/calendar.ts';
import { entries, itemsOf } from '../../../../queries/index.ts';
import { townships } from '../../../../types/townships.ts';

export const getStaticPaths = () =>
  itemsOf(townships).map(({ id, name }) => ({ params: { id }, props: { id, name } }));

export const GET: APIRoute<{ id: string; name: string }> = async ({ props: { id, name } }) => {
  const stops = (await entries('caravan')).filter(({ data }) => data.township === id);
  return calendarResponse(subscriptionOf(`大篷车到${name}`, townshipAddress(id), stops));
};
