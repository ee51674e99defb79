import { once } from '../runtime/current.ts';
import { currentContent } from '../store/index.ts';
import { type HolidayNotice, holidaysOf, noticesOf } from './holidays.ts';

/** The statutory days off as pages ask for them: read once a build, though every place has its hours. */

export const siteHolidays = once(() => holidaysOf(currentContent()));

const notices = once(() => noticesOf(currentContent()));

/** The notice for a year, `YYYY`; undefined while it is not out. */
export const noticeFor = (year: string): HolidayNotice | undefined => notices().find(({ id }) => id === year);
