import type { z } from 'zod';
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
  dateNote?: string | undefined;
  published: string;
  updated?: string | undefined;
}

/** When it is, in words. A record whose day is unknown says so instead of showing the day it is filed under. */
export function whenText({
  start,
  end,
  dateNote,
}: Pick<HappeningData, 'start' | 'end' | 'dateNote'>): string {
  return dateNote ? `${start.slice(0, 4)} 年（${dateNote}）` : formatRange(start, end, { year: true });
}

/** When the entry was last changed, as the latest of the days that it records. */
export function lastChange({ published, updated, changedOn, changes }: HappeningData): string {
  const moments = [published, updated, changedOn, changes?.at(-1)?.on].filter(
    (moment) => moment !== undefined,
  );
  return moments.sort().at(-1) ?? published;
}
