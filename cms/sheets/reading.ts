import { CsvError, parse } from 'csv-parse/sync';
import { readSheet } from 'read-excel-file/node';
import { withoutFormulaGuard } from './csv.ts';
import { COLUMNS, type Cell, type Column, columnNamed, WHEN_EMPTY } from './columns.ts';
import { WorkbookRefusal, workbookOf, workbookParts } from './workbook.ts';

/** Reads an uploaded spreadsheet as rows of cells. Errors are Chinese sentences. */

export const MAX_FILE_BYTES = 2 * 1024 * 1024;
export const MAX_ROWS = 500;
/** Empty cells with borders count here: there are often hundreds below a table. */
const MAX_SHEET_ROWS = 10_000;
const MAX_COLUMNS = 256;
/** Rows above the column titles: a heading, the author … */
const MAX_HEADING_ROWS = 10;
const MAX_CELL_LENGTH = 10_000;

/** A file that cannot be read. */
export class SheetRefusal extends Error {}

export interface Table {
  columns: { column: Column; at: number }[];
  /** Column titles without a field, in their order; their cells are ignored. */
  unknown: string[];
  rows: {
    /** Row number in the spreadsheet program, from 1. */
    number: number;
    cells: Cell[];
  }[];
}

/** Reads .xlsx, or .csv in UTF-8, UTF-16 or GBK as Excel saves it. @throws SheetRefusal */
export async function readTable(bytes: Uint8Array): Promise<Table> {
  if (bytes.length === 0) throw new SheetRefusal('文件是空的，请重新选择');
  if (bytes.length > MAX_FILE_BYTES)
    throw new SheetRefusal(`文件太大，最多 ${MAX_FILE_BYTES / 1024 / 1024} MB；请分几次导入`);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const rows =
    buffer.toString('latin1', 0, 4) === 'PK\x03\x04' ? await readWorkbook(buffer) : readText(buffer);
  return tableOf(rows);
}

async function readWorkbook(bytes: Buffer): Promise<Cell[][]> {
  try {
    const parts = await workbookParts(bytes);
    for (const [name, part] of parts) if (name.startsWith('xl/worksheets/')) refuseFarCells(part);
    // Its types say `typeof Date` where a Date is meant.
    return (await readSheet(workbookOf(parts), 1, { trim: false })) as unknown as Cell[][];
  } catch (error) {
    if (error instanceof SheetRefusal) throw error;
    if (error instanceof WorkbookRefusal) throw new SheetRefusal(error.message);
    throw new SheetRefusal(
      '表格读不懂（可能有出错的公式）：请选中全部、复制，在新表里「粘贴为数值」，另存为 .xlsx 再传',
      { cause: error },
    );
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

function readText(bytes: Buffer): Cell[][] {
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
function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

const isBlank = (cell: Cell | undefined) => cell === null || cell === undefined || String(cell).trim() === '';

function tableOf(all: readonly Cell[][]): Table {
  const countTitles = (row: readonly Cell[]) => row.filter((cell) => columnNamed(cell)).length;
  const heads = all.slice(0, MAX_HEADING_ROWS).map(countTitles);
  const most = Math.max(0, ...heads);
  if (most < 2) {
    const needed = COLUMNS.filter(({ name, isRequired }) => isRequired && !WHEN_EMPTY[name]).map(
      ({ label }) => `「${label}」`,
    );
    throw new SheetRefusal(`没有找到列名：第一行要写列名，如${needed.join('')}；请先下载模板，填好再传`);
  }
  const head = heads.indexOf(most);
  const columns: Table['columns'] = [];
  const unknown: string[] = [];
  for (const [at, title] of (all[head] ?? []).slice(0, MAX_COLUMNS).entries()) {
    const column = columnNamed(title);
    if (column && columns.some((other) => other.column === column))
      throw new SheetRefusal(`「${column.label}」这一列有两个，请删去一个`);
    if (column) columns.push({ column, at });
    else if (!isBlank(title)) unknown.push(String(title).trim().slice(0, 40));
  }
  const rows = all
    .map((cells, index) => ({ number: index + 1, cells }))
    .slice(head + 1)
    .filter(({ cells }) => columns.some(({ at }) => !isBlank(cells[at])));
  if (rows.length === 0) throw new SheetRefusal('列名下面没有内容，请填好再传');
  if (rows.length > MAX_ROWS) throw new SheetRefusal(`一次最多导入 ${MAX_ROWS} 行，请分几次`);
  for (const { number, cells } of rows)
    if (cells.some((cell) => typeof cell === 'string' && cell.length > MAX_CELL_LENGTH))
      throw new SheetRefusal(`第 ${number} 行有一格太长，请检查`);
  return { columns, unknown, rows };
}
