/** Reckoning with days. A day is `YYYY-MM-DD` in Asia/Shanghai and is read as written, so no time zone is involved. */

/** schema.org DayOfWeek, in the order of a Chinese week. */
export const WEEKDAYS = {
  mo: '周一',
  tu: '周二',
  we: '周三',
  th: '周四',
  fr: '周五',
  sa: '周六',
  su: '周日',
} as const;

export type Weekday = keyof typeof WEEKDAYS;

export const DAY_MS = 86_400_000;

const startOf = (day: string) => Date.parse(`${day.slice(0, 10)}T00:00:00Z`);

/** The day `days` after (before, when negative) `YYYY-MM-DD`. */
export const addDays = (day: string, days: number): string =>
  new Date(startOf(day) + days * DAY_MS).toISOString().slice(0, 10);

/** Days from one day to another, negative when `to` is earlier. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((startOf(to) - startOf(from)) / DAY_MS);

/** Place of a day or moment in its week: 0 is Monday, 6 is Sunday. */
export const weekdayIndex = (moment: string): number => (new Date(startOf(moment)).getUTCDay() + 6) % 7;

/** `YYYY-MM` of a day or moment. */
export const monthOf = (moment: string): string => moment.slice(0, 7);

export interface Parts {
  year: number;
  month: number;
  day: number;
  /** `HH:mm`, or empty for a whole day. */
  time: string;
}

/** Parts of `YYYY-MM-DD` or `YYYY-MM-DDTHH:mm`. */
export function partsOf(moment: string): Parts {
  const [year, month, day] = moment.slice(0, 10).split('-').map(Number) as [number, number, number];
  return { year, month, day, time: moment.slice(11, 16) };
}
