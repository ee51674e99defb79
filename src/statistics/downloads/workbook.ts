import { unzipSync, zipSync } from 'fflate';
import writeXlsxFile from 'write-excel-file/node';
import { workbookCell } from '../../runtime/workbook.ts';
import type { Figure } from '../figure.ts';
import type { Part } from '../part.ts';
import { type Column, FIGURE_COLUMNS, NOTES, partColumns, partRows } from './sheets.ts';

/** A year's figures as a workbook: figures, entries, and a sheet that says what each column means. */

const headOf = (titles: readonly string[]) => titles.map((value) => workbookCell(value, { isHead: true }));

const sheetOf = <Row>(sheet: string, columns: readonly Column<Row>[], rows: readonly Row[]) => ({
  sheet,
  columns: columns.map(({ width }) => ({ width })),
  stickyRowsCount: 1,
  data: [
    headOf(columns.map(({ title }) => title)),
    ...rows.map((row) => columns.map(({ cell }) => workbookCell(cell(row)))),
  ],
});

type Described = { title: string; meaning: string };

const notesSheet = (year: number, sheets: Readonly<Record<string, readonly Described[]>>) => ({
  sheet: '说明',
  columns: [{ width: 10 }, { width: 14 }, { width: 90 }],
  data: [
    headOf([`${year} 年科普工作数据`]),
    ...NOTES.map((note) => [workbookCell(note)]),
    [null],
    headOf(['页', '列', '意思']),
    ...Object.entries(sheets).flatMap(([sheet, columns]) =>
      columns.map(({ title, meaning }) =>
        [sheet, title, meaning].map((value) => workbookCell(value, { wrap: true })),
      ),
    ),
  ],
});

/**
 * The bytes of a year's .xlsx.
 *
 * @param names the full address of a part's entry, and the name of a township by its id
 */
export async function yearWorkbook(
  year: number,
  figures: readonly Figure[],
  names: {
    addressOf: (part: Part) => string | undefined;
    townshipName: (id: string) => string | undefined;
  },
): Promise<Uint8Array<ArrayBuffer>> {
  const columns = partColumns(names.townshipName);
  const bytes = await writeXlsxFile([
    sheetOf('指标', FIGURE_COLUMNS, figures),
    sheetOf('明细', columns, partRows(figures, names.addressOf)),
    notesSheet(year, { 指标: FIGURE_COLUMNS, 明细: columns }),
  ]).toBuffer();
  return withoutMoment(bytes);
}

/** The library writes the moment into the archive; a file whose figures have not changed must not change. */
const withoutMoment = (bytes: Uint8Array): Uint8Array<ArrayBuffer> =>
  zipSync(unzipSync(bytes), { mtime: new Date(1980, 0, 2) });
