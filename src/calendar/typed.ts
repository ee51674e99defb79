import { addDays, weekdayIndex } from './days.ts';
import { formatDay, weekdayText } from './text.ts';
import { withDigits } from './typed-digits.ts';
import { readTimes, type Times } from './typed-time.ts';

/**
 * Dates as people type them: `2026.12.4`, 「12月4日（周五）」, 「下周三」, 「明天下午2点半」. Times are in `typed-time.ts`. Pure;
 * used by the guided forms, by imported sheets and by the editor's box for a moment.
 */

export type TypedDay = { day: string } | { problem: string };

export interface TypedMoment extends Times {
  /** `YYYY-MM-DD`. */
  day: string;
}

/** Longer texts are no dates. */
const MAX_LENGTH = 60;

/** What a form says of a date that it cannot read; the examples are read by this module. */
export const DAY_EXAMPLES = '写成 12月4日、2026-12-4、明天、下周三都行';

const pad2 = (number: number | string) => String(number).padStart(2, '0');

/** Half width, digits for Chinese numerals, no spaces around; the names of weekdays keep their numerals. */
function plainOf(typed: string): string {
  const text = typed.normalize('NFKC').trim().replace(/\s+/g, ' ');
  const kept = text.replace(/(周|星期|礼拜)([一二三四五六日天])/g, (_, word: string, day: string) =>
    day === '天' ? `${word}⁷` : `${word}${'¹²³⁴⁵⁶⁷'['一二三四五六日'.indexOf(day)]}`,
  );
  return withDigits(kept);
}

const WEEKDAY = '(?:周|星期|礼拜)\\s*([¹²³⁴⁵⁶⁷])';
const IN_BRACKETS = new RegExp(`^\\s*[(（\\[]?${WEEKDAY}[)）\\]]?,?\\s*`);
const RELATIVE: Readonly<Record<string, number>> = { 今: 0, 明: 1, 后: 2, 大后: 3 };

/** A day with a year, at the beginning of a text. */
const WITH_YEAR = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)\s*[日号]?/;
const PACKED = /^(\d{4})(\d{2})(\d{2})(?!\d)/;
/** One without: 「12月4日」「12-4」「12/4」「12.4」「4号」. */
const WITHOUT_YEAR =
  /^(?:(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?|(\d{1,2})[-/.](\d{1,2})(?![\d:-])|(\d{1,2})[日号])/;
const FROM_TODAY = /^(大后|今|明|后)[天日]/;
const IN_WEEK = new RegExp(`^(下下|下|本|这)?个?${WEEKDAY}`);

/** Whether the calendar has this `YYYY-MM-DD`. */
const exists = (day: string) => {
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && addDays(day, 0) === day;
};

interface Found {
  day: string;
  /** How much of the text it was. */
  length: number;
}

/** The day at the beginning of a text without a year or relative to `today`. */
function relativeDay(plain: string, today: string): Found | { problem: string } | undefined {
  const near = FROM_TODAY.exec(plain);
  if (near) return { day: addDays(today, RELATIVE[near[1] as string] ?? 0), length: near[0].length };
  const week = IN_WEEK.exec(plain);
  if (week) {
    const [whole, which, name = ''] = week;
    const inWeek = '¹²³⁴⁵⁶⁷'.indexOf(name);
    const monday = addDays(today, -weekdayIndex(today));
    const weeks = which === '下下' ? 2 : which === '下' ? 1 : 0;
    const day = addDays(monday, weeks * 7 + inWeek);
    // A bare 「周三」 is the next one; 「本周三」 may be over.
    return { day: which || day >= today ? day : addDays(day, 7), length: whole.length };
  }
  const found = WITHOUT_YEAR.exec(plain);
  if (!found) return undefined;
  const [whole, m1, d1, m2, d2, only] = found;
  const months = only ? [today.slice(5, 7), nextMonth(today)] : [m1 ?? m2 ?? ''];
  const date = pad2(only ?? d1 ?? d2 ?? '');
  const year = Number(today.slice(0, 4));
  for (const from of [year, year + 1])
    for (const month of months) {
      const day = `${from}-${pad2(month)}-${date}`;
      if (exists(day) && day >= today) return { day, length: whole.length };
    }
  return { problem: '没有这一天，请检查月份和日期' };
}

const nextMonth = (today: string): string => pad2((Number(today.slice(5, 7)) % 12) + 1);

/**
 * The day at the beginning of a text.
 *
 * @param today `YYYY-MM-DD`; without it a day must have its year. A day without a year is the next one from today on
 */
function dayIn(plain: string, today: string | undefined): Found | { problem: string } | undefined {
  const found = PACKED.exec(plain) ?? WITH_YEAR.exec(plain);
  if (!found) return today === undefined ? undefined : relativeDay(plain, today);
  const [whole, year, month = '', date = ''] = found;
  return { day: `${year}-${pad2(month)}-${pad2(date)}`, length: whole.length };
}

/**
 * A day with the time or the times after it; the time is absent for a whole day.
 *
 * @param today see `dayIn`
 * @param options.checkWeekday refuses 「12月4日（周三）」 when that day is another one
 */
export function readTypedMoment(
  typed: string,
  today?: string,
  { checkWeekday = false } = {},
): TypedMoment | { problem: string } | undefined {
  if (typed.length > MAX_LENGTH) return undefined;
  const plain = plainOf(typed);
  const found = dayIn(plain, today);
  if (!found || 'problem' in found) return found;
  const after = plain.slice(found.length);
  const named = IN_BRACKETS.exec(after);
  const rest = after
    .slice(named?.[0].length ?? 0)
    .replace(/^[T,，]/, '')
    .trim();
  const { day } = found;
  if (checkWeekday && !exists(day)) return { problem: '没有这一天，请检查月份和日期' };
  if (checkWeekday && named && weekdayIndex(day) !== '¹²³⁴⁵⁶⁷'.indexOf(named[1] as string))
    return { problem: `${formatDay(day, { weekday: false })}是${weekdayText(day)}，请再看看是哪一天` };
  if (rest === '') return { day };
  const times = readTimes(rest);
  return times && { day, ...times };
}

/** A day alone, for a box that asks for one. */
export function readTypedDay(typed: string, today: string): TypedDay {
  const read = readTypedMoment(typed, today, { checkWeekday: true });
  if (!read) return { problem: `看不懂「${typed.trim().slice(0, 20)}」是哪一天：${DAY_EXAMPLES}` };
  if ('problem' in read) return read;
  if (read.from) return { problem: '这一格只写日期，几点写在下面一格' };
  return { day: read.day };
}

/**
 * `2026/9/1`, `2026-09-01T09:00`, 「2026年9月1日（周二）上午9点半」, `20260901` → `2026-09-01`, `2026-09-01T09:30`; undefined
 * when it cannot be read, is a range, or has no year: nothing is guessed. The schema checks that the day exists.
 */
export function readMoment(typed: string): string | undefined {
  const read = readTypedMoment(typed);
  if (!read || 'problem' in read || read.to) return undefined;
  return read.from ? `${read.day}T${read.from}` : read.day;
}
