import type { z } from 'zod';
import { formatMoment, formatRange } from '../../calendar/text.ts';
import { addDays } from '../../calendar/days.ts';
import type { happening } from '../../types/events.ts';
import { EVENT_STATES, type EventState } from '../../calendar/states.ts';

/** What has been changed of an event or a stop since it was announced, as data and in words. Written by `revise.ts`. */

/** One announced change, as kept in an entry. */
export type Change = z.output<typeof happening.changes>[number];

/** The front matter of an event or a stop, as far as it matters here; parsed, or as it stands in the file. */
export interface Revisable {
  uid: string;
  start: string;
  end?: string | undefined;
  state: EventState;
  school?: string | undefined;
  place?: string | undefined;
  formerStart?: string | undefined;
  changeReason?: string | undefined;
  changedOn?: string | undefined;
  sequence?: number | undefined;
  changes?: readonly Change[] | undefined;
  published?: string | undefined;
  updated?: string | undefined;
}

/**
 * The changes announced so far, oldest first. Entries published before changes were kept have one at most: their former
 * time, or that they were cancelled.
 */
export function historyOf(data: Revisable): readonly Change[] {
  const { state, start, formerStart, changeReason, changedOn, updated, published, changes = [] } = data;
  const on = changedOn ?? updated ?? published;
  const changed = state === 'cancelled' || (state === 'rescheduled' && formerStart);
  if (changes.length > 0 || !changed || !on) return changes;
  const moved =
    state === 'rescheduled' && formerStart ? [{ field: 'start', from: formerStart, to: start } as const] : [];
  const what = [...moved, { field: 'state', from: 'confirmed', to: state } as const];
  return [{ on, what, ...(changeReason && { reason: changeReason }) }];
}

/** Every start that an entry has had and no longer has, oldest first, each once. */
export function formerStarts(data: Revisable): string[] {
  const moved = historyOf(data).flatMap(({ what }) => what.filter(({ field }) => field === 'start'));
  const starts = [...moved.map(({ from }) => from), data.formerStart];
  return [...new Set(starts.filter((start) => start !== undefined && start !== data.start))] as string[];
}

/** A change in words, with what a list of changes needs to sort and mark it. */
export interface Announcement {
  /** When it was announced: a moment or, in old entries, a day. */
  on: string;
  /** The state that it led to. */
  state: EventState;
  /** 「原定…，改为…」「原定…，现已取消」. */
  text: string;
  reason: string | undefined;
  /** Whether somebody who had planned for it must know; that it was confirmed or held is no such news. */
  urgent: boolean;
}

/**
 * The history in words, oldest first.
 *
 * @param schoolName name of a school by its id, for stops that moved from one to another
 */
export function announcementsOf(
  data: Revisable,
  schoolName: (id: string) => string | undefined,
): Announcement[] {
  const found: Announcement[] = [];
  let { start, end, state } = data;
  for (const { on, what, reason } of historyOf(data).toReversed()) {
    const changeOf = (field: Change['what'][number]['field']) => what.find((item) => item.field === field);
    const [time, close, status] = [changeOf('start'), changeOf('end'), changeOf('state')];
    const before = {
      start: time?.from ?? start,
      end: close ? close.from : end,
      state: (status?.from as EventState | undefined) ?? state,
    };
    const placeOf = (side: 'from' | 'to') =>
      schoolName(changeOf('school')?.[side] ?? '') ?? changeOf('place')?.[side];
    const [former, present] = [placeOf('from'), placeOf('to')];
    const parts = [
      timeText(before, { start, end, state }, on),
      (former || present) && `地点${former ? `由${former}` : ''}改为${present ?? '待定'}`,
    ].filter(Boolean);
    const gone = state === 'cancelled' || before.state === 'cancelled';
    found.unshift({
      on,
      state,
      text: `${parts.length > 0 ? parts.join('；') : `状态改为${EVENT_STATES[state]}`}。`,
      reason,
      urgent: gone || before.start !== start || before.end !== end || Boolean(former || present),
    });
    ({ start, end, state } = before);
  }
  return found;
}

interface Times {
  start: string;
  end?: string | undefined;
  state: EventState;
}

/** A year other than that of the announcement is said. */
function timeText(before: Times, after: Times, on: string): string | undefined {
  const otherYear = ({ start }: Times) => ({ year: start.slice(0, 4) !== on.slice(0, 4) });
  const former = formatMoment(before.start, otherYear(before));
  const now = formatRange(after.start, after.end, otherYear(after));
  if (after.state === 'cancelled' && before.state !== 'cancelled') return `原定 ${former}，现已取消`;
  if (before.state === 'cancelled' && after.state !== 'cancelled') return `恢复举办，定在 ${now}`;
  if (before.start !== after.start) return `原定 ${former}，改为 ${now}`;
  return before.end === after.end ? undefined : `时间改为 ${now}`;
}

/** Days that a banner stays after the later of the announcement and the day on which people would have come in vain. */
const BANNER_DAYS = 3;

/** The time that people may still have in mind: of a cancelled entry its own, of a moved one the former. */
export function formerTime({ state, start, formerStart }: Revisable): string | undefined {
  if (state === 'cancelled') return start;
  return state === 'rescheduled' ? formerStart : undefined;
}

/**
 * Whether a move or a cancellation is still put up as a banner on a day (`YYYY-MM-DD`): from its announcement until three
 * days after the former date, or three days after the announcement where that is later.
 */
export function isAnnounced(data: Revisable, day: string): boolean {
  const former = formerTime(data);
  if (!former) return false;
  const announced = data.changedOn ?? data.updated ?? data.published ?? former;
  const last = [announced, former]
    .map((moment) => moment.slice(0, 10))
    .sort()
    .at(-1) as string;
  return day <= addDays(last, BANNER_DAYS);
}
