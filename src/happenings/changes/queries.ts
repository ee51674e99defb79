import { addDays } from '../../calendar/days.ts';
import { today } from '../../calendar/today.ts';
import { entries, itemOf } from '../../queries/index.ts';
import { schools } from '../../types/caravan.ts';
import { byStart, type Happening } from '../queries.ts';
import { type Announcement, announcementsOf, formerTime, isAnnounced } from './history.ts';

const schoolName = (id: string) => itemOf(schools, id)?.name;

/** The history of one happening in words, oldest first. */
export const historyInWords = ({ data }: Happening): Announcement[] => announcementsOf(data, schoolName);

/** One line of the public change log: what was announced, of which event or stop, and its number in the history. */
export interface LoggedChange extends Announcement {
  happening: Happening;
  /** 1 for the first change of its happening. */
  number: number;
}

/** Every announced change that somebody who had planned for it must know, latest first; of events and stops unless told. */
export async function changeLog(
  kinds: readonly Happening['collection'][] = ['events', 'caravan'],
): Promise<LoggedChange[]> {
  const all: Happening[] = (await Promise.all(kinds.map((kind) => entries(kind)))).flat();
  return all
    .flatMap((happening) =>
      historyInWords(happening).map((change, index) => ({ ...change, happening, number: index + 1 })),
    )
    .filter(({ urgent }) => urgent)
    .sort((a, b) => b.on.localeCompare(a.on) || a.happening.id.localeCompare(b.happening.id));
}

/** The changes of the last `days` days. */
export async function recentChanges(
  days: number,
  kinds?: readonly Happening['collection'][],
): Promise<LoggedChange[]> {
  const since = addDays(today(), -days);
  return (await changeLog(kinds)).filter(({ on }) => on.slice(0, 10) >= since);
}

/** Of some happenings those whose move or cancellation is still put up as a banner, the nearest former date first. */
export const announced = <H extends Happening>(happenings: readonly H[]): H[] =>
  happenings
    .filter(({ data }) => isAnnounced(data, today()))
    .sort((a, b) => (formerTime(a.data) ?? '').localeCompare(formerTime(b.data) ?? '') || byStart(a, b));
