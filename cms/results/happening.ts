import { type Dated, lastPossibleDay } from '../../src/calendar/precision.ts';
import { lackOf } from '../../src/checks/results.ts';
import { caravan } from '../../src/types/caravan.ts';
import { events } from '../../src/types/events.ts';
import type { Data } from './form.ts';

/** When an event or a stop is over, and what it lacks then; drafts may lack even their day. */

/** The types whose entries take place and have results. */
export const RESULT_TYPES = [events, caravan] as const;

const DAY = /^\d{4}-\d{2}-\d{2}/;

interface Happening extends Dated {
  start: string;
  end?: string | undefined;
  state: string;
  results?: readonly { value?: number | undefined }[] | undefined;
}

/** The data where it has a day. */
export const dated = (data: Readonly<Data>): (Data & Happening) | undefined =>
  typeof data.start === 'string' &&
  DAY.test(data.start) &&
  (data.end === undefined || DAY.test(String(data.end)))
    ? (data as Data & Happening)
    : undefined;

/** The last day on which it can have ended, `YYYY-MM-DD`; empty without a day. */
export function lastDayOf(data: Readonly<Data>): string {
  const happening = dated(data);
  return happening ? lastPossibleDay(happening) : '';
}

/** Whether it is over, was not cancelled, and has no results yet, or does not say that it took place. */
export function lacksResults(data: Readonly<Data>): boolean {
  const happening = dated(data);
  return happening !== undefined && lackOf(happening) !== undefined;
}
