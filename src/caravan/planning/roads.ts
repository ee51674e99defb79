import type { Reference } from './stop.ts';

/**
 * Driving times between townships. A vehicle goes through the county seat (`minutes` of both townships) or over the
 * `roads` that townships name, whichever is shortest; roads may be put together. The schematic map is not to scale and
 * is not used.
 */

type Townships = Reference['townships'];

/** Between two places of one township. */
const WITHIN_TOWNSHIP_MINUTES = 15;

const known = new WeakMap<Townships, Map<string, number>>();

/** Minutes of driving from one township to another, the same both ways; undefined when the lists do not say. */
export function drivingMinutes(townships: Townships, from: string, to: string): number | undefined {
  if (from === to) return WITHIN_TOWNSHIP_MINUTES;
  const times = known.get(townships) ?? shortestTimes(townships);
  known.set(townships, times);
  return times.get(key(from, to));
}

const key = (a: string, b: string) => (a < b ? `${a} ${b}` : `${b} ${a}`);

/** Floyd–Warshall over the townships and the county seat. */
function shortestTimes(townships: Townships): Map<string, number> {
  const seat = '';
  const times = new Map<string, number>();
  const shorten = (a: string, b: string, minutes: number | undefined) => {
    if (a !== b && minutes !== undefined && minutes < (times.get(key(a, b)) ?? Infinity))
      times.set(key(a, b), minutes);
  };
  for (const { id, minutes, roads } of townships) {
    shorten(id, seat, minutes);
    for (const road of roads) shorten(id, road.to, road.minutes);
  }
  const places = [seat, ...townships.map(({ id }) => id)];
  for (const via of places)
    for (const a of places)
      for (const b of places) {
        const first = times.get(key(a, via));
        const second = times.get(key(via, b));
        if (first !== undefined && second !== undefined) shorten(a, b, first + second);
      }
  return times;
}
