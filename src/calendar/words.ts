import { partsOf, weekdayText } from './text.ts';

/** Days and times in the words of a notice: 「11 月 25 日（周三）上午 9:00–11:30」. Tables and lists use `text.ts`. */

interface Wording {
  /** Say the year too. */
  year?: boolean;
}

/** From which hour on a part of the day has its name. */
const DAY_PARTS = [
  [0, '凌晨'],
  [5, '上午'],
  [12, '中午'],
  [13, '下午'],
  [18, '晚上'],
] as const;

const dayPart = (time: string) => DAY_PARTS.findLast(([hour]) => Number(time.slice(0, 2)) >= hour)?.[1] ?? '';

/** `14:30` → 2:30, the clock that people speak; 0:30 and 12:30 stay. */
function spokenClock(time: string): string {
  const hour = Number(time.slice(0, 2));
  return `${hour > 12 ? hour - 12 : hour}${time.slice(2)}`;
}

/** Day of `YYYY-MM-DD` or `YYYY-MM-DDTHH:mm`: 「11 月 25 日（周三）」. */
export function formatDay(moment: string, { year: withYear = false }: Wording = {}): string {
  const { year, month, day } = partsOf(moment);
  return `${withYear ? `${year} 年 ` : ''}${month} 月 ${day} 日（${weekdayText(moment)}）`;
}

/** Day and time of a moment: 「11 月 25 日（周三）下午 2:30」; the day alone when the moment is a whole day. */
export function formatMoment(moment: string, wording?: Wording): string {
  const { time } = partsOf(moment);
  return formatDay(moment, wording) + (time && `${dayPart(time)} ${spokenClock(time)}`);
}

/**
 * From `start` to `end` (both moments or both days), saying nothing twice: 「11 月 25 日（周三）上午 9:00–11:30」,
 * 「11 月 25 日（周三）上午 10:00–下午 2:30」, 「12 月 30 日（周三）至 2027 年 1 月 2 日（周六）」.
 */
export function formatRange(start: string, end?: string | undefined, wording?: Wording): string {
  if (!end || end === start) return formatMoment(start, wording);
  const from = partsOf(start);
  const to = partsOf(end);
  if (start.slice(0, 10) !== end.slice(0, 10))
    return `${formatMoment(start, wording)}${from.time ? ' ' : ''}至 ${formatMoment(end, { year: from.year !== to.year })}`;
  const part = dayPart(from.time) === dayPart(to.time) ? '' : `${dayPart(to.time)} `;
  return `${formatMoment(start, wording)}–${part}${spokenClock(to.time)}`;
}

/** `YYYY-MM` of a day or moment. */
export const monthOf = (moment: string): string => moment.slice(0, 7);

/** 「2026 年 11 月」 of `YYYY-MM`. */
export const formatMonth = (month: string): string =>
  `${Number(month.slice(0, 4))} 年 ${Number(month.slice(5, 7))} 月`;

/** The day `days` after (before, when negative) `YYYY-MM-DD`. */
export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}
