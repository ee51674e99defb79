import { WEEKDAYS } from '../types/bases.ts';

/** Days and moments as Chinese text. They are read as written (Asia/Shanghai), so no time zone is involved. */

interface Parts {
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

/** 周一 to 周日. */
export function weekdayText(moment: string): string {
  const { year, month, day } = partsOf(moment);
  const fromMonday = (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7;
  return Object.values(WEEKDAYS)[fromMonday] as string;
}

/** 2026年9月1日 */
export function dayText(moment: string): string {
  const { year, month, day } = partsOf(moment);
  return `${year}年${month}月${day}日`;
}

const DIGITS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** 1 to 99 in Chinese characters: 七, 十, 二十二. */
function numberInCharacters(value: number): string {
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

/** From start to end, saying nothing twice: 2026年9月1日 周二 9:00–11:30, 2026年9月1日至3日, 2026年9月1日至2027年1月2日. */
export function rangeText(start: string, end?: string | undefined): string {
  if (!end || end === start) return momentText(start);
  const from = partsOf(start);
  const to = partsOf(end);
  const clock = (time: string) => time.replace(/^0/, '');
  if (start.slice(0, 10) === end.slice(0, 10)) return `${momentText(start)}–${clock(to.time)}`;
  if (from.time)
    return `${momentText(start)}至${sameYear(from, to)}${to.month}月${to.day}日 ${clock(to.time)}`;
  if (from.year === to.year && from.month === to.month) return `${dayText(start)}至${to.day}日`;
  return `${dayText(start)}至${sameYear(from, to)}${to.month}月${to.day}日`;
}

const sameYear = (from: Parts, to: Parts) => (from.year === to.year ? '' : `${to.year}年`);
