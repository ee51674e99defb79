import type { z } from 'zod';
import { addDays, lastDayOf } from '../../calendar/days.ts';
import {
  type Dated,
  formatKnownPeriod,
  hasExactDay,
  knownDate,
  lastPossibleDay,
} from '../../calendar/precision.ts';
import { formatDay } from '../../calendar/text.ts';
import type { EventState } from '../../calendar/states.ts';
import type { schools } from '../../types/caravan.ts';

/**
 * How long ago the caravan was at each school, so that no school is left out. Only stops that are recorded as completed
 * count: a stop that is over but not recorded may not have taken place.
 */

type School = z.output<typeof schools.item>;

interface Visit extends Dated {
  start: string;
  end?: string | undefined;
  state: EventState;
  school?: string | undefined;
}

export interface Turn {
  school: School;
  /** Number of recorded visits. */
  visits: number;
  /** Day of the last visit, `YYYY-MM-DD`, or its month or year where no more is known; undefined when none is recorded. */
  last: string | undefined;
  /** Whole years since then; from a year alone, the difference of years. */
  years: number | undefined;
  /** Day of the next stop that is not cancelled. */
  next: string | undefined;
}

export interface Fairness {
  /** Never visited first, then the longest ago; schools in the editors' order where they are alike. */
  turns: Turn[];
  /** Year of the earliest recorded visit; before it nothing is known. */
  since: string | undefined;
  /** Stops at schools that are over and not recorded as completed or cancelled. */
  unrecorded: number;
}

/** @param today `YYYY-MM-DD` */
export function fairnessOf(all: readonly School[], stops: readonly Visit[], today: string): Fairness {
  const atSchools = stops.filter(({ school }) => school !== undefined);
  const done = atSchools.filter(({ state }) => state === 'completed');
  const open = atSchools.filter(({ state }) => state !== 'completed' && state !== 'cancelled');
  const turns = all.map((school): Turn => {
    const visits = done.filter((stop) => stop.school === school.id).map(dayOf);
    const last = visits.sort(byTime).at(-1);
    const next = open
      .filter((stop) => stop.school === school.id && hasExactDay(stop) && lastDayOf(stop) >= today)
      .map(dayOf)
      .sort()[0];
    return { school, visits: visits.length, last, years: last && yearsSince(last, today), next } as Turn;
  });
  const since = done.map(({ start }) => start.slice(0, 4)).sort()[0];
  return {
    turns: turns.sort((a, b) => byTime(a.last ?? '', b.last ?? '')),
    since,
    unrecorded: open.filter((stop) => lastPossibleDay(stop) < today).length,
  };
}

const dayOf = (visit: Visit) => knownDate(visit.start, visit);

/** A year or month alone comes before the days in it. */
const byTime = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Whole years from a day, or from a year alone; 29 February has its day on 28 February in other years. */
function yearsSince(last: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(last.slice(0, 4));
  if (last.length === 4) return years;
  const day = last.endsWith('-02-29') ? addDays(last, -1) : last;
  return today.slice(5, day.length) < day.slice(5) ? years - 1 : years;
}

/** 「没有记录」「不到 1 年」「2 年多」; 「约 4 年」 where only the year is known. */
export function sinceText({ last, years }: Pick<Turn, 'last' | 'years'>): string {
  if (last === undefined || years === undefined) return '没有记录';
  if (last.length === 4) return years === 0 ? '今年' : `约 ${years} 年`;
  if (last.length === 7) return years === 0 ? '不到 1 年' : `约 ${years} 年`;
  return years === 0 ? '不到 1 年' : `${years} 年多`;
}

/** Day or year in words: 「2022 年」「2026 年 9 月 8 日」; in a narrow column the line breaks after the year. */
export function lastText(last: string): string {
  const words =
    last.length === 10
      ? formatDay(last, { year: true, weekday: false })
      : formatKnownPeriod(last, { datePrecision: last.length === 7 ? 'month' : 'year' });
  return words.replaceAll(' ', '\u00a0').replace('年\u00a0', '年 ');
}

/** What the list is made from and what it cannot know. */
export const caveat = ({ since, unrecorded }: Fairness): string =>
  [
    '这里只算日程里记为「完成」的站次。',
    since ? `现有的记录从 ${since} 年起，不一定齐全：没有记录不等于没有去过。` : '现在还没有办完的记录。',
    unrecorded > 0 ? `另有 ${unrecorded} 站已经过了日子，还没有记为完成，没有算在内。` : '',
  ].join('');
