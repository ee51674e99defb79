import { recordRead } from '../runtime/current.ts';
import { countyTime } from './clock.ts';

/** Days and moments are strings in Asia/Shanghai (`2026-09-01`, `2026-09-01T09:00`), so they compare as text. */

/** The present moment, `YYYY-MM-DDTHH:mm`. `PORTAL_NOW` sets the clock of a build, for tests and rehearsals. */
export function now(): string {
  recordRead('now');
  return clock();
}

/** Today, `YYYY-MM-DD`. */
export function today(): string {
  recordRead('today');
  return clock().slice(0, 10);
}

function clock(): string {
  const set = process.env.PORTAL_NOW;
  if (set) return set.length === 10 ? `${set}T00:00` : set.slice(0, 16);
  return countyTime(new Date());
}
