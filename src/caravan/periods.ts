import { LIST_ADDRESS } from './addresses.ts';
import { type SchoolYear, schoolYearOf } from '../calendar/month.ts';
import { today } from '../calendar/today.ts';
import { hasExactDay, hasKnownMonth, lastPossibleDay } from '../calendar/precision.ts';
import { weekOf } from '../calendar/week.ts';
import { addDays, monthOf, lastDayOf } from '../calendar/days.ts';
import { entries } from '../queries/index.ts';
import { splitByToday, type Stop, stops } from './queries.ts';

/** The schedule cut into months, weeks and school years. */

/** Stops of each period that they touch; periods and stops earliest first. A stop whose day is not recorded has none. */
function byPeriod(some: readonly Stop[], periodOf: (day: string) => string): Map<string, Stop[]> {
  const found = new Map<string, Stop[]>();
  for (const stop of some) {
    if (!hasExactDay(stop.data)) continue;
    const touched = new Set<string>();
    for (let day = stop.data.start.slice(0, 10); day <= lastDayOf(stop.data); day = addDays(day, 1))
      touched.add(periodOf(day));
    for (const period of touched) {
      const known = found.get(period);
      if (known) known.push(stop);
      else found.set(period, [stop]);
    }
  }
  return inOrder(found);
}

interface Cuts {
  /** By `YYYY-MM`. */
  months: Map<string, Stop[]>;
  /** By `YYYY-Www`; the running week is there even when it is empty. */
  weeks: Map<string, Stop[]>;
}

const cuts = new WeakMap<readonly Stop[], Cuts>();

/** All stops by month and by week: cut once a build, because hundreds of pages ask for it. */
export async function periods(): Promise<Cuts> {
  const all = await entries('caravan');
  const known = cuts.get(all);
  if (known) return known;
  const soonest = all.toReversed();
  const weeks = byPeriod(soonest, weekOf);
  const present = weekOf(today());
  if (all.length > 0 && !weeks.has(present)) weeks.set(present, []);
  const cut = { months: byPeriod(soonest, monthOf), weeks: inOrder(weeks) };
  cuts.set(all, cut);
  return cut;
}

const inOrder = (cut: Map<string, Stop[]>) => new Map([...cut].sort(([a], [b]) => (a < b ? -1 : 1)));

/** The period to open first: the present one or, between terms, the next, else the last. */
export const periodToOpen = (periods: readonly string[], present: string): string | undefined =>
  periods.find((period) => period >= present) ?? periods.at(-1);

export interface ListedYear extends SchoolYear {
  address: string;
  stops: Stop[];
}

/** Stops of the running school year and later. */
export async function runningStops(): Promise<Stop[]> {
  const { from } = schoolYearOf(today());
  return (await stops()).filter((stop) => lastPossibleDay(stop.data) >= from);
}

/** School years that are over and had stops, latest first. */
export async function earlierYears(): Promise<ListedYear[]> {
  const running = schoolYearOf(today()).from;
  const years = new Map<string, ListedYear>();
  for (const stop of (await stops()).toReversed()) {
    if (lastPossibleDay(stop.data) >= running) continue;
    const year = schoolYearOf(lastDayOf(stop.data));
    const known = years.get(year.from) ?? {
      ...year,
      address: `${LIST_ADDRESS}${year.from.slice(0, 4)}/`,
      stops: [],
    };
    known.stops.push(stop);
    years.set(year.from, known);
  }
  return [...years.values()].sort((a, b) => (a.from < b.from ? 1 : -1));
}

/** One month of a list, with what its heading says. */
export interface ListedMonth {
  /** For the heading's id; one of its kind on a page and among the years that the filter brings together. */
  id: string;
  /** `YYYY-MM`; undefined for stops whose day is not recorded. */
  month: string | undefined;
  stops: Stop[];
}

/** Stops as they are listed: those to come by month, soonest first, then those that are over, latest first. */
export function listed(some: readonly Stop[]): { next: ListedMonth[]; past: ListedMonth[] } {
  const { next, past } = splitByToday(some);
  return { next: inMonths(next, 'next'), past: inMonths(past, 'past') };
}

function inMonths(some: readonly Stop[], half: string): ListedMonth[] {
  const months = new Map<string, ListedMonth>();
  for (const stop of some) {
    const { start } = stop.data;
    const isKnown = hasKnownMonth(stop.data);
    const id = `${half}-${isKnown ? monthOf(start) : schoolYearOf(start).from.slice(0, 4)}`;
    const known = months.get(id) ?? { id, month: isKnown ? monthOf(start) : undefined, stops: [] };
    known.stops.push(stop);
    months.set(id, known);
  }
  return [...months.values()];
}
