import { geoSchema } from '../map/schema.ts';
import { absolute } from '../ui/address.ts';
import { isoTime, withZone } from '../calendar/clock.ts';
import { hasExactDay } from '../calendar/precision.ts';
import { beginningTime, countyAddress, organisation, publisher, type Schema } from '../ui/schema.ts';
import { type EntryOf, siteSettings } from '../queries/index.ts';
import { campaigns } from '../types/campaigns.ts';
import { formerStarts } from './changes/history.ts';
import { addressOf, type Happening, placeOf, townshipOf } from './queries.ts';

/** schema.org has no word for a plan that is not confirmed yet: it counts as scheduled. */
const EVENT_STATUS = {
  tentative: 'EventScheduled',
  confirmed: 'EventScheduled',
  rescheduled: 'EventRescheduled',
  cancelled: 'EventCancelled',
  completed: 'EventScheduled',
} as const satisfies Record<Happening['data']['state'], string>;

function placeSchema(happening: Happening): Schema {
  const { data, collection } = happening;
  const coordinates = collection === 'events' ? data.coordinates : undefined;
  const township = townshipOf(happening)?.name;
  return {
    '@type': collection === 'caravan' && data.school ? 'EducationalOrganization' : 'Place',
    name: placeOf(happening) || township || siteSettings().county,
    address: countyAddress(township),
    geo: geoSchema(coordinates),
  };
}

/** Moved more than once, the property is repeated (https://schema.org/previousStartDate). */
function previousStarts(data: Happening['data']): string | string[] | undefined {
  const starts = formerStarts(data).map(isoTime);
  return starts.length > 1 ? starts : starts[0];
}

/** Where the day is not on record, the year or month alone (ISO 8601). */
export const startDate = (data: Happening['data']): string => beginningTime(data.start, data);

/** The state in schema.org's words. */
export const eventStatus = (state: Happening['data']['state']): string =>
  `https://schema.org/${EVENT_STATUS[state]}`;

/** Anybody may still come, and pays nothing: the association's happenings are free. */
function freeOffer(happening: Happening): Schema | undefined {
  const { data } = happening;
  const isOver = data.state === 'completed' || data.state === 'cancelled';
  if (isOver || !['public', 'registration', 'open'].includes(data.open)) return undefined;
  return {
    '@type': 'Offer',
    price: 0,
    priceCurrency: 'CNY',
    availability: 'https://schema.org/InStock',
    url: ('registration' in data && data.registration) || absolute(addressOf(happening)),
    validFrom: withZone(data.published),
  };
}

/** schema.org Event of an event or stop; `more` adds properties. */
export function eventSchema(happening: Happening, more: Schema = {}): Schema {
  const { data } = happening;
  const hosts = data.hosts.length > 0 ? data.hosts : [siteSettings().association];
  return {
    '@type': 'Event',
    name: data.title,
    description: data.summary,
    url: absolute(addressOf(happening)),
    startDate: startDate(data),
    endDate: data.end && hasExactDay(data) ? isoTime(data.end) : undefined,
    eventStatus: eventStatus(data.state),
    previousStartDate: data.state === 'rescheduled' ? previousStarts(data) : undefined,
    eventAttendanceMode: 'https://schema.org/OfflineEventAttendanceMode',
    location: placeSchema(happening),
    organizer: hosts.map(organisation),
    contributor: data.coHosts.length > 0 ? data.coHosts.map(organisation) : undefined,
    isAccessibleForFree: true,
    offers: freeOffer(happening),
    inLanguage: 'zh-CN',
    ...more,
  };
}

/**
 * schema.org EventSeries of a campaign.
 *
 * @param image address of its share picture
 */
export const seriesSchema = ({ id, data }: EntryOf<'campaigns'>, image: string): Schema => ({
  '@type': 'EventSeries',
  name: data.title,
  description: data.summary,
  url: absolute(campaigns.address(id)),
  startDate: data.from ?? String(data.year),
  endDate: data.to,
  eventStatus: 'https://schema.org/EventScheduled',
  eventAttendanceMode: 'https://schema.org/OfflineEventAttendanceMode',
  location: { '@type': 'Place', name: siteSettings().county, address: countyAddress(undefined) },
  image: absolute(image),
  organizer: data.hosts.length > 0 ? data.hosts.map(organisation) : publisher(),
  isAccessibleForFree: true,
  inLanguage: 'zh-CN',
});
