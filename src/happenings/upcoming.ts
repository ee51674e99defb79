import { compareKnownDates, type Dated, lastPossibleDay } from '../calendar/precision.ts';

/** What is still to come of events and stops. */

interface Happening {
  id: string;
  data: Dated & { start: string; end?: string | undefined };
}

/** Happenings that are not over on a day (`YYYY-MM-DD`), soonest first; cancelled ones stay, so that people see it. */
export function upcoming<H extends Happening>(happenings: readonly H[], day: string): H[] {
  return happenings
    .filter(({ data }) => lastPossibleDay(data) >= day)
    .sort(
      (a, b) =>
        compareKnownDates({ ...a.data, day: a.data.start }, { ...b.data, day: b.data.start }) ||
        a.id.localeCompare(b.id),
    );
}
