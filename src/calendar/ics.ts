import { withZone } from './clock.ts';
import { addDays } from './days.ts';
import { CALENDAR_STATUS, type EventState } from './states.ts';

/**
 * Writing iCalendar files (RFC 5545).
 *
 * Why not `ical-generator` (11.1.2, tried for this): with a time zone set it writes DTSTAMP and LAST-MODIFIED as local
 * time, where the standard asks for UTC (3.8.7.2); DTSTART then has no TZID and follows the build machine's zone; the
 * calendar's name is not escaped, so that a line break in it starts a new property; commas in URL are escaped although
 * a URI is not TEXT (3.3.13); control characters pass through. What is needed here is less than working around that.
 */

/** One entry of a calendar. Moments are Asia/Shanghai, `YYYY-MM-DDTHH:mm`, or whole days, `YYYY-MM-DD`. */
export interface CalendarEvent {
  /** The same for the whole life of the happening. */
  uid: string;
  title: string;
  start: string;
  /** Last moment or, for whole days, last day (inclusive). */
  end?: string | undefined;
  state: EventState;
  /** Rises with each change of time or state. */
  sequence: number;
  /** When the entry was first published. */
  created: string;
  /** When the entry was last changed; the file says nothing about when it was built, so that builds agree byte for byte. */
  changed: string;
  place: string;
  /** Plain text, `\n` between lines. */
  description: string;
  /** Full address of the entry's page. */
  url: string;
  category?: string | undefined;
}

export interface Calendar {
  /** Shown as the calendar's name in the subscriber's app. */
  name: string;
  /** Full address of the page that the calendar belongs to. */
  url: string;
  events: readonly CalendarEvent[];
}

const PRODUCT = '-//County Science Portal//Calendar 1.0//ZH';
const MAX_LINE_OCTETS = 75;

/** 【取消】 is in the title as well, because some clients ignore STATUS. */
const CANCELLED_PREFIX = '【取消】';

/** China has had one offset and no summer time since 1991. */
const TIME_ZONE = [
  'BEGIN:VTIMEZONE',
  'TZID:Asia/Shanghai',
  'BEGIN:STANDARD',
  'DTSTART:19910915T000000',
  'TZOFFSETFROM:+0800',
  'TZOFFSETTO:+0800',
  'TZNAME:CST',
  'END:STANDARD',
  'END:VTIMEZONE',
];

/** A whole calendar file; CRLF line ends, lines folded at 75 octets. */
export function writeCalendar({ name, url, events }: Calendar): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:${PRODUCT}`,
    'CALSCALE:GREGORIAN',
    `NAME:${escapeText(name)}`,
    `X-WR-CALNAME:${escapeText(name)}`,
    'X-WR-TIMEZONE:Asia/Shanghai',
    `URL:${escapeUri(url)}`,
    // PT1H and not P1H, which makes one phone maker's import fail.
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
    ...TIME_ZONE,
    ...events.flatMap(eventLines),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join('');
}

// Without METHOD, DTSTAMP means when the entry was last changed (3.8.7.2), which is what a subscriber needs to know.
function eventLines(event: CalendarEvent): string[] {
  const { state, start, end } = event;
  return [
    'BEGIN:VEVENT',
    `UID:${escapeText(event.uid)}`,
    `DTSTAMP:${utc(event.changed)}`,
    `CREATED:${utc(event.created)}`,
    `LAST-MODIFIED:${utc(event.changed)}`,
    `SEQUENCE:${event.sequence}`,
    `STATUS:${CALENDAR_STATUS[state]}`,
    `SUMMARY:${escapeText((state === 'cancelled' ? CANCELLED_PREFIX : '') + event.title)}`,
    ...timeLines(start, end),
    `LOCATION:${escapeText(event.place)}`,
    `DESCRIPTION:${escapeText(event.description)}`,
    `URL:${escapeUri(event.url)}`,
    ...(event.category ? [`CATEGORIES:${escapeText(event.category)}`] : []),
    'END:VEVENT',
  ];
}

/** DTEND is exclusive for whole days (3.6.1): a fair from the 1st to the 3rd ends on the 4th. */
function timeLines(start: string, end: string | undefined): string[] {
  const digits = (moment: string) => moment.replace(/[-:]/g, '');
  if (start.length === 10)
    return [`DTSTART;VALUE=DATE:${digits(start)}`, `DTEND;VALUE=DATE:${digits(addDays(end ?? start, 1))}`];
  const local = (name: string, moment: string) => `${name};TZID=Asia/Shanghai:${digits(moment)}00`;
  return end && end > start ? [local('DTSTART', start), local('DTEND', end)] : [local('DTSTART', start)];
}

/** A Shanghai moment or day as UTC, `20260901T010000Z`. */
const utc = (moment: string): string =>
  `${new Date(withZone(moment)).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;

/** TEXT of RFC 5545, 3.3.11. Control characters, which it forbids, are dropped; half surrogates cannot be UTF-8. */
function escapeText(text: string): string {
  return (
    text
      .toWellFormed()
      .replace(/\r\n?/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to be dropped
      .replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, (character) => (character === '\t' ? ' ' : ''))
      .replace(/[\\;,]/g, '\\$&')
      .replaceAll('\n', '\\n')
  );
}

/** A URI value is not escaped, but it must not hold anything that ends the line. */
const escapeUri = (address: string): string => new URL(address).href;

/** Octets of a character in UTF-8. */
function octetsOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}

/** Folds a line at 75 octets, never inside a character (3.1). */
function fold(line: string): string {
  let folded = '';
  let octets = 0;
  for (const character of line) {
    const size = octetsOf(character);
    if (octets + size > MAX_LINE_OCTETS) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
}

/** Address that opens a calendar app's subscription, `webcal://…`, for the full address of a calendar file. */
export const webcal = (address: string): string => address.replace(/^https?:/, 'webcal:');

/** What a route returns for a calendar file. */
export const calendarResponse = (calendar: Calendar): Response =>
  new Response(writeCalendar(calendar), { headers: { 'Content-Type': 'text/calendar; charset=utf-8' } });
