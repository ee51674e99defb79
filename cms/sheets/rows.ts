import { CsvError, parse } from 'csv-parse/sync';
import { readSheet } from 'read-excel-file/node';
import { encodingOf } from '../../src/model/decode.ts';
import type { Cell } from './cells.ts';
import { withoutFormulaGuard } from './csv.ts';
import { numberedCells } from './cell-names.ts';
import { WorkbookRefusal, workbookOf, workbookParts } from './workbook.ts';

/** The cells of an uploaded spreadsheet, row by row. Errors are Chinese sentences. */

export const MAX_FILE_BYTES = 2 * 1024 * 1024;
/** Empty cells with borders count here: there are often hundreds below a table. */
const MAX_SHEET_ROWS = 10_000;
export const MAX_COLUMNS = 256;
export const MAX_CELL_LENGTH = 10_000;
/** Sheets of a workbook that are looked at. */
const MAX_SHEETS = 12;

/** A file that cannot be read. */
export class SheetRefusal extends Error {}

/** Rows of cells; `number` is the row in the spreadsheet program minus 1. */
export type Rows = Cell[][];

/** All sheets of an .xlsx, or the one of a .csv in UTF-8, UTF-16 or GBK as Excel saves it. @throws SheetRefusal */
export async function readSheets(bytes: Uint8Array): Promise<Rows[]> {
  if (bytes.length === 0) throw new SheetRefusal('文件是空的，请重新选择');
  if (bytes.length > MAX_FILE_BYTES)
    throw new SheetRefusal(`文件太大，最多 ${MAX_FILE_BYTES / 1024 / 1024} MB；请分几次导入`);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return buffer.toString('latin1', 0, 4) === 'PK\x03\x04' ? readWorkbook(buffer) : [readText(buffer)];
}

async function readWorkbook(bytes: Buffer): Promise<Rows[]> {
  const parts = await openWorkbook(bytes);
  const workbook = workbookOf(parts);
  const count =
    parts
      .get('xl/workbook.xml')
      ?.toString('utf8')
      .match(/<(?:\w+:)?sheet\s/g)?.length ?? 1;
  const sheets: Rows[] = [];
  let failure: unknown;
  for (let number = 1; number <= Math.min(count, MAX_SHEETS); number++)
    try {
      // Its types say `typeof Date` where a Date is meant.
      sheets.push((await readSheet(workbook, number, { trim: false })) as unknown as Rows);
    } catch (error) {
      failure ??= error;
    }
  // A chart sheet, or one with broken formulas, beside the table is no reason to refuse the table.
  if (sheets.length > 0) return sheets;
  throw new SheetRefusal(
    '表格读不懂（可能有出错的公式）：请选中全部、复制，在新表里「粘贴为数值」，另存为 .xlsx 再传',
    { cause: failure },
  );
}

/** The parts of a workbook; cells without a name, as some programs write them, get theirs. */
async function openWorkbook(bytes: Buffer): Promise<Map<string, Buffer>> {
  try {
    const parts = await workbookParts(bytes);
    const book = parts.get('xl/workbook.xml');
    // The reader knows only one of the two ways to write that days count from 1904.
    if (book)
      parts.set('xl/workbook.xml', Buffer.from(book.toString().replace(/\bdate1904="true"/, 'date1904="1"')));
    for (const [name, part] of parts) {
      if (!name.startsWith('xl/worksheets/')) continue;
      const named = numberedCells(part);
      parts.set(name, named);
      refuseFarCells(named);
    }
    return parts;
  } catch (error) {
    if (error instanceof WorkbookRefusal) throw new SheetRefusal(error.message);
    throw error;
  }
}

/** A single cell in the last corner of a sheet would make millions of empty ones. */
function refuseFarCells(part: Buffer): void {
  for (const [, name = ''] of part.toString('utf8').matchAll(/\sr\s*=\s*["']([^"']*)["']/g)) {
    const [, letters = '', row] = /^([A-Z]{0,3})(\d{1,7})$/.exec(name) ?? [];
    const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
    if (row === undefined || column > MAX_COLUMNS || Number(row) > MAX_SHEET_ROWS)
      throw new SheetRefusal(
        `表格太大，最多 ${MAX_SHEET_ROWS} 行、${MAX_COLUMNS} 列，空的格子有格式也算：请把要导入的几行复制到一张新表再传`,
      );
  }
}

function readText(bytes: Buffer): Rows {
  if (bytes.toString('latin1', 0, 4) === '\xd0\xcf\x11\xe0')
    throw new SheetRefusal('这是老格式的 .xls，或加了密码：请用 Excel 或 WPS 另存为 .xlsx 再传');
  const text = decode(bytes);
  if (text.includes('\0')) throw new SheetRefusal('这不是表格文件：请传 .xlsx 或 .csv');
  const [first = ''] = text.split(/[\r\n]/, 1);
  const count = (mark: string) => first.split(mark).length;
  const delimiter = [',', '\t', ';', '，'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
  try {
    const rows = parse(text, {
      bom: true,
      delimiter,
      relax_column_count: true,
      skip_empty_lines: false,
      max_record_size: MAX_COLUMNS * MAX_CELL_LENGTH,
      to: MAX_SHEET_ROWS,
    });
    return rows.map((row) => row.map(withoutFormulaGuard));
  } catch (error) {
    const line = error instanceof CsvError ? `第 ${String(error.lines ?? '?')} 行` : '';
    throw new SheetRefusal(`CSV ${line}读不懂，多半是引号没有成对；请用 Excel 或 WPS 另存为 .xlsx 再传`);
  }
}

/** Excel for Windows in China saves CSV as GBK, unless UTF-8 is chosen; 「Unicode 文本」 is UTF-16. */
const decode = (bytes: Buffer): string => new TextDecoder(encodingOf(bytes)).decode(bytes);
