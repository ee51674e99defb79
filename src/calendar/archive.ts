import { addDays } from './days.ts';

/**
 * What leaves the calendars that people subscribe to, so that their phones need not fetch years of the past every hour:
 * entries that ended more than 400 days ago (a whole school year stays) go to a file a year, by the year they began in.
 */

const KEPT_DAYS = 400;

interface Dated {
  start: string;
  end?: string | undefined;
}

/** Whether an entry is in the archive on a day (`YYYY-MM-DD`), and no longer in the calendars. */
export const isArchived = ({ start, end }: Dated, day: string): boolean =>
  (end ?? start).slice(0, 10) < addDays(day, -KEPT_DAYS);

/** Year of the archive file that an entry goes to. */
export const archiveYear = ({ start }: Dated): string => start.slice(0, 4);
