import { formatDay } from '../../calendar/text.ts';
import { addDays, lastDayOf } from '../../calendar/days.ts';
import { obstaclesOn, OBSTACLES, vehicleObstaclesOn } from '../request/free-days.ts';
import { isScheduled, type PlannedStop, type PlanningRule } from './stop.ts';

/** Longest stop whose days are looked at one by one. */
const MAX_DAYS = 60;

function daysOf({ data: { start, end } }: PlannedStop): string[] {
  const last = lastDayOf({ start, end });
  const days: string[] = [];
  for (let day = start.slice(0, 10); day <= last && days.length < MAX_DAYS; day = addDays(day, 1))
    days.push(day);
  return days;
}

/**
 * Public holidays (a weekend that is worked in exchange for one is a working day),
 * weekends at schools, and the days that the office has blocked: exams, school holidays, upkeep of the vehicle. The
 * first such day is reported.
 */
export const warnOfBlockedDays: PlanningRule = (stop, _others, { schools, blockedDays, holidays }) => {
  if (!isScheduled(stop)) return [];
  const { school, vehicle } = stop.data;
  const stages =
    stop.data.stages.length > 0 ? stop.data.stages : schools.find(({ id }) => id === school)?.stages;
  const host = { stages: school ? stages : (['community'] as const) };
  for (const day of daysOf(stop)) {
    const kept = obstaclesOn(day, host, blockedDays, holidays);
    const upkeep = vehicleObstaclesOn(day, vehicle, blockedDays, []);
    const reasons = [...kept, ...upkeep].map(({ kind, note }) =>
      note === OBSTACLES[kind] ? note : `${OBSTACLES[kind]}（${note}）`,
    );
    if (reasons.length === 0) continue;
    const message = `${formatDay(day)}是${reasons.join('、')}；请改到别的日子，确实能办的不用改`;
    return [{ field: kept.length > 0 ? 'start' : 'vehicle', message }];
  }
  return [];
};
