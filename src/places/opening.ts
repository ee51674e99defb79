import { addDays, WEEKDAYS, type Weekday, weekdayIndex } from '../calendar/days.ts';
import { type HolidayCalendar, holidayText } from '../calendar/holidays.ts';
import { monthDayText, weekdayText } from '../calendar/text.ts';

/**
 * 「今天开放吗」. Days and moments are strings in Asia/Shanghai (`2026-09-01`, `2026-09-01T09:00`).
 * The browser uses this file too: it imports nothing that brings the schemas with it.
 */

/** Monday first. */
export const DAYS = Object.keys(WEEKDAYS) as Weekday[];

export interface Hours {
  days: readonly Weekday[];
  /** `HH:mm`. */
  opens: string;
  closes: string;
}

/** What a place says about its hours; a base or a facility fits. */
export interface Openable {
  opening: readonly Hours[];
  closedOnHolidays?: boolean;
}

export type OpenState =
  /** Open; `caution` when a holiday arrangement may change that. */
  | { open: true; hours: readonly Hours[]; caution?: 'makeup' | 'unknown' }
  | { open: false; holiday?: string }
  /** No hours are given. */
  | { open: undefined };

/** Whether a place is open on a day (`YYYY-MM-DD`), by its weekly hours and the statutory holidays. */
export function isOpenOn(
  { opening, closedOnHolidays = false }: Openable,
  day: string,
  holidays: HolidayCalendar,
): OpenState {
  if (opening.length === 0) return { open: undefined };
  const holiday = holidays.on(day);
  if (closedOnHolidays && holiday) return { open: false, holiday: holidayText(holiday) };
  const weekday = DAYS[weekdayIndex(day)] as Weekday;
  const hours = opening
    .filter(({ days }) => days.includes(weekday))
    .sort((a, b) => a.opens.localeCompare(b.opens));
  if (hours.length === 0) return { open: false };
  if (holidays.isMakeupWorkday(day)) return { open: true, hours, caution: 'makeup' };
  if (closedOnHolidays && !holidays.isKnown(day)) return { open: true, hours, caution: 'unknown' };
  return { open: true, hours };
}

/** The next day after `day` on which a place opens, within four weeks. */
export function nextOpenDay(place: Openable, day: string, holidays: HolidayCalendar): string | undefined {
  for (let ahead = 1; ahead <= 28; ahead++) {
    const candidate = addDays(day, ahead);
    if (isOpenOn(place, candidate, holidays).open) return candidate;
  }
  return undefined;
}

const CAUTIONS = {
  makeup: '今天是调休上班日，时间可能不同，请先联系。',
  unknown: '这一年的放假通知还没有出来，节假日前后请先联系。',
} as const;

const spanText = ({ opens, closes }: Hours) => `${opens}–${closes}`;

/** What to tell a visitor at a moment (`YYYY-MM-DDTHH:mm`): open now, later today, closed and when it opens next. */
export function openingText(
  place: Openable,
  moment: string,
  holidays: HolidayCalendar,
): { open: boolean; text: string } | undefined {
  const [day, time] = [moment.slice(0, 10), moment.slice(11, 16)];
  const state = isOpenOn(place, day, holidays);
  if (state.open === undefined) return undefined;
  const next = nextOpenDay(place, day, holidays);
  const then = next ? `下次开放：${monthDayText(next)}${weekdayText(next)}。` : '';
  if (!state.open)
    return { open: false, text: `今天${state.holiday ? `（${state.holiday}）` : ''}不开放。${then}` };
  const caution = state.caution ? CAUTIONS[state.caution] : '';
  const present = state.hours.find(({ opens, closes }) => opens <= time && time < closes);
  if (present) return { open: true, text: `现在开放，${present.closes} 关门。${caution}` };
  const later = state.hours.filter(({ opens }) => time < opens);
  if (later.length > 0)
    return { open: true, text: `今天开放：${later.map(spanText).join('、')}。${caution}` };
  return { open: false, text: `今天已经关门。${then}` };
}

/** The weekly table: for each day, Monday first, its spans as text; an empty list means closed. */
export function weeklyHours(opening: readonly Hours[]): { day: Weekday; spans: string[] }[] {
  return DAYS.map((day) => ({
    day,
    spans: opening
      .filter(({ days }) => days.includes(day))
      .sort((a, b) => a.opens.localeCompare(b.opens))
      .map(spanText),
  }));
}
