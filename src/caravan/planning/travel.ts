import { drivingMinutes } from './roads.ts';
import {
  isScheduled,
  type PlannedStop,
  type PlanningRule,
  type Reference,
  samePlace,
  spanOf,
} from './stop.ts';

/**
 * Too little time between one stop of a vehicle and its next. What is needed: packing up and setting up (the vehicle's
 * `setup`, twice) and the drive. Stops without hours, and stops that overlap (see `clash.ts`), are skipped.
 */
export const warnOfTravel: PlanningRule = (stop, others, reference) => {
  if (!isScheduled(stop) || spanOf(stop).allDay) return [];
  const ofVehicle = others.filter(
    (other) => other.data.vehicle === stop.data.vehicle && isScheduled(other) && !spanOf(other).allDay,
  );
  const { from, to } = spanOf(stop);
  const before = ofVehicle.filter((other) => spanOf(other).to <= from);
  const after = ofVehicle.filter((other) => spanOf(other).from >= to);
  const previous = before.reduce<PlannedStop | undefined>(
    (latest, other) => (latest && spanOf(latest).to >= spanOf(other).to ? latest : other),
    undefined,
  );
  const next = after.reduce<PlannedStop | undefined>(
    (first, other) => (first && spanOf(first).from <= spanOf(other).from ? first : other),
    undefined,
  );
  return [
    ...(previous ? explain(previous, stop, previous, '上一站', reference) : []),
    ...(next ? explain(stop, next, next, '下一站', reference) : []),
  ];
};

function explain(
  earlier: PlannedStop,
  later: PlannedStop,
  other: PlannedStop,
  which: string,
  { townships, vehicles }: Reference,
) {
  if (samePlace(earlier, later)) return [];
  const { township: from } = earlier.data;
  const { township: to } = later.data;
  const drive = from && to ? drivingMinutes(townships, from, to) : undefined;
  if (drive === undefined) return [];
  const setup = vehicles.find(({ id }) => id === later.data.vehicle)?.setup ?? 0;
  const needed = drive + 2 * setup;
  const gap = spanOf(later).from - spanOf(earlier).to;
  if (gap >= needed) return [];
  const work = setup > 0 ? `、收展和布展各 ${setup} 分钟` : '';
  const message = `和${which}「${other.data.title}」之间只有 ${gap} 分钟，路上约 ${drive} 分钟${work}，来不及；请错开时间`;
  return [{ field: 'start' as const, message }];
}
