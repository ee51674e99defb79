import { type HolidayCalendar, holidayCalendar, type HolidayYear } from '../calendar/holidays.ts';
import { likelyHolidays } from '../calendar/likely-holidays.ts';
import { type Content, currentContent, openContent } from '../store/index.ts';
import { holidays } from '../types/holidays.ts';

/** The statutory days off, from the notices that editors record. */

export type HolidayNotice = ReturnType<typeof noticesOf>[number];

/**
 * The notices of a content. Those that come with the program are the same for every county: they count for the years that
 * the content says nothing about.
 */
export function noticesOf(content: Pick<Content, 'list'>) {
  const own = content.list(holidays).items;
  const others = openContent()
    .list(holidays)
    .items.filter(({ id }) => !own.some((notice) => notice.id === id));
  return [...own, ...others];
}

/** The days off of each year: by its notice, else those that the calendar gives. */
export function holidaysOf(content: Pick<Content, 'list'>): HolidayCalendar & {
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

/** Those of the site that is being built. */
export const siteHolidays = () => holidaysOf(currentContent());

/** The notice for a year of the site that is being built. */
export const noticeFor = (year: string): HolidayNotice | undefined =>
  noticesOf(currentContent()).find(({ id }) => id === year);
