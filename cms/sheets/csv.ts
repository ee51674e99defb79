/** CSV for spreadsheet programs: RFC 4180 with a byte order mark, without which Excel garbles Chinese. */

export type CsvCell = string | number | boolean | null | undefined;

/**
 * A cell that begins with one of these may be run as a formula; full-width ones too, in East Asian versions. What begins
 * with the guard itself is guarded once more, so that it can be taken off again.
 */
const FORMULA_START = /^'*(?:\s*[=+\-@|＝＋－＠]|[\t\r\n])/;

function cell(value: CsvCell): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? '是' : '否';
  // The apostrophe makes it text: https://owasp.org/www-community/attacks/CSV_Injection
  const text = FORMULA_START.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A cell of a CSV as it was before the apostrophe that keeps it from being a formula. */
export const withoutFormulaGuard = (text: string): string =>
  text.startsWith("'") && FORMULA_START.test(text.slice(1)) ? text.slice(1) : text;

/** Rows as CSV lines ended by CRLF, to be put behind others; no cell can become a formula. */
export const csvLines = (rows: readonly (readonly CsvCell[])[]): string =>
  rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');

/** Rows as one CSV text, byte order mark first. */
export const csv = (rows: readonly (readonly CsvCell[])[]): string => `\uFEFF${csvLines(rows)}`;
