import type { APIRoute } from 'astro';
import { calendarResponse } from '../../../calendar/ics.ts';
import { type Campaign, campaignAddress, happeningsOf } from '../../../campaigns/queries.ts';
import { calendarOf } from '../../../events/calendar.ts';
import { entries } from '../../../loader/read.ts';

export async function getStaticPaths() {
  return (await entries('campaigns')).map((campaign) => ({
    params: { slug: campaign.id },
    props: { campaign },
  }));
}

/** All of it, however long ago: a campaign is over some day and grows no more. */
export const GET: APIRoute<{ campaign: Campaign }> = async ({ props: { campaign } }) =>
  calendarResponse(
    calendarOf(campaign.data.title, campaignAddress(campaign.id), await happeningsOf(campaign)),
  );
