import type { APIRoute } from 'astro';
import { calendarResponse } from '../../../../calendar/ics.ts';
import { vehicles } from '../../../../types/caravan.ts';
import { subscriptionOf } from '../../../../happenings/calendars/calendar.ts';
import { entries, itemsOf } from '../../../../queries/index.ts';

export const getStaticPaths = () =>
  itemsOf(vehicles).map(({ id, name }) => ({ params: { id }, props: { id, name } }));

export const GET: APIRoute<{ id: string; name: string }> = async ({ props: { id, name } }) => {
  const stops = (await entries('caravan')).filter(({ data }) => data.vehicle === id);
  return calendarResponse(subscriptionOf(name, '/caravan/', stops));
};
