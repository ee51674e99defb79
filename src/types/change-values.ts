import { EVENT_STATES } from '../calendar/states.ts';
import { moment } from '../model/fields.ts';

/** Rules for what an event's history of changes holds. It is written on publishing, but a file may be edited elsewhere. */

interface Change {
  what: readonly { field: string; from?: string | undefined; to?: string | undefined }[];
}

const time = moment({ label: '时间' });

/** What is wrong with a former or later value of a field, Chinese; undefined when nothing is. */
function problemOf(field: string, value: string): string | undefined {
  if (field === 'start' || field === 'end') return time.safeParse(value).error?.issues[0]?.message;
  if (field === 'state' && !Object.hasOwn(EVENT_STATES, value))
    return `没有「${value}」这种状态；可以写：${Object.keys(EVENT_STATES).join('、')}`;
  return undefined;
}

/**
 * Values that would keep pages and open data from being made: times that are none, states that do not exist.
 *
 * @returns the path of each within the entry, and the message
 */
export const changeProblems = (
  changes: readonly Change[],
): { path: (string | number)[]; message: string }[] =>
  changes.flatMap(({ what }, change) =>
    what.flatMap(({ field, from, to }, item) =>
      Object.entries({ from, to }).flatMap(([side, value]) => {
        const message = value === undefined ? undefined : problemOf(field, value);
        return message ? [{ path: ['changes', change, 'what', item, side], message }] : [];
      }),
    ),
  );
