import { COLUMNS, type Cell, type Column, columnNamed, WHEN_EMPTY } from './columns.ts';
import { MAX_CELL_LENGTH, MAX_COLUMNS, MAX_FILE_BYTES, readSheets, type Rows, SheetRefusal } from './rows.ts';

/** Finds a table with known columns in an uploaded spreadsheet. Errors are Chinese sentences. */

export { MAX_FILE_BYTES, SheetRefusal };

export const MAX_ROWS = 500;
/** Rows above the column titles: a heading, the author … */
const MAX_HEADING_ROWS = 10;

export interface Table<Named = Column> {
  columns: { column: Named; at: number }[];
  /** Column titles without a field, in their order; their cells are ignored. */
  unknown: string[];
  rows: {
    /** Row number in the spreadsheet program, from 1. */
    number: number;
    cells: Cell[];
  }[];
}

/** The columns that are looked for. */
export interface TableSpec<Named> {
  columnNamed: (title: Cell) => Named | undefined;
  labelOf: (column: Named) => string;
  /** Labels that a sheet without any of them is told of. */
  needed: readonly string[];
}

const SCHEDULE: TableSpec<Column> = {
  columnNamed,
  labelOf: ({ label }) => label,
  needed: COLUMNS.filter(({ name, isRequired }) => isRequired && !WHEN_EMPTY[name]).map(({ label }) => label),
};

/** The caravan's schedule in a spreadsheet. @throws SheetRefusal */
export const readTable = (bytes: Uint8Array): Promise<Table> => readTableOf(bytes, SCHEDULE);

/** The table in the sheet that has most of the columns: the first sheet is often a guide. @throws SheetRefusal */
export async function readTableOf<Named>(bytes: Uint8Array, spec: TableSpec<Named>): Promise<Table<Named>> {
  const sheets = (await readSheets(bytes)).map((rows) => ({ rows, ...headOf(rows, spec) }));
  const [best] = sheets.toSorted((a, b) => b.titles - a.titles);
  if (!best || best.titles < 2) {
    const needed = spec.needed.map((label) => `「${label}」`).join('');
    throw new SheetRefusal(`没有找到列名：第一行要写列名，如${needed}；请先下载模板，填好再传`);
  }
  return tableOf(best.rows, best.head, spec);
}

const isBlank = (cell: Cell | undefined) => cell === null || cell === undefined || String(cell).trim() === '';

/** The row with most titles of columns, and how many it has. */
function headOf<Named>(rows: Rows, spec: TableSpec<Named>): { head: number; titles: number } {
  const heads = rows
    .slice(0, MAX_HEADING_ROWS)
    .map((row) => row.filter((cell) => spec.columnNamed(cell) !== undefined).length);
  const titles = Math.max(0, ...heads);
  return { head: heads.indexOf(titles), titles };
}

function tableOf<Named>(all: Rows, head: number, spec: TableSpec<Named>): Table<Named> {
  const columns: Table<Named>['columns'] = [];
  const unknown: string[] = [];
  for (const [at, title] of (all[head] ?? []).slice(0, MAX_COLUMNS).entries()) {
    const column = spec.columnNamed(title);
    if (column && columns.some((other) => other.column === column))
      throw new SheetRefusal(`「${spec.labelOf(column)}」这一列有两个，请删去一个`);
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
