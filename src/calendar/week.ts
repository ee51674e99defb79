import { addDays } from './words.ts';

/** Weeks of ISO 8601: Monday first; week 1 is the one with the year's first Thursday. */

const weekday = (day: string) => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;

const DAY_MS = 86_400_000;
/** Days from one day to another, negative when `to` is earlier. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);

/** `2026-W48`, the week of a day or moment. */
export function weekOf(moment: string): string {
  const day = moment.slice(0, 10);
  const thursday = addDays(day, 3 - weekday(day));
  const year = thursday.slice(0, 4);
  const number = Math.floor(daysBetween(`${year}-01-01`, thursday) / 7) + 1;
  return `${year}-W${String(number).padStart(2, '0')}`;
}

/** The seven days of `2026-W48`, `YYYY-MM-DD`, Monday first. */
export function daysOfWeek(week: string): string[] {
  const [year = '', number = ''] = week.split('-W');
  // 4 January is always in week 1.
  const inFirst = `${year}-01-04`;
  const monday = addDays(inFirst, 7 * (Number(number) - 1) - weekday(inFirst));
  return Array.from({ length: 7 }, (_, index) => addDays(monday, index));
}

/** 「2026 年第 48 周」 */
export function formatWeek(week: string): string {
  const [year, number] = week.split('-W');
  return `${year} 年第 ${Number(number)} 周`;
}
