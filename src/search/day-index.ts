import { daysBetween } from '../calendar/days.ts';
import { ANY_YEAR, type DayRange } from './date-forms.ts';
import type { AskedDays } from './dates.ts';

/** Which documents have to do with which days, and which of them answer whoever asks for a day. Pure. */

/** What a day is to a document, the likeliest answer first. */
export const BONDS = ['held', 'moved', 'cancelled', 'published', 'mentioned'] as const;

export type Bond = (typeof BONDS)[number];

/** A day, or days from one to another, of a document; `YYYY-MM-DD`, the year `****` where a text gives none. */
export interface DocumentDay {
  readonly bond: Bond;
  readonly from: string;
  readonly to?: string | undefined;
  /** Only the month or the year is known: an answer to whoever asks for all of it. */
  readonly isVague?: boolean;
}

/** As the browser fetches it: document, index in `BONDS` (vague ones: -1 - index), first day, last day if another. */
export type DayRow = [doc: number, bond: number, from: string, to?: string];

/** The rows of all documents, in their order. */
export const dayRows = (documents: readonly (readonly DocumentDay[])[]): DayRow[] =>
  documents.flatMap((days, doc) =>
    days.map(({ bond, from, to = from, isVague }): DayRow => {
      const index = BONDS.indexOf(bond);
      const row: DayRow = [doc, isVague ? -1 - index : index, from];
      if (to !== from) row.push(to);
      return row;
    }),
  );

export interface Dated {
  readonly doc: number;
  /** Whether the page names a day that was asked for; false inside a longer time. */
  readonly isNamed: boolean;
}

interface Candidate extends Dated {
  rank: number[];
}

/** The documents of the days asked for, best first, each once. */
export function documentsOn(rows: readonly DayRow[], { ranges }: AskedDays, today: string): Dated[] {
  const best = new Map<number, Candidate>();
  for (const [doc, index, from, to = from] of rows)
    for (const [place, range] of ranges.entries()) {
      const [first, last] = sameYears(range, from, to);
      const isVague = index < 0;
      const fits = isVague ? from >= first && to <= last : from <= last && to >= first;
      if (!fits) continue;
      const bond = isVague ? -1 - index : index;
      const isEnd = (day: string) => day >= first && day <= last;
      const isNamed = !isVague && (isEnd(from) || isEnd(to));
      const rank = [
        place,
        yearsAway(from, range, today),
        bond,
        Number(!isNamed),
        Math.min(away(from, today), 9999),
        doc,
      ];
      const known = best.get(doc);
      if (!known || compare(rank, known.rank) < 0) best.set(doc, { doc, isNamed, rank });
      else if (isNamed && !known.isNamed) best.set(doc, { ...known, isNamed });
    }
  return Array.from(best.values())
    .sort((a, b) => compare(a.rank, b.rank))
    .map(({ doc, isNamed }) => ({ doc, isNamed }));
}

/** The range in the year of the days that it is compared with; both stay without one when either does. */
function sameYears({ from, to }: DayRange, first: string, last: string): [string, string] {
  if (first.startsWith(ANY_YEAR)) return [ANY_YEAR + from.slice(4), ANY_YEAR + to.slice(4)];
  if (!from.startsWith(ANY_YEAR)) return [from, to];
  // A time over New Year's Eve: the year in which the day asked for falls into it.
  const year = first.slice(0, 4) + from.slice(4) < first ? last.slice(0, 4) : first.slice(0, 4);
  return [year + from.slice(4), year + to.slice(4)];
}

/** In months, so that of a day without a year the coming one leads; 0 where a year was asked for. */
function yearsAway(day: string, range: DayRange, today: string): number {
  if (!range.from.startsWith(ANY_YEAR) || day.startsWith(ANY_YEAR)) return 0;
  const days = daysBetween(today, day) || 0;
  // A day that passed half a year ago is no nearer than one in half a year.
  return Math.floor((days < 0 ? -days + 30 : days) / 183);
}

const away = (day: string, today: string): number =>
  day.startsWith(ANY_YEAR) ? 0 : Math.abs(daysBetween(today, day)) || 0;

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) {
    const difference = value - (b[index] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}

const MENTION =
  /(?:(\d{4}) ?年 ?)?(\d{1,2}) ?月 ?(\d{1,2}) ?(?:[日号]|(?:[—–~至到-]+ ?(\d{1,2}) ?[日号]))|(\d{4})-(\d{2})-(\d{2})/g;

/** The days that a text names: 「12 月 4 日」, 「2026 年 12 月 4 日」, `2026-12-04`; each once. */
export function daysNamed(text: string): DocumentDay[] {
  const days = new Map<string, DocumentDay>();
  const pad = (number: string) => number.padStart(2, '0');
  for (let match = MENTION.exec(text); match; match = MENTION.exec(text)) {
    const [, year = ANY_YEAR, month, day = '', last, isoYear = '', isoMonth = '', isoDay = ''] = match;
    const from = month ? `${year}-${pad(month)}-${pad(day)}` : `${isoYear}-${isoMonth}-${isoDay}`;
    if (!/-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/.test(from)) continue;
    const to = last && Number(last) > Number(day) ? `${from.slice(0, 8)}${pad(last)}` : from;
    days.set(`${from} ${to}`, { bond: 'mentioned', from, to });
  }
  return Array.from(days.values());
}
