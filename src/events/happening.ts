import type { z } from 'zod';
import type { CalendarEvent } from '../calendar/ics.ts';
import { formatMoment, formatRange } from '../calendar/words.ts';
import { EVENT_STATES, type happening } from './type.ts';

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
  const { state, start, end, formerStart, changeReason } = data;
  const reason = changeReason ? `原因：${changeReason}。` : '';
  if (state === 'cancelled') return `原定 ${formatMoment(formerStart ?? start)}，现已取消。${reason}`;
  if (state !== 'rescheduled' || !formerStart) return undefined;
  const otherYear = formerStart.slice(0, 4) !== start.slice(0, 4);
  return `原定 ${formatMoment(formerStart)}，改为 ${formatRange(start, end, { year: otherYear })}。${reason}`;
}

/** Whether it was moved or cancelled on `day` (`YYYY-MM-DD`) or later. */
export function changedSince({ state, changedOn, updated, published }: HappeningData, day: string): boolean {
  if (state !== 'rescheduled' && state !== 'cancelled') return false;
  return (changedOn ?? updated ?? published).slice(0, 10) >= day;
}

/** When the entry was last changed, as the latest of the days that it records. */
export function lastChange({ published, updated, changedOn }: HappeningData): string {
  const moments = [published, updated, changedOn].filter((moment) => moment !== undefined);
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
