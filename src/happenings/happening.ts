import type { z } from 'zod';
import type { CalendarEvent } from '../calendar/ics.ts';
import { formatDay, formatMoment, formatRange } from '../calendar/text.ts';
import { formerTime } from './history.ts';
import type { happening } from '../types/events.ts';
import { EVENT_STATES } from '../calendar/states.ts';

/** What events and caravan stops have in common, in words and as a calendar entry. */

type Field<Name extends keyof typeof happening> = z.output<(typeof happening)[Name]>;

export interface HappeningData {
  title: string;
  summary?: string | undefined;
  uid: Field<'uid'>;
  start: Field<'start'>;
  end?: Field<'end'>;
  state: Field<'state'>;
  formerStart?: Field<'formerStart'>;
  changeReason?: Field<'changeReason'>;
  changedOn?: Field<'changedOn'>;
  sequence: Field<'sequence'>;
  changes?: Field<'changes'>;
  dateNote?: string | undefined;
  published: string;
  updated?: string | undefined;
}

/** When it is, in words. A record whose day is unknown says so instead of showing the day it is filed under. */
export function whenText({
  start,
  end,
  dateNote,
}: Pick<HappeningData, 'start' | 'end' | 'dateNote'>): string {
  return dateNote ? `${start.slice(0, 4)} 年（${dateNote}）` : formatRange(start, end, { year: true });
}

/** 「原定…，改为…。原因：…。」 or 「原定…，取消。原因：…。」; undefined when nothing has changed. */
export function changeText(data: HappeningData): string | undefined {
  const { state, start, end, changeReason } = data;
  const former = formerTime(data);
  if (!former) return undefined;
  const reason = changeReason ? `原因：${changeReason}。` : '';
  if (state === 'cancelled') return `原定 ${formatMoment(former)}，现已取消。${reason}`;
  const otherYear = former.slice(0, 4) !== start.slice(0, 4);
  return `原定 ${formatMoment(former)}，改为 ${formatRange(start, end, { year: otherYear })}。${reason}`;
}

/** The same without hours and reason, for a narrow banner: 「11 月 21 日（周六）的改到 12 月 6 日（周日）」. */
export function shortChangeText(data: HappeningData): string | undefined {
  const former = formerTime(data);
  if (!former) return undefined;
  if (data.state === 'cancelled') return `${formatDay(former)}的取消`;
  const sameDay = former.slice(0, 10) === data.start.slice(0, 10);
  return sameDay
    ? `${formatMoment(former)}的改到${formatMoment(data.start).slice(formatDay(data.start).length)}`
    : `${formatDay(former)}的改到 ${formatDay(data.start)}`;
}

/** When the entry was last changed, as the latest of the days that it records. */
export function lastChange({ published, updated, changedOn, changes }: HappeningData): string {
  const moments = [published, updated, changedOn, changes?.at(-1)?.on].filter(
    (moment) => moment !== undefined,
  );
  return moments.sort().at(-1) ?? published;
}

interface CalendarContext {
  /** Place in words. */
  place: string;
  /** Full address of the page. */
  url: string;
  /** Further lines of the description, e.g. how to join. */
  lines?: readonly (string | undefined)[];
  category?: string | undefined;
}

/** The happening as one entry of a calendar file. */
export function toCalendarEvent(data: HappeningData, context: CalendarContext): CalendarEvent {
  const { place, url, lines = [], category } = context;
  const state = `状态：${EVENT_STATES[data.state]}${data.state === 'tentative' ? '，时间还可能变动' : ''}`;
  const description = [changeText(data) ?? state, data.dateNote, data.summary, ...lines, `详情：${url}`];
  return {
    uid: data.uid,
    title: data.title,
    start: data.start,
    end: data.end,
    state: data.state,
    sequence: data.sequence,
    created: data.published,
    changed: lastChange(data),
    place,
    description: description.filter(Boolean).join('\n'),
    url,
    category,
  };
}
