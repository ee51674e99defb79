/** Dates of spreadsheet cells that are numbers or dates; typed ones are read by `src/calendar/typed.ts`. */

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
