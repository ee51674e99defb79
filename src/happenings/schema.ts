import { geoSchema } from '../map/schema.ts';
import { absolute } from '../ui/address.ts';
import { isoTime } from '../calendar/clock.ts';
import { hasExactDay, knownDate } from '../calendar/precision.ts';
import type { Schema } from '../ui/schema.ts';
import { siteSettings } from '../queries/index.ts';
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

const organisation = (name: string): Schema => ({ '@type': 'Organization', name });

function placeSchema(happening: Happening): Schema {
  const { data, collection } = happening;
  const coordinates = collection === 'events' ? data.coordinates : undefined;
  return {
    '@type': collection === 'caravan' && data.school ? 'EducationalOrganization' : 'Place',
    name: placeOf(happening),
    address: {
      '@type': 'PostalAddress',
      addressCountry: 'CN',
      addressRegion: siteSettings().county,
      addressLocality: townshipOf(happening)?.name,
    },
    geo: geoSchema(coordinates),
  };
}

/** Moved more than once, the property is repeated (https://schema.org/previousStartDate). */
function previousStarts(data: Happening['data']): string | string[] | undefined {
  const starts = formerStarts(data).map(isoTime);
  return starts.length > 1 ? starts : starts[0];
}

/** Where the day is not on record, the year or month alone (ISO 8601). */
export const startDate = (data: Happening['data']): string =>
  hasExactDay(data) ? isoTime(data.start) : knownDate(data.start, data);

/** The state in schema.org's words. */
export const eventStatus = (state: Happening['data']['state']): string =>
  `https://schema.org/${EVENT_STATUS[state]}`;

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
    inLanguage: 'zh-CN',
    ...more,
  };
}
