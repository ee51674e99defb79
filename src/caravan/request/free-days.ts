import type { z } from 'zod';
import { type HolidayCalendar, holidayText } from '../../calendar/holidays.ts';
import { type Dated, hasExactDay } from '../../calendar/precision.ts';
import { addDays, weekdayIndex, lastDayOf } from '../../calendar/days.ts';
import type { EventState } from '../../calendar/states.ts';
import { BLOCKED_KINDS, type blockedDays, type STAGES } from '../../types/caravan.ts';

/**
 * On which days the caravan can still come. Days are `YYYY-MM-DD` (Asia/Shanghai). Pure: the site, the publishing
 * server and the planning warnings ask the same questions here.
 */

export type Stage = keyof typeof STAGES;
export type BlockedDays = z.output<(typeof blockedDays)['item']>;

/** As much of a stop as keeps a vehicle busy; one whose day is not on record keeps none. */
export interface Booking extends Dated {
  start: string;
  end?: string | undefined;
  state: EventState;
  vehicle: string;
}

/** Why a day is not free. */
export const OBSTACLES = {
  weekend: '周末',
  holiday: '公共假日',
  ...BLOCKED_KINDS,
  stop: '已有站次',
} as const;

export interface Obstacle {
  kind: keyof typeof OBSTACLES;
  /** In the editors' words: 「中秋节」「高考」「年检」. */
  note: string;
}

/** Whose day it is: without `stages`, any school's; communities are visited at weekends and in school holidays too. */
export interface Host {
  stages?: readonly Stage[] | undefined;
}

const isWeekend = (day: string) => weekdayIndex(day) >= 5;

const isSchool = ({ stages = [] }: Host) =>
  stages.length === 0 || stages.some((stage) => stage !== 'community');

/** Whether a blocked period concerns a host: a period of some stages only says nothing about a host of unknown stage. */
function concerns({ kind, stages }: BlockedDays, host: Host): boolean {
  if (!isSchool(host) && (kind === 'exam' || kind === 'school-holiday')) return false;
  return stages.length === 0 || (host.stages ?? []).some((stage) => stages.includes(stage));
}

/** What keeps a host from a visit on a day, by any vehicle. */
export function obstaclesOn(
  day: string,
  host: Host,
  blocked: readonly BlockedDays[],
  holidays: HolidayCalendar,
): Obstacle[] {
  const found: Obstacle[] = [];
  const holiday = holidays.on(day);
  if (holiday) found.push({ kind: 'holiday', note: holidayText(holiday) });
  else if (isSchool(host) && isWeekend(day) && !holidays.isMakeupWorkday(day))
    found.push({ kind: 'weekend', note: OBSTACLES.weekend });
  for (const period of blocked)
    if (!period.vehicle && period.from <= day && day <= period.to && concerns(period, host))
      found.push({ kind: period.kind, note: period.note });
  return found;
}

/** What keeps a vehicle on a day: its upkeep, a stop that is not cancelled. */
export function vehicleObstaclesOn(
  day: string,
  vehicle: string,
  blocked: readonly BlockedDays[],
  bookings: readonly Booking[],
): Obstacle[] {
  const periods = blocked
    .filter((period) => period.vehicle === vehicle && period.from <= day && day <= period.to)
    .map(({ kind, note }): Obstacle => ({ kind, note }));
  const taken = bookings.some(
    (stop) =>
      stop.vehicle === vehicle &&
      stop.state !== 'cancelled' &&
      hasExactDay(stop) &&
      stop.start.slice(0, 10) <= day &&
      day <= lastDayOf(stop),
  );
  return taken ? [...periods, { kind: 'stop', note: OBSTACLES.stop }] : periods;
}

export interface Availability {
  day: string;
  /** Ids of the vehicles that could come; none when the day is not free. */
  vehicles: string[];
  /** Why no vehicle can come; empty when the day is free. */
  obstacles: Obstacle[];
}

export interface Plan {
  vehicles: readonly { id: string }[];
  blocked: readonly BlockedDays[];
  bookings: readonly Booking[];
  holidays: HolidayCalendar;
}

/** Each day from `from` to `to`, both included: which vehicles could come, or why none can. */
export function availability(from: string, to: string, host: Host, plan: Plan): Availability[] {
  const days: Availability[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(availabilityOn(day, host, plan));
  return days;
}

function availabilityOn(day: string, host: Host, plan: Plan): Availability {
  const { vehicles, blocked, bookings, holidays } = plan;
  const general = obstaclesOn(day, host, blocked, holidays);
  if (general.length > 0) return { day, vehicles: [], obstacles: general };
  const each = vehicles.map(({ id }) => ({ id, kept: vehicleObstaclesOn(day, id, blocked, bookings) }));
  const free = each.filter(({ kept }) => kept.length === 0).map(({ id }) => id);
  if (free.length > 0) return { day, vehicles: free, obstacles: [] };
  return { day, vehicles: [], obstacles: each.flatMap(({ kept }) => kept) };
}
