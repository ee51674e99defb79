import type { HolidayCalendar } from '../../calendar/holidays.ts';
import type { z } from 'zod';
import { hasExactDay } from '../../calendar/precision.ts';
import type { townships } from '../../types/townships.ts';
import type { BlockedDays } from '../request/free-days.ts';
import type { caravan, exhibitSets, schools, vehicles } from '../../types/caravan.ts';

/** What the planning rules look at: stops, the lists they point into, and when a stop takes place. */

type StopData = z.output<typeof caravan.schema>;

export interface PlannedStop {
  slug: string;
  data: Pick<
    StopData,
    | 'title'
    | 'start'
    | 'end'
    | 'state'
    | 'school'
    | 'place'
    | 'township'
    | 'stages'
    | 'vehicle'
    | 'crewGroup'
    | 'exhibitSet'
    | 'datePrecision'
    | 'dateNote'
  >;
}

/** The reference lists, as far as planning needs them; missing items make a rule silent. */
export interface Reference {
  schools: readonly z.output<typeof schools.item>[];
  townships: readonly z.output<typeof townships.item>[];
  vehicles: readonly z.output<typeof vehicles.item>[];
  exhibitSets: readonly z.output<typeof exhibitSets.item>[];
  blockedDays: readonly BlockedDays[];
  holidays: HolidayCalendar;
}

/** Something that an editor should look at again; never forbids. */
export interface Warning {
  field: keyof PlannedStop['data'];
  message: string;
}

/** A rule: what is doubtful about a stop, seen with the other stops. `others` never holds the stop itself. */
export type PlanningRule = (
  stop: PlannedStop,
  others: readonly PlannedStop[],
  reference: Reference,
) => Warning[];

/** Whether a stop takes up its time: not cancelled, and its day is known. */
export const isScheduled = ({ data }: PlannedStop): boolean =>
  data.state !== 'cancelled' && hasExactDay(data);

/** A stop without an end is taken to last this long. */
const ASSUMED_MINUTES = 120;

/** Time that a stop takes up; minutes of Asia/Shanghai since 1970-01-01T00:00, `to` exclusive. */
export interface Span {
  from: number;
  to: number;
  /** Hours are not known: the stop occupies its whole days. */
  allDay: boolean;
}

// Asia/Shanghai has had one offset since 1991, so its wall clock can be counted as if it were UTC, on any machine.
const minutesOf = (moment: string) =>
  Date.parse(moment.length === 10 ? `${moment}T00:00Z` : `${moment}Z`) / 60_000;

const spans = new WeakMap<PlannedStop['data'], Span>();

/** When a stop takes place. Whole days last until the midnight after the last one. */
export function spanOf({ data }: PlannedStop): Span {
  const known = spans.get(data);
  if (known) return known;
  const { start, end } = data;
  const allDay = start.length === 10;
  const from = minutesOf(start);
  const to = allDay ? minutesOf(end ?? start) + 24 * 60 : end ? minutesOf(end) : from + ASSUMED_MINUTES;
  const span = { from, to: Math.max(to, from + 1), allDay };
  spans.set(data, span);
  return span;
}

/** Whether two stops take place at the same time, if only for a minute. One that begins when the other ends does not. */
export function overlaps(a: PlannedStop, b: PlannedStop): boolean {
  if (!isScheduled(a) || !isScheduled(b)) return false;
  const one = spanOf(a);
  const two = spanOf(b);
  return one.from < two.to && two.from < one.to;
}

/** Whether two stops are at one place: the same school, or the same place by name in one township. */
export const samePlace = ({ data: a }: PlannedStop, { data: b }: PlannedStop): boolean =>
  a.township === b.township && a.school === b.school && (a.school !== undefined || a.place === b.place);

/** The name of a list's item, or its id when the list does not have it. */
export const nameIn = (items: readonly { id: string; name: string }[], id: string): string =>
  items.find((item) => item.id === id)?.name ?? id;
