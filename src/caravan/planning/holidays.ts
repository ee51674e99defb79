import { holidayOn, isMakeupWorkday } from '../../calendar/holidays.ts';
import { addDays, formatDay } from '../../calendar/words.ts';
import { isHeld, type PlannedStop, type PlanningRule } from './stop.ts';

/** Longest stop whose days are looked at one by one. */
const MAX_DAYS = 60;

/** The days of a stop, `YYYY-MM-DD`. */
export function daysOf({ data: { start, end } }: PlannedStop): string[] {
  const last = (end ?? start).slice(0, 10);
  const days: string[] = [];
  for (let day = start.slice(0, 10); day <= last && days.length < MAX_DAYS; day = addDays(day, 1))
    days.push(day);
  return days;
}

const isWeekend = (day: string) => [0, 6].includes(new Date(`${day}T00:00Z`).getUTCDay());

/**
 * Public holidays by the State Council's notice for the year, and weekends at schools. A weekend that is worked in
 * exchange for a holiday is a working day. Of years without a notice yet, only the fixed holidays are known.
 */
export const warnOfHolidays: PlanningRule = (stop) => {
  if (!isHeld(stop)) return [];
  for (const day of daysOf(stop)) {
    const holiday = holidayOn(day);
    if (holiday)
      return [{ field: 'start', message: `${formatDay(day)}是${holiday}放假；请改到上班的日子，或先问好` }];
    if (stop.data.school && isWeekend(day) && !isMakeupWorkday(day))
      return [{ field: 'start', message: `${formatDay(day)}是周末，学校不上课；请改到上课的日子，或先问好` }];
  }
  return [];
};
