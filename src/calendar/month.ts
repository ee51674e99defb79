import { addDays, weekdayIndex } from './days.ts';

/** Weeks and school years of the Gregorian calendar. */

/** Weeks of a month (`YYYY-MM`), Monday first; days as `YYYY-MM-DD`, undefined where the week is in another month. */
export function weeksOf(month: string): (string | undefined)[][] {
  const first = `${month}-01`;
  const weeks: (string | undefined)[][] = [];
  for (
    let monday = addDays(first, -weekdayIndex(first));
    monday.slice(0, 7) <= month;
    monday = addDays(monday, 7)
  ) {
    const days = Array.from({ length: 7 }, (_, index) => addDays(monday, index));
    weeks.push(days.map((day) => (day.startsWith(month) ? day : undefined)));
  }
  return weeks;
}

export interface SchoolYear {
  /** First and last day. */
  from: string;
  to: string;
  /** 「2026—2027 学年」 */
  label: string;
}

/** The school year of a day: 1 August to 31 July. */
export function schoolYearOf(day: string): SchoolYear {
  const year = Number(day.slice(0, 4)) - (day.slice(5, 7) < '08' ? 1 : 0);
  return { from: `${year}-08-01`, to: `${year + 1}-07-31`, label: `${year}—${year + 1} 学年` };
}
