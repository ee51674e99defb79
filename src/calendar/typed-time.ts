import { withDigits } from './typed-digits.ts';

/** Times of day as people type them: `9:00`, `17：00`, 「下午2点半」, `1400`, 「9:00-11:30」. Pure. */

export interface Times {
  /** `HH:mm`. */
  from?: string;
  /** `HH:mm`, of a range. */
  to?: string;
}

/** What a form says of a time that it cannot read; the examples are read by this module. */
export const TIME_EXAMPLES = '写成 9:00、下午2点半、14:30、9:00-11:30 都行';

const MAX_LENGTH = 40;

const pad2 = (number: number) => String(number).padStart(2, '0');

/** Parts of the day after which 2:30 means 14:30. */
const AFTERNOON = new Set(['中午', '下午', '傍晚', '晚上', 'pm']);
const MORNING = new Set(['凌晨', '清晨', '早上', '早晨', '上午', 'am']);
const PART = '(?:凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|早|晚)';
const ONE = new RegExp(
  `^(${PART})?\\s*(\\d{1,2})\\s*(?:[:点时.]\\s*(?:钟|整)?\\s*(?:(\\d{1,2})\\s*分?|(半)|([13])\\s*刻)?)?(?::\\d{2}(?:\\.\\d+)?)?\\s*(?:钟|整)?\\s*(am|pm)?$`,
);
const FULL_PARTS: Readonly<Record<string, string>> = { 早: '早上', 晚: '晚上' };

interface One {
  part: string;
  hour: number;
  minute: number;
  /** A bare number: 「9」 may be anything, 「9-11点」 is a range of hours. */
  isBare: boolean;
}

function readOne(plain: string): One | undefined {
  const packed = /^(\d{1,2})(\d{2})$/.exec(plain);
  if (packed && plain.length > 2)
    return { part: '', hour: Number(packed[1]), minute: Number(packed[2]), isBare: true };
  const found = ONE.exec(plain);
  if (!found) return undefined;
  const [whole, before = '', hour = '', minute, half, quarters, after = ''] = found;
  // 「9.5」 is half past nine to some and five past to others.
  if (/^\D*\d{1,2}\.\d?$/.test(whole)) return undefined;
  return {
    part: after || (FULL_PARTS[before] ?? before),
    hour: Number(hour),
    minute: half ? 30 : quarters ? Number(quarters) * 15 : Number(minute ?? 0),
    isBare: !before && !after && !/[:点时.]/.test(whole),
  };
}

/** `HH:mm`; undefined when there is no such time, or it would be a guess: 「晚上12点」 is midnight of which day? */
function clockOf({ part, hour: said, minute }: One): string | undefined {
  let hour = said;
  if (AFTERNOON.has(part) && hour < 12 && !(part === '中午' && hour === 11)) hour += 12;
  else if ((part === '晚上' || part === '傍晚') && hour === 12) return undefined;
  else if (MORNING.has(part) && hour === 12) {
    if (part !== '凌晨' && part !== 'am') return undefined;
    hour = 0;
  } else if (MORNING.has(part) && hour > 12) return undefined;
  return hour < 24 && minute < 60 ? `${pad2(hour)}:${pad2(minute)}` : undefined;
}

const BETWEEN = /\s*(?:-{1,2}|[—–~〜～－]+|至|到)\s*/;

const plainOf = (typed: string) =>
  withDigits(typed.normalize('NFKC').trim().toLowerCase()).replace(/\s+/g, ' ');

/**
 * A time, or a range of them on one day.
 *
 * @param options.takesBare 「9」 is nine o'clock: for a box that asks for a time and nothing else
 */
export function readTimes(typed: string, { takesBare = false } = {}): Times | undefined {
  if (typed.length > MAX_LENGTH) return undefined;
  const parts = plainOf(typed).split(BETWEEN);
  if (parts.length > 2) return undefined;
  const [first, second] = parts.map(readOne);
  if (!first || (parts.length === 2 && !second)) return undefined;
  const isBare = first.isBare && (second?.isBare ?? true);
  if (isBare && !takesBare) return undefined;
  const from = clockOf(first);
  if (!from || !second) return from === undefined ? undefined : { from };
  const to = laterClock(first, second, from);
  return to === undefined ? undefined : { from, to };
}

/** 「下午2点到4点」 ends in the afternoon as well; an end before the beginning is no range. */
function laterClock(first: One, second: One, from: string): string | undefined {
  const plain = clockOf(second);
  const same = !second.part && first.part ? clockOf({ ...second, part: first.part }) : undefined;
  return [same, plain].find((clock) => clock !== undefined && clock > from);
}

/** `9:00`, 「上午9点半」「下午 2:30」 → `09:00`, `09:30`, `14:30`; undefined when it is no time or a range. */
export function readTime(typed: string): string | undefined {
  const read = readTimes(typed);
  return read?.to ? undefined : read?.from;
}

export type AskedTimes = Times | { problem: string };

/** The hours before which nobody means what they typed without saying so. */
const EARLIEST = '06:00';

/** The times in a box that asks for them; empty is a whole day. */
export function readTypedTimes(typed: string): AskedTimes {
  if (typed.trim() === '') return {};
  const read = readTimes(typed, { takesBare: true });
  const shown = typed.trim().slice(0, 20);
  if (!read) return { problem: `看不懂「${shown}」是几点：${TIME_EXAMPLES}；结束要晚于开始` };
  if (
    (read.from ?? '') < EARLIEST &&
    !/凌晨|清晨|早|am/i.test(typed.normalize('NFKC')) &&
    !/^0\d/.test(typed.normalize('NFKC').trim())
  )
    return { problem: `「${shown}」是凌晨还是下午？请写清楚，如「下午2:30」「凌晨2:30」` };
  return read;
}
