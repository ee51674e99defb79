import { addDays, daysBetween, weekdayIndex } from './days.ts';

/** Weeks of ISO 8601: Monday first; week 1 is the one with the year's first Thursday. */

/** `2026-W48`, the week of a day or moment. */
export function weekOf(moment: string): string {
  const day = moment.slice(0, 10);
  const thursday = addDays(day, 3 - weekdayIndex(day));
  const year = thursday.slice(0, 4);
  const number = Math.floor(daysBetween(`${year}-01-01`, thursday) / 7) + 1;
  return `${year}-W${String(number).padStart(2, '0')}`;
}

/** The seven days of `2026-W48`, `YYYY-MM-DD`, Monday first. */
export function daysOfWeek(week: string): string[] {
  const [year = '', number = ''] = week.split('-W');
  // 4 January is always in week 1.
  const inFirst = `${year}-01-04`;
  const monday = addDays(inFirst, 7 * (Number(number) - 1) - weekdayIndex(inFirst));
  return Array.from({ length: 7 }, (_, index) => addDays(monday, index));
}

/** 「2026 年第 48 周」 */
export function formatWeek(week: string): string {
  const [year, number] = week.split('-W');
  return `${year} 年第 ${Number(number)} 周`;
}
