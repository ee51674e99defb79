import { flatten } from './flatten.ts';
import { cleanCharacters } from '../model/clean-characters.ts';
import { ANY_YEAR, type DayRange, FORMS } from './date-forms.ts';

/** Reading days out of what people type and what pages say: 「12月4日」「下周六」「明年3月」「12-4」. Pure. */

export interface AskedDays {
  /** In the order of their likelihood; answers to the first come first. */
  readonly ranges: readonly DayRange[];
  /** What was typed besides the days; a space stands in their place. */
  readonly rest: string;
  /** Whether a single day of the calendar was named, not a month, a week or 「明天」. */
  readonly isNamed: boolean;
}

/** Full width and spaced writing as one: 「１２ 月 ４ 日」. */
const plainForm = (raw: string) =>
  cleanCharacters(raw)
    .normalize('NFKC')
    .replace(/週/g, '周')
    .replace(/號/g, '号')
    .replace(/禮/g, '礼')
    .replace(/(\d) +(?=[年月日号])/g, '$1')
    .replace(/([年月]) +(?=[\d一二三四五六七八九十])/g, '$1');

/**
 * The days that a query asks for; undefined when it names none.
 *
 * @param today `YYYY-MM-DD`, the reader's
 */
export function readDates(raw: string, today: string): AskedDays | undefined {
  const text = plainForm(raw);
  for (const { pattern, read } of FORMS) {
    const match = pattern.exec(text);
    const ranges = match && read(match, today);
    if (!match || !ranges) continue;
    return {
      ranges,
      rest: `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`.trim(),
      isNamed: /\d|[日号]/.test(match[0]) && ranges.every(({ from, to }) => from === to),
    };
  }
  return undefined;
}

/** So many days are marked in results one by one. */
const MAX_MARKED = 7;

/** How texts write the first of the days asked for; for marking them. */
export function dayTerms({ ranges }: AskedDays): string[] {
  const [range] = ranges;
  if (!range) return [];
  const [month, first] = [Number(range.from.slice(5, 7)), Number(range.from.slice(8))];
  const last = Number(range.to.slice(8));
  const days =
    range.from.slice(0, 7) === range.to.slice(0, 7) && last - first < MAX_MARKED
      ? Array.from({ length: last - first + 1 }, (_, index) => first + index)
      : [];
  return flatten(days.map((day) => [`${month} 月 ${day} 日`, `${month}月${day}日`]));
}

/** 「12 月 4 日」, 「2027 年 3 月」, 「11 月 30 日至 12 月 6 日」: the first of the days asked for. */
export function dayLabel({ ranges }: AskedDays): string {
  const [range] = ranges;
  if (!range) return '';
  const year = range.from.startsWith(ANY_YEAR) ? '' : `${range.from.slice(0, 4)} 年 `;
  const [month, day] = [Number(range.from.slice(5, 7)), Number(range.from.slice(8))];
  if (range.from === range.to) return `${year}${month} 月 ${day} 日`;
  if (range.from.slice(5) === '01-01' && range.to.slice(5) === '12-31') return year.trim();
  if (range.from.slice(0, 7) === range.to.slice(0, 7) && day === 1 && range.to.slice(8) === '31')
    return `${year}${month} 月`;
  return `${year}${month} 月 ${day} 日至 ${Number(range.to.slice(5, 7))} 月 ${Number(range.to.slice(8))} 日`;
}
