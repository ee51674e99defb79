import { type Dated, firstPossibleDay, hasExactDay, lastPossibleDay } from '../../calendar/precision.ts';
import type { EventState } from '../../calendar/states.ts';
import type { DocumentDay } from '../day-index.ts';

/** Which days the entries are about; see `day-index.ts`. */

interface Happening extends Dated {
  start: string;
  end?: string | undefined;
  formerStart?: string | undefined;
  state: EventState;
}

/** The days of an event or a stop: held, called off, or those that it was moved away from. */
export function daysOfHappening(entry: Happening): DocumentDay[] {
  const bond = entry.state === 'cancelled' ? 'cancelled' : 'held';
  const from = firstPossibleDay(entry);
  const to = lastPossibleDay(entry);
  if (!hasExactDay(entry)) return [{ bond, from, to, isVague: true }];
  const former = entry.formerStart?.slice(0, 10);
  return [
    { bond, from, to },
    ...(former && former !== from ? [{ bond: 'moved', from: former } as const] : []),
  ];
}

/** A time from one day to another, of which either may be unknown. */
export function daysOfTime(from: string | undefined, to: string | undefined): DocumentDay[] {
  const first = from ?? to;
  return first ? [{ bond: 'held', from: first, to: to ?? first }] : [];
}

export const publishedDay = (day: string | undefined): DocumentDay[] =>
  day ? [{ bond: 'published', from: day }] : [];
