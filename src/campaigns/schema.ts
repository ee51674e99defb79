import { knownDate } from '../calendar/precision.ts';
import { campaigns } from '../types/campaigns.ts';
import { addressOf, type Happening } from '../happenings/queries.ts';
import { eventStatus } from '../happenings/schema.ts';
import { absolute } from '../ui/address.ts';
import { publisher, type Schema } from '../ui/schema.ts';
import type { Campaign } from './queries.ts';

/** schema.org EventSeries of a campaign, with its happenings by name and address. */
export const campaignSchema = ({ id, data }: Campaign, happenings: readonly Happening[]): Schema => ({
  '@type': 'EventSeries',
  name: data.title,
  description: data.summary,
  url: absolute(campaigns.address(id)),
  startDate: data.from ?? String(data.year),
  endDate: data.to,
  image: data.cover && absolute(data.cover.src),
  organizer:
    data.hosts.length > 0 ? data.hosts.map((name) => ({ '@type': 'Organization', name })) : publisher(),
  subEvent: happenings.map((happening) => ({
    '@type': 'Event',
    name: happening.data.title,
    startDate: knownDate(happening.data.start, happening.data),
    eventStatus: eventStatus(happening.data.state),
    url: absolute(addressOf(happening)),
  })),
});
