import {
  CALENDAR_STATUS,
  EVENT_STATES,
  type EventState,
  REASON_REQUIRED,
  requiresReason,
} from '../../calendar/states.ts';
import { type Change, historyOf, type Revisable } from './history.ts';
import { WATCHED_FIELDS } from '../../types/events.ts';

/**
 * What publishing does to an event or a stop: which changes of state are allowed, what is kept of the former time, when
 * calendars are notified. Pure; the publishing server calls it, and the site reads the history that it writes
 * (`history.ts`).
 */

/** The states that may follow each state; staying as it is is always allowed. */
export const NEXT_STATES = {
  tentative: ['confirmed', 'rescheduled', 'cancelled'],
  confirmed: ['rescheduled', 'cancelled', 'completed'],
  rescheduled: ['cancelled', 'completed'],
  /** Taken up again at the same time, or at another. */
  cancelled: ['confirmed', 'rescheduled'],
  /** A record that turned out to be wrong: it never took place. */
  completed: ['cancelled'],
} as const satisfies Record<EventState, readonly EventState[]>;

export interface RevisionProblem {
  /** Name of the field, e.g. `changeReason`. */
  field: keyof Revisable;
  message: string;
}

export interface Revision<Data> {
  /** What to publish: `next` with the fields that publishing writes. */
  data: Data;
  /** Why it must not be published; empty when it may. */
  problems: RevisionProblem[];
}

type Differences = Change['what'];

/** Values that a form leaves in fields that were not filled in mean the same as no field. */
const filledIn = (data: Revisable, field: keyof typeof WATCHED_FIELDS): string | undefined =>
  data[field] || undefined;

function differences(previous: Revisable, next: Revisable): Differences {
  return (Object.keys(WATCHED_FIELDS) as (keyof typeof WATCHED_FIELDS)[]).flatMap((field) => {
    const [from, to] = [filledIn(previous, field), filledIn(next, field)];
    return from === to ? [] : [{ field, ...(from && { from }), ...(to && { to }) }];
  });
}

/**
 * Whether a calendar client must be notified (RFC 5545, 3.8.7.4; RFC 5546, 2.1.4): time, place, or the STATUS that the
 * state is in a calendar. 完成 is CONFIRMED as 确认 is, so a calendar does not change.
 */
const concernsCalendars = (previous: Revisable, next: Revisable, what: Differences) =>
  what.some(({ field }) => field !== 'state') ||
  CALENDAR_STATUS[previous.state] !== CALENDAR_STATUS[next.state];

/**
 * Turns what an editor wrote into what is published. UID, sequence and history always come from the published entry:
 * values that `next` has for them are overwritten. Doing it twice is the same as doing it once.
 *
 * @param previous the published front matter; undefined when the entry is published for the first time
 * @param next the front matter to be published
 * @param now `YYYY-MM-DDTHH:mm`, Asia/Shanghai
 */
export function revise<Data extends Revisable>(
  previous: Revisable | undefined,
  next: Data,
  now: string,
): Revision<Data> {
  if (!previous) return { data: next, problems: problemsAtFirst(next, now) };
  const what = differences(previous, next);
  const history = historyOf(previous);
  const reason = next.changeReason && asksForReason(previous, next) ? { reason: next.changeReason } : {};
  const told = what.length > 0 && concernsCalendars(previous, next, what);
  const written = {
    uid: previous.uid,
    sequence: told ? (previous.sequence ?? 0) + 1 : previous.sequence,
    changes: what.length > 0 ? [...history, { on: now, what, ...reason }] : previous.changes,
    formerStart: formerStartOf(previous, next),
    changedOn: asksForReason(previous, next)
      ? announcedOn(previous, next, now)
      : next.changedOn || previous.changedOn,
  };
  const data = { ...next, ...written };
  for (const [field, value] of Object.entries(written))
    if (value === undefined) delete data[field as keyof typeof written];
  return { data, problems: problemsOf(previous, next, now) };
}

const hasMoved = (previous: Revisable, next: Revisable) => previous.start !== next.start;

function formerStartOf(previous: Revisable, next: Revisable): string | undefined {
  if (next.state === 'rescheduled' && hasMoved(previous, next)) return previous.start;
  return next.formerStart || previous.formerStart;
}

/** What an editor wrote just now, unless it is yet to come; the old announcement left in the form does not count. */
function announcedOn(previous: Revisable, next: Revisable, now: string): string {
  const written = next.changedOn || undefined;
  return written === undefined || written === previous.changedOn || written > now ? now : written;
}

/** Whether it is moved, cancelled or reinstated: people who had planned to come must learn why. */
function asksForReason(previous: Revisable, next: Revisable): boolean {
  if (next.state === 'cancelled' || previous.state === 'cancelled') return previous.state !== next.state;
  return next.state === 'rescheduled' && (hasMoved(previous, next) || previous.state !== 'rescheduled');
}

const quoted = (state: EventState) => `「${EVENT_STATES[state]}」`;

function problemsAtFirst(next: Revisable, now: string): RevisionProblem[] {
  const problems: RevisionProblem[] = [];
  if (next.state === 'rescheduled' && !next.formerStart)
    problems.push({ field: 'formerStart', message: '第一次发布就是改期的，要写明原定时间' });
  return [...problems, ...problemsOfState(next, now)];
}

function problemsOfState({ state, start, changeReason }: Revisable, now: string): RevisionProblem[] {
  if (state === 'completed' && start > now)
    return [{ field: 'state', message: `还没有到开始的时间，不能写${quoted('completed')}` }];
  if (requiresReason(state) && !changeReason) return [{ field: 'changeReason', message: REASON_REQUIRED }];
  return [];
}

function problemsOf(previous: Revisable, next: Revisable, now: string): RevisionProblem[] {
  const [from, to] = [previous.state, next.state];
  const moved = hasMoved(previous, next);
  const allowed: readonly EventState[] = NEXT_STATES[from];
  if (from !== to && !allowed.includes(to))
    return [
      {
        field: 'state',
        message: `${quoted(from)}不能改成${quoted(to)}；可以改成${allowed.map(quoted).join('、')}`,
      },
    ];
  if (moved && to === 'confirmed' && from !== 'tentative')
    return [{ field: 'state', message: `开始时间改了：请把状态改成${quoted('rescheduled')}，写明原因` }];
  if (moved && to === 'cancelled')
    return [{ field: 'start', message: '取消的留着原来的时间，请把开始时间改回去' }];
  if (
    to === 'rescheduled' &&
    from !== 'rescheduled' &&
    !moved &&
    (next.formerStart || next.start) === next.start
  )
    return [{ field: 'start', message: `状态写了${quoted('rescheduled')}，开始时间却没有变：请写新的时间` }];
  if (from === 'cancelled' && to !== from && next.changeReason === previous.changeReason)
    return [{ field: 'changeReason', message: '原因还是取消时写的：请写明为什么又办' }];
  if (asksForReason(previous, next) && !next.changeReason)
    return [{ field: 'changeReason', message: REASON_REQUIRED }];
  return problemsOfState(next, now);
}
