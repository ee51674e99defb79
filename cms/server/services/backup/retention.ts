import { countyDay } from '../../../../src/calendar/clock.ts';
import { addDays, weekdayIndex } from '../../../../src/calendar/days.ts';

/** Which generations of a backup stay. */

/** So many days, weeks and months of which the last generation stays; of those that have one, however long ago. */
export const KEPT = { days: 7, weeks: 4, months: 12 } as const;

/** Name of the generation of a moment, UTC: `20261123-020000`; names sort by time. */
export const generationName = (now: Date): string =>
  now.toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');

export const GENERATION = /^\d{8}-\d{6}$/;

/** The moment that a generation is named after. */
export const momentOf = (name: string): Date =>
  new Date(
    name.replace(/^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)$/, (_, year, month, day, hour, minute, second) =>
      [`${year}-${month}-${day}`, `${hour}:${minute}:${second}Z`].join('T'),
    ),
  );

const dayOf = (name: string) => countyDay(momentOf(name));
const weekOf = (name: string) => addDays(dayOf(name), -weekdayIndex(dayOf(name)));
const monthOf = (name: string) => dayOf(name).slice(0, 7);

/**
 * The generations that stay: the newest of each of the last days, weeks and months. They are counted, not compared with
 * today: a wrong clock deletes nothing.
 *
 * @param newestFirst their names in the order in which they were made, whatever the clock showed
 */
export function keptGenerations(newestFirst: readonly string[]): Set<string> {
  const kept = new Set(newestFirst.slice(0, 1));
  for (const [periodOf, count] of [
    [dayOf, KEPT.days],
    [weekOf, KEPT.weeks],
    [monthOf, KEPT.months],
  ] as const) {
    const seen = new Set<string>();
    for (const name of newestFirst) {
      const period = periodOf(name);
      if (seen.has(period)) continue;
      if (seen.size === count) break;
      seen.add(period);
      kept.add(name);
    }
  }
  return kept;
}
