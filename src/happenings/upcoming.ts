import { lastDayOf } from '../calendar/days.ts';
/** What is still to come of events and stops. */

interface Happening {
  id: string;
  data: { start: string; end?: string | undefined };
}

/** Happenings that are not over on a day (`YYYY-MM-DD`), soonest first; cancelled ones stay, so that people see it. */
export function upcoming<H extends Happening>(happenings: readonly H[], day: string): H[] {
  return happenings
    .filter(({ data }) => lastDayOf(data) >= day)
    .sort((a, b) => a.data.start.localeCompare(b.data.start) || a.id.localeCompare(b.id));
}
