import { exhibitSets } from '../../types/caravan.ts';
import { archiveYear, isArchived } from '../../calendar/archive.ts';
import type { Calendar, CalendarEvent } from '../../calendar/ics.ts';
import { today } from '../../calendar/today.ts';
import { absolute } from '../../ui/address.ts';
import { entries, itemOf, siteSettings } from '../../queries/index.ts';
import { hasExactDay } from '../../calendar/precision.ts';
import { optionOf } from '../../model/labels.ts';
import { toCalendarEvent } from './calendar-event.ts';
import { addressOf, byStart, type Happening, placeOf, townshipOf } from '../queries.ts';
import { EVENT_KINDS, events } from '../../types/events.ts';

/** Lines that tell a subscriber what to prepare without opening the page. */
function linesOf({ collection, data }: Happening): (string | undefined)[] {
  if (collection === 'events') return [optionOf(events.schema, ['open'], data.open), data.howToJoin];
  const set = itemOf(exhibitSets, data.exhibitSet);
  return [
    set && `展品：${set.name}`,
    data.siteNeeds && `场地要求：${data.siteNeeds}`,
    data.rainRule && `雨天安排：${data.rainRule}`,
  ];
}

/** The place and where it is, 「人民广场，麦禾县城关镇」, as maps find it. */
function addressLine(place: string, township: string): string {
  if (township === '' || place.includes(township)) return place;
  return [place, `${siteSettings().county}${township}`].filter(Boolean).join('，');
}

/** An event or stop as an entry of a calendar file. */
function calendarEventOf(happening: Happening): CalendarEvent {
  const township = townshipOf(happening)?.name ?? '';
  const place = placeOf(happening);
  return toCalendarEvent(happening.data, {
    place: addressLine(place, township),
    url: absolute(addressOf(happening)),
    lines: linesOf(happening),
    category: happening.collection === 'events' ? EVENT_KINDS[happening.data.kind] : '科普大篷车',
  });
}

/** Whether it can be in a calendar file at all: one whose day is not on record would show an invented one. */
export const isInCalendars = ({ data }: Happening): boolean => hasExactDay(data);

/** A calendar of happenings, in order of time; those without an exact day are left out. `address` is the page that it belongs to. */
export const calendarOf = (name: string, address: string, happenings: readonly Happening[]): Calendar => ({
  name,
  url: absolute(address),
  events: happenings.filter(isInCalendars).sort(byStart).map(calendarEventOf),
});

/** The same for a calendar to subscribe to: without the events that are in the archive. */
export const subscriptionOf = (name: string, address: string, happenings: readonly Happening[]): Calendar =>
  calendarOf(
    name,
    address,
    happenings.filter(({ data }) => !isArchived(data, today())),
  );

/** Archive files of events or of stops: their year, what is in them, latest year first. */
export async function archives(
  kind: Happening['collection'],
): Promise<{ year: string; happenings: Happening[] }[]> {
  const all: Happening[] = await entries(kind);
  const old = all.filter((happening) => isInCalendars(happening) && isArchived(happening.data, today()));
  return Object.entries(Object.groupBy(old, ({ data }) => archiveYear(data)))
    .map(([year, happenings = []]) => ({ year, happenings }))
    .sort((a, b) => b.year.localeCompare(a.year));
}

/** Address of an archive file. */
export const archiveAddress = (kind: Happening['collection'], year: string): string =>
  `/${kind}/archive/${year}.ics`;

/** What the calendars of all stops and of all events are called. */
export const calendarName = (kind: Happening['collection']): string =>
  `${siteSettings().county}${kind === 'caravan' ? '科普大篷车' : '科普活动'}`;

/** Address of the one-entry calendar file of a happening. */
export const calendarAddress = (happening: Happening): string => `${addressOf(happening)}calendar.ics`;
