import type { z } from 'zod';
import { formatKnownPeriod, hasExactDay } from '../calendar/precision.ts';
import { formatRange } from '../calendar/text.ts';
import type { happening } from '../types/events.ts';

/** What events and caravan stops have in common. */

type Field<Name extends keyof typeof happening> = z.output<(typeof happening)[Name]>;

export interface HappeningData {
  title: string;
  summary?: string | undefined;
  uid: Field<'uid'>;
  start: Field<'start'>;
  end?: Field<'end'>;
  state: Field<'state'>;
  formerStart?: Field<'formerStart'>;
  changeReason?: Field<'changeReason'>;
  changedOn?: Field<'changedOn'>;
  sequence: Field<'sequence'>;
  changes?: Field<'changes'>;
  datePrecision?: Field<'datePrecision'>;
  dateNote?: string | undefined;
  published: string;
  updated?: string | undefined;
}

/** When it is, in words. A record whose day is unknown says so instead of showing the placeholder day of its record. */
export function whenText(data: Pick<HappeningData, 'start' | 'end' | 'datePrecision' | 'dateNote'>): string {
  const { start, end, dateNote, datePrecision } = data;
  const note = dateNote ?? NO_DAY_NOTES[datePrecision ?? 'day'];
  const when = hasExactDay(data) ? formatRange(start, end, { year: true }) : formatKnownPeriod(start, data);
  return note ? `${when}（${note}）` : when;
}

/** What is said of an inexact day where the editors left no note; a month speaks for itself. */
const NO_DAY_NOTES = { day: '', month: '', year: '具体日期未载', unknown: '归档年份，日期不详' } as const;

/** When the entry was last changed, as the latest of the days that it records. */
export function lastChange({ published, updated, changedOn, changes }: HappeningData): string {
  const moments = [published, updated, changedOn, changes?.at(-1)?.on].filter(
    (moment) => moment !== undefined,
  );
  return moments.sort().at(-1) ?? published;
}
