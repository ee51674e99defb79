import { type Parts, partsOf, WEEKDAYS, weekdayIndex } from './days.ts';

/**
 * Days and moments as Chinese text, in two styles: `dayText`, `momentText` and `rangeText` are compact, for lists and
 * tables; `formatDay` and its siblings are spaced and spoken, for sentences and notices.
 */

/** 周一 to 周日. */
export function weekdayText(moment: string): string {
  return Object.values(WEEKDAYS)[weekdayIndex(moment)] as string;
}

/** 9月1日 */
export function monthDayText(moment: string): string {
  const { month, day } = partsOf(moment);
  return `${month}月${day}日`;
}

/** 2026年9月1日 */
export const dayText = (moment: string): string => `${partsOf(moment).year}年${monthDayText(moment)}`;

const DIGITS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** 1 to 999 in Chinese characters: 七, 十, 二十二, 一百零五. */
export function numberInCharacters(value: number): string {
  if (value >= 100) {
    const rest = value % 100;
    const [zero, one] = [rest > 0 && rest < 10 ? '零' : '', rest >= 10 && rest < 20 ? '一' : ''];
    return `${DIGITS[Math.floor(value / 100)]}百${zero}${one}${rest > 0 ? numberInCharacters(rest) : ''}`;
  }
  const tens = Math.floor(value / 10);
  return `${tens > 1 ? DIGITS[tens] : ''}${tens > 0 ? '十' : ''}${DIGITS[value % 10]}`;
}

/** 十一月二十二日, for vertical lines. */
export function dayInCharacters(moment: string): string {
  const { month, day } = partsOf(moment);
  return `${numberInCharacters(month)}月${numberInCharacters(day)}日`;
}

/** 2026年9月1日 周二 9:00; without the time for a whole day. */
export function momentText(moment: string): string {
  const time = partsOf(moment).time.replace(/^0/, '');
  return `${dayText(moment)} ${weekdayText(moment)}${time && ` ${time}`}`;
}

/** From start to end, without repetition: 2026年9月1日 周二 9:00–11:30, 2026年9月1日至3日, 2026年9月1日至2027年1月2日. */
export function rangeText(start: string, end?: string | undefined): string {
  if (!end || end === start) return momentText(start);
  const from = partsOf(start);
  const to = partsOf(end);
  const clock = (time: string) => time.replace(/^0/, '');
  if (start.slice(0, 10) === end.slice(0, 10)) return `${momentText(start)}–${clock(to.time)}`;
  if (from.time) return `${momentText(start)}至${otherYear(from, to)}${monthDayText(end)} ${clock(to.time)}`;
  if (from.year === to.year && from.month === to.month) return `${dayText(start)}至${to.day}日`;
  return `${dayText(start)}至${otherYear(from, to)}${monthDayText(end)}`;
}

const otherYear = (from: Parts, to: Parts) => (from.year === to.year ? '' : `${to.year}年`);

interface Wording {
  /** Say the year too. */
  year?: boolean;
  /** Say the weekday; it is said unless this is false. */
  weekday?: boolean;
}

/** From which hour on a part of the day has its name, the latest first. */
const DAY_PARTS = [
  [18, '晚上'],
  [13, '下午'],
  [12, '中午'],
  [5, '上午'],
  [0, '凌晨'],
] as const;

const dayPart = (time: string) => DAY_PARTS.find(([hour]) => Number(time.slice(0, 2)) >= hour)?.[1] ?? '';

/** `14:30` → 2:30, the clock that people speak; 0:30 and 12:30 stay. */
function spokenClock(time: string): string {
  const hour = Number(time.slice(0, 2));
  return `${hour > 12 ? hour - 12 : hour}${time.slice(2)}`;
}

/** Day of `YYYY-MM-DD` or `YYYY-MM-DDTHH:mm`: 「11 月 25 日（周三）」. */
export function formatDay(moment: string, wording: Wording = {}): string {
  const { year, month, day } = partsOf(moment);
  const weekday = wording.weekday === false ? '' : `（${weekdayText(moment)}）`;
  return `${wording.year ? `${year} 年 ` : ''}${month} 月 ${day} 日${weekday}`;
}

/** Day and time of a moment: 「11 月 25 日（周三）下午 2:30」; the day alone when the moment is a whole day. */
export function formatMoment(moment: string, wording?: Wording): string {
  const { time } = partsOf(moment);
  return formatDay(moment, wording) + (time && `${dayPart(time)} ${spokenClock(time)}`);
}

/**
 * From `start` to `end` (both moments or both days), without repetition: 「11 月 25 日（周三）上午 9:00–11:30」,
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

/** 「2026 年 11 月」 of `YYYY-MM`. */
export const formatMonth = (month: string): string =>
  `${Number(month.slice(0, 4))} 年 ${Number(month.slice(5, 7))} 月`;
