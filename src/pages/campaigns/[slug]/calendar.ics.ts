import type { APIRoute } from 'astro';
import { calendarResponse } from '../../../calendar/ics.ts';
import { type Campaign, happeningsOf } from '../../../campaigns/queries.ts';
import { calendarOf } from '../../../happenings/calendars/calendar.ts';
import { campaigns } from '../../../types/campaigns.ts';
import { entries } from '../../../queries/index.ts';
import { slugsOf } from '../../../redirects/queries.ts';

/** At former addresses too: calendars that follow one do not follow redirects. */
export async function getStaticPaths() {
  return (await entries('campaigns')).flatMap((campaign) =>
    slugsOf(campaigns, campaign.id).map((slug) => ({ params: { slug }, props: { campaign } })),
  );
}

/** All of it, however long ago: a campaign is over some day and grows no more. */
export const GET: APIRoute<{ campaign: Campaign }> = async ({ props: { campaign } }) =>
  calendarResponse(
    calendarOf(campaign.data.title, campaigns.address(campaign.id), await happeningsOf(campaign)),
  );
