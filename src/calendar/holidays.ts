/** 法定节假日的放假和调休。浏览器也用这个文件，不要引入别的模块。 */

/** What a year's days off are. Days are `YYYY-MM-DD`. */
export interface HolidayYear {
  /** 含调休放假的日子；首尾都算。 */
  holidays: readonly { name: string; from: string; to: string }[];
  /** 调休上班的周末。 */
  workdays: readonly string[];
  /** Worked out from the calendar, because the notice for the year is not out yet. */
  isLikely: boolean;
}

/** Asks about one day, `YYYY-MM-DD`. */
export interface HolidayCalendar {
  /** The holiday that a day belongs to, or undefined. */
  on: (day: string) => { name: string; isLikely: boolean } | undefined;
  /** Whether a weekend day is worked in exchange for a holiday. */
  isMakeupWorkday: (day: string) => boolean;
  /** Whether the notice for a day's year is recorded; without it a bridge day may still become one. */
  isKnown: (day: string) => boolean;
}

/** @param yearOf the days off of a year, `YYYY` */
export function holidayCalendar(yearOf: (year: string) => HolidayYear | undefined): HolidayCalendar {
  const of = (day: string) => yearOf(day.slice(0, 4));
  return {
    on(day) {
      const year = of(day);
      const found = year?.holidays.find(({ from, to }) => from <= day && day <= to);
      return found && { name: found.name, isLikely: year?.isLikely === true };
    },
    isMakeupWorkday: (day) => of(day)?.workdays.includes(day) ?? false,
    isKnown: (day) => of(day)?.isLikely === false,
  };
}

/** 「中秋节」，推算的是「中秋节（推算）」。 */
export const holidayText = ({ name, isLikely }: { name: string; isLikely: boolean }): string =>
  isLikely ? `${name}（推算）` : name;
