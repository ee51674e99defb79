import { siteSettings } from '../queries/index.ts';
import { campaigns } from '../types/campaigns.ts';
import type { Happening } from '../happenings/queries.ts';
import { eventSchema } from '../happenings/schema.ts';
import { absolute } from '../ui/address.ts';
import { countyAddress, organisation, publisher, type Schema } from '../ui/schema.ts';
import type { Campaign } from './queries.ts';

/** schema.org EventSeries of a campaign, with its happenings by name and address. */
export const campaignSchema = (
  { id, data }: Campaign,
  happenings: readonly Happening[],
  image: string,
): Schema => ({
  '@type': 'EventSeries',
  name: data.title,
  description: data.summary,
  url: absolute(campaigns.address(id)),
  startDate: data.from ?? String(data.year),
  endDate: data.to,
  image: absolute(image),
  organizer:
    data.hosts.length > 0 ? data.hosts.map(organisation) : publisher(),
  location: { '@type': 'Place', name: siteSettings().county, address: countyAddress(undefined) },
  eventStatus: 'https://schema.org/EventScheduled',
  eventAttendanceMode: 'https://schema.org/OfflineEventAttendanceMode',
  inLanguage: 'zh-CN',
  subEvent: happenings.map((happening) => eventSchema(happening)),
});
