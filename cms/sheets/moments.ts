/** Parses dates and times as typed into spreadsheets, in local time (Asia/Shanghai). */

const pad2 = (number: number | string) => String(number).padStart(2, '0');

const DAY = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?/;
const WEEKDAY = /[(（]?(?:周|星期|礼拜)[一二三四五六日天][)）]?/;
const TIME =
  /^(凌晨|清晨|早上|上午|中午|下午|傍晚|晚上)?\s*(\d{1,2})\s*(?:[:点时]\s*(?:(\d{1,2})\s*分?|(半))?)?(?::\d{2}(?:\.\d+)?)?\s*整?$/;

/** Parts of the day after which 2:30 means 14:30. */
const AFTERNOON = new Set(['中午', '下午', '傍晚', '晚上']);

/** `9:00`, 「上午9点半」「下午 2:30」 → `09:00`, `09:30`, `14:30`; undefined when it is no time. */
export function readTime(text: string): string | undefined {
  const [whole, part = '', hourText = '', minute = '0', half] =
    TIME.exec(text.normalize('NFKC').trim()) ?? [];
  // A bare number is no time: 「9」 may be anything.
  if (whole === undefined || (!part && !/[:点时]/.test(whole))) return undefined;
  let hour = Number(hourText);
  if (AFTERNOON.has(part) && hour < 12 && !(part === '中午' && hour === 11)) hour += 12;
  if (part === '凌晨' && hour === 12) hour = 0;
  const minutes = half ? 30 : Number(minute);
  return hour < 24 && minutes < 60 ? `${pad2(hour)}:${pad2(minutes)}` : undefined;
}

/**
 * `2026/9/1`, `2026-09-01T09:00`, 「2026年9月1日（周二）上午9点半」, `20260901` → `2026-09-01`, `2026-09-01T09:30`;
 * undefined when it cannot be parsed. The schema checks that the day exists.
 */
export function readMoment(text: string): string | undefined {
  const plain = text.normalize('NFKC').trim().replace(WEEKDAY, ' ');
  const packed = /^(\d{4})(\d{2})(\d{2})$/.exec(plain);
  const found = packed ?? DAY.exec(plain);
  if (!found) return undefined;
  const [whole, year, month = '', date = ''] = found;
  const day = `${year}-${pad2(month)}-${pad2(date)}`;
  const rest = plain.slice(whole.length).replace(/^T/, '').trim();
  if (rest === '') return day;
  const time = readTime(rest);
  return time && `${day}T${time}`;
}

const MS_A_MINUTE = 60_000;

/** Days from Excel's day 0 to 1970-01-01. https://learn.microsoft.com/office/troubleshoot/excel/1900-and-1904-date-system */
const EXCEL_EPOCH_DAYS = 25_569;
/** Serial numbers of 2000-01-01 and 2100-01-01; a number outside is no date. */
const FIRST_SERIAL = 36_526;
const LAST_SERIAL = 73_051;

/** An Excel date, given as UTC: `2026-09-01T09:00`; midnight is a date without a time, a date before 1905 a time without a date. */
export function momentOfDate(date: Date): string | undefined {
  const rounded = new Date(Math.round(date.getTime() / MS_A_MINUTE) * MS_A_MINUTE);
  if (Number.isNaN(rounded.getTime())) return undefined;
  const text = rounded.toISOString().slice(0, 16);
  if (rounded.getUTCFullYear() < 1905) return text.slice(11);
  return text.endsWith('T00:00') ? text.slice(0, 10) : text;
}

/** An Excel serial number whose cell lost its date format; undefined for other numbers. */
export const momentOfSerial = (serial: number): string | undefined =>
  serial >= FIRST_SERIAL && serial < LAST_SERIAL
    ? momentOfDate(new Date((serial - EXCEL_EPOCH_DAYS) * 86_400_000))
    : undefined;
