import { type HolidayCalendar, holidayCalendar, type HolidayYear } from '../calendar/holidays.ts';
import { likelyHolidays } from '../calendar/likely-holidays.ts';
import { resolve } from 'node:path';
import { type Content, openContent } from '../store/index.ts';
import { holidays } from '../types/holidays.ts';

/** The statutory days off, from the notices that editors record. */

export type HolidayNotice = ReturnType<typeof noticesOf>[number];

/**
 * The notices of a content. Those that come with the program are the same for every county: they count for the years that
 * the content says nothing about.
 */
export function noticesOf(content: Pick<Content, 'contentDir' | 'list'>) {
  const own = content.list(holidays).items;
  const shipped = openContent();
  if (resolve(content.contentDir) === shipped.contentDir) return own;
  return [
    ...own,
    ...shipped.list(holidays).items.filter(({ id }) => !own.some((notice) => notice.id === id)),
  ];
}

/** The days off of each year: by its notice, else those that the calendar gives. */
export function holidaysOf(content: Pick<Content, 'contentDir' | 'list'>): HolidayCalendar & {
  yearOf: (year: string) => HolidayYear;
} {
  const notices = noticesOf(content);
  const years = new Map<string, HolidayYear>();
  const yearOf = (year: string): HolidayYear => {
    const notice = notices.find(({ id }) => id === year);
    const known = years.get(year) ?? (notice ? { ...notice, isLikely: false } : likelyHolidays(year));
    years.set(year, known);
    return known;
  };
  return { ...holidayCalendar(yearOf), yearOf };
}
