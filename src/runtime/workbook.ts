import writeXlsxFile from 'write-excel-file/node';

/** Excel workbooks (.xlsx): texts that stay texts, numbers that stay numbers. */

export type WorkbookValue = string | number | undefined;

const HEAD = { fontWeight: 'bold', backgroundColor: '#e8efe9', wrap: true } as const;

/**
 * write-excel-file 4.1.1 keeps its texts as keys of a plain object, so that the text `toString` becomes a broken cell; a
 * blank behind it, which reading takes off, is another key.
 */
const safeKey = (text: string) => (text in Object.prototype ? `${text} ` : text);

/** Texts are written as texts: a cell that begins with `=` is no formula. */
export function workbookCell(value: WorkbookValue, { isHead = false, wrap = false } = {}) {
  const style = { ...(wrap ? { wrap, alignVertical: 'top' as const } : {}), ...(isHead ? HEAD : {}) };
  if (value === undefined) return null;
  if (typeof value === 'number') return { value, type: Number, ...style };
  return { value: safeKey(value), type: String, format: '@', ...style };
}

export interface WorkbookSheet {
  name: string;
  /** Widths of the columns, in characters. */
  widths: readonly number[];
  /** Titles first. */
  rows: readonly (readonly WorkbookValue[])[];
}

/** Excel refuses these in a sheet's name, and more than 31 characters. */
const sheetName = (name: string) => name.replace(/[\\/*?:[\]]/g, ' ').slice(0, 31);

/** A workbook with its first row kept in sight on every sheet. */
export const writeWorkbook = (sheets: readonly WorkbookSheet[]): Promise<Buffer> =>
  writeXlsxFile(
    sheets.map(({ name, widths, rows }) => ({
      sheet: sheetName(name),
      columns: widths.map((width) => ({ width })),
      stickyRowsCount: 1,
      data: rows.map((row, index) =>
        row.map((value) => workbookCell(value, { isHead: index === 0, wrap: true })),
      ),
    })),
  ).toBuffer();
