import { addDays, lastDayOf } from './days.ts';
import { dayText } from './text.ts';

/** How much of a recorded day is known. An archive often has the year only, and the form still wants a whole day. */
export const DATE_PRECISIONS = {
  day: '准确到日',
  month: '只知道月份',
  year: '只知道年份',
  unknown: '不详',
} as const;

export type DatePrecision = keyof typeof DATE_PRECISIONS;

export interface Dated {
  datePrecision?: DatePrecision | undefined;
  dateNote?: string | undefined;
}

/** Entries written before there was the field said with a note that their day is a placeholder. */
export const precisionOf = ({ datePrecision, dateNote }: Dated): DatePrecision =>
  datePrecision ?? (dateNote === undefined ? 'day' : 'year');

/** Whether the recorded day is the real one. An inexact day belongs into no calendar file and no day of a calendar. */
export const hasExactDay = (dated: Dated): boolean => precisionOf(dated) === 'day';

/** Whether the recorded month is the real one. */
export const hasKnownMonth = (dated: Dated): boolean => ['day', 'month'].includes(precisionOf(dated));

/**
 * The part of a recorded day that is known, as an ISO 8601 date of reduced precision: `2022-03-05`, `2022-03`, `2022`.
 * Of an entry without any date it is the year that it is filed under.
 */
export function knownDate(moment: string, dated: Dated): string {
  const precision = precisionOf(dated);
  return moment.slice(0, precision === 'day' ? 10 : precision === 'month' ? 7 : 4);
}

/** 「2022年3月5日」, 「2022年3月」, 「2022年（具体日期未载）」, or 「2022年归档（日期不详）」. */
export function knownDateText(moment: string, dated: Dated): string {
  const year = moment.slice(0, 4);
  const texts = {
    day: dayText(moment),
    month: `${year}年${Number(moment.slice(5, 7))}月`,
    year: `${year}年（具体日期未载）`,
    unknown: `${year}年归档（日期不详）`,
  };
  return texts[precisionOf(dated)];
}

/** The same in the spaced style of sentences and rows: 「2022 年 3 月」「2022 年」; the whole day is not its business. */
export function formatKnownPeriod(moment: string, dated: Dated): string {
  const [year, month] = knownDate(moment, dated).split('-');
  return month === undefined ? `${year} 年` : `${year} 年 ${Number(month)} 月`;
}

/** Without a bracket, for titles that stand in one already: 「2022年3月5日」「2022年3月」「2022年」. */
export const shortDateText = (moment: string, dated: Dated): string =>
  knownDateText(moment, dated).replace(/[（归].*$/, '');

interface Lasting extends Dated {
  start: string;
  end?: string | undefined;
}

/** First day (`YYYY-MM-DD`) on which it can have begun. */
export function firstPossibleDay(lasting: Lasting): string {
  const known = knownDate(lasting.start, lasting);
  return known.length === 10 ? known : `${known}-01-01`.slice(0, 10);
}

/** Last day (`YYYY-MM-DD`) on which it can have ended: of a month or a year, its last. */
export function lastPossibleDay(lasting: Lasting): string {
  const last = lastDayOf(lasting);
  const precision = precisionOf(lasting);
  if (precision === 'day') return last;
  const [year, month] = last.split('-').map(Number) as [number, number];
  if (precision !== 'month' || month === 12) return `${year}-12-31`;
  return addDays(`${year}-${String(month + 1).padStart(2, '0')}-01`, -1);
}

/**
 * Earlier first. What is only known to be of a year stands before the days of that year, and of a month before those of
 * the month; among those, the recorded day keeps the order that they were filed in.
 */
export function compareKnownDates(a: Dated & { day: string }, b: Dated & { day: string }): number {
  return knownDate(a.day, a).localeCompare(knownDate(b.day, b)) || a.day.localeCompare(b.day);
}
