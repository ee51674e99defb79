import { addDays, weekdayIndex } from '../calendar/days.ts';

/** The ways in which days are written: 「12月4日」「下周六」「明年3月」「12-4」. Pure. */

/** Days that a query asks for, both ends included, `YYYY-MM-DD`; the year `****` stands for any. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

/** Which year a day without one is of. */
export const ANY_YEAR = '****';

const DIGITS = '〇一二三四五六七八九';

/** 「十二」「二十」「卅一」「三」 as a number up to 99; NaN for anything else. */
function smallNumber(text: string): number {
  if (/^\d{1,2}$/.test(text)) return Number(text);
  const [, tens, ten, ones = ''] = /^([二三])?(十)?([一二三四五六七八九])?$/.exec(text) ?? [];
  if (!tens && !ten && !ones) return Number.NaN;
  if (tens && !ten) return ones ? Number.NaN : DIGITS.indexOf(tens);
  return (ten ? 10 * (tens ? DIGITS.indexOf(tens) : 1) : 0) + Math.max(0, DIGITS.indexOf(ones));
}

/** 「2026」「二〇二六」「26」 as a year. */
function yearNumber(text: string): number {
  const digits = text.replace(/[零〇○一二三四五六七八九]/g, (char) =>
    String(Math.max(0, DIGITS.indexOf(char))),
  );
  return digits.length === 2 ? 2000 + Number(digits) : Number(digits);
}

const two = (number: number) => String(number).padStart(2, '0');
const dayOf = (year: number | string, month: number, day: number) => `${year}-${two(month)}-${two(day)}`;

const isDay = (month: number, day: number) => month >= 1 && month <= 12 && day >= 1 && day <= 31;

/** Days that are compared as text need no last day of their own for each month. */
const wholeMonth = (year: number | string, month: number): DayRange => ({
  from: dayOf(year, month, 1),
  to: dayOf(year, month, 31),
});

const single = (day: string): DayRange => ({ from: day, to: day });

const NUMBER = '\\d{1,2}|[一二三四五六七八九十]{1,3}';
const YEAR = '(?:(\\d{4}|[零〇○一二三四五六七八九]{4}|\\d{2}|今|明|去|前|后)年的?)';
/** 「月亮」「三月龄」 name no month. */
const MONTH = `(?:(${NUMBER}|元)|([下上本这])个?)月(?![亮饼季经嫂龄球])份?`;
const GAP = '[的]?';

export interface Form {
  pattern: RegExp;
  read: (match: RegExpExecArray, today: string) => DayRange[] | undefined;
}

const yearFrom = (text: string | undefined, today: string): number | string => {
  if (!text) return ANY_YEAR;
  const shift = { 前: -2, 去: -1, 今: 0, 明: 1, 后: 2 }[text];
  return shift === undefined ? yearNumber(text) : Number(today.slice(0, 4)) + shift;
};

/** The month and year that 「12月」「下个月」 mean. */
function monthFrom(
  year: string | undefined,
  month: string | undefined,
  relative: string | undefined,
  today: string,
): { year: number | string; month: number } | undefined {
  if (relative) {
    const shift = { 上: -1, 下: 1 }[relative] ?? 0;
    const months = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1 + shift;
    return { year: Math.floor(months / 12), month: (months % 12) + 1 };
  }
  const number = month === '元' ? 1 : smallNumber(month ?? '');
  return number >= 1 && number <= 12 ? { year: yearFrom(year, today), month: number } : undefined;
}

const WEEKDAYS = '一二三四五六日';
const weekday = (char: string) => WEEKDAYS.indexOf(char === '天' ? '日' : char);
const mondayOf = (day: string) => addDays(day, -weekdayIndex(day));
const WEEK_SHIFT: Record<string, number> = { 上上: -2, 上: -1, 本: 0, 这: 0, 下: 1, 下下: 2 };

/** How many weeks a weekday without 「下」 is looked for; a later one is less likely meant. */
const WEEKS_AHEAD = 3;

const DAYS: Record<string, number> = {
  大前天: -3,
  前天: -2,
  昨天: -1,
  昨日: -1,
  今天: 0,
  今日: 0,
  今晚: 0,
  今早: 0,
  明天: 1,
  明日: 1,
  明早: 1,
  明晚: 1,
  后天: 2,
  大后天: 3,
  今儿: 0,
  明儿: 1,
  后儿: 2,
};

/** Parts of a month, first and last day. */
const MONTH_PARTS: Record<string, [number, number]> = {
  初: [1, 7],
  上旬: [1, 10],
  中旬: [11, 20],
  中: [11, 20],
  下旬: [21, 31],
  底: [25, 31],
  末: [25, 31],
};

/** Longest first: 「12月4日」 before 「12月」, 「下周六」 before 「周六」. */
export const FORMS: readonly Form[] = [
  {
    pattern: new RegExp(
      `${YEAR}?${GAP}${MONTH}${GAP}(${NUMBER})[日号](?:[到至~—-]+(?:(${NUMBER})月)?(${NUMBER})[日号])?`,
    ),
    read: ([, year, month, relative, day = '', lastMonth, lastDay], today) => {
      const found = monthFrom(year, month, relative, today);
      const first = smallNumber(day);
      if (!found || !isDay(found.month, first)) return undefined;
      const from = dayOf(found.year, found.month, first);
      if (!lastDay) return [single(from)];
      const last = smallNumber(lastDay);
      const end = lastMonth ? smallNumber(lastMonth) : found.month;
      return isDay(end, last) ? [{ from, to: dayOf(found.year, end, last) }] : [single(from)];
    },
  },
  {
    pattern: /(\d{4})[-./年](\d{1,2})[-./](\d{1,2})日?/,
    read: ([, year = '', month, day]) =>
      isDay(Number(month), Number(day)) ? [single(dayOf(year, Number(month), Number(day)))] : undefined,
  },
  {
    pattern: /^\s*(20\d{2})(\d{2})(\d{2})\s*$/,
    read: ([, year = '', month, day]) =>
      isDay(Number(month), Number(day)) ? [single(dayOf(year, Number(month), Number(day)))] : undefined,
  },
  {
    // Only when nothing else was typed: 「3-5 厘米」 and 「2.5」 are no days.
    pattern: /^\s*(\d{1,2})[-./](\d{1,2})\s*$/,
    read: ([, month, day]) =>
      isDay(Number(month), Number(day)) ? [single(dayOf(ANY_YEAR, Number(month), Number(day)))] : undefined,
  },
  {
    pattern: new RegExp(`${YEAR}?${GAP}${MONTH}(初|上旬|中旬|下旬|底|末)`),
    read: ([, year, month, relative, part = ''], today) => {
      const found = monthFrom(year, month, relative, today);
      const [first, last] = MONTH_PARTS[part] as [number, number];
      return (
        found && [{ from: dayOf(found.year, found.month, first), to: dayOf(found.year, found.month, last) }]
      );
    },
  },
  {
    pattern: new RegExp(`${YEAR}?${GAP}${MONTH}`),
    read: ([, year, month, relative], today) => {
      const found = monthFrom(year, month, relative, today);
      return found && [wholeMonth(found.year, found.month)];
    },
  },
  {
    pattern: /(\d{4})[-./](\d{2})(?!\d)/,
    read: ([, year = '', month]) =>
      Number(month) >= 1 && Number(month) <= 12 ? [wholeMonth(year, Number(month))] : undefined,
  },
  {
    pattern: /(上上|下下|上|下|本|这)个?(?:周|星期|礼拜)([一二三四五六日天])/,
    read: ([, which = '', day = ''], today) => [
      single(addDays(mondayOf(today), 7 * (WEEK_SHIFT[which] as number) + weekday(day))),
    ],
  },
  {
    pattern: /(上上|下下|上|下|本|这)个?(?:周末|(?:星期|礼拜)末)/,
    read: ([, which = ''], today) => [weekend(mondayOf(today), WEEK_SHIFT[which] as number)],
  },
  {
    pattern: /(上上|下下|上|下|本|这)个?(?:周(?!年|[一-龥]?岁)|星期|礼拜)/,
    read: ([, which = ''], today) => {
      const monday = addDays(mondayOf(today), 7 * (WEEK_SHIFT[which] as number));
      return [{ from: monday, to: addDays(monday, 6) }];
    },
  },
  { pattern: /周末/, read: (_, today) => [weekend(mondayOf(today), 0), weekend(mondayOf(today), 1)] },
  {
    pattern: /(?:周|星期|礼拜)([一二三四五六日天])/,
    read: ([, day = ''], today) => {
      const next = addDays(today, (weekday(day) - weekdayIndex(today) + 7) % 7);
      return Array.from({ length: WEEKS_AHEAD }, (_, weeks) => single(addDays(next, 7 * weeks)));
    },
  },
  {
    pattern: new RegExp(
      Object.keys(DAYS)
        .sort((a, b) => b.length - a.length)
        .join('|'),
    ),
    read: ([name], today) => [single(addDays(today, DAYS[name] as number))],
  },
  {
    pattern: new RegExp(`(?:^|[^\\d月年第])(${NUMBER})[日号](?![楼院线机码人店])`),
    read: ([, day = ''], today) => {
      const number = smallNumber(day);
      if (!isDay(1, number)) return undefined;
      const here = today.slice(0, 8) + two(number);
      const months = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7));
      const next = dayOf(Math.floor(months / 12), (months % 12) + 1, number);
      return here < today ? [single(next), single(here)] : [single(here), single(next)];
    },
  },
  {
    pattern: /(今|明|去)年/,
    read: ([, which], today) => {
      const year = yearFrom(which, today);
      return [{ from: dayOf(year, 1, 1), to: dayOf(year, 12, 31) }];
    },
  },
];

const weekend = (monday: string, weeks: number): DayRange => ({
  from: addDays(monday, 7 * weeks + 5),
  to: addDays(monday, 7 * weeks + 6),
});
