import writeXlsxFile from 'write-excel-file/node';
import { workbookCell } from '../../src/runtime/workbook.ts';
import { readFileParts } from '../documents/format.ts';
import type { Names, StoredFile } from '../protocol/entries.ts';
import type { Row } from './cells.ts';
import { csv } from './csv.ts';
import { COLUMNS, type Column, WHEN_EMPTY, writeCell } from './columns.ts';

/** The schedule as a spreadsheet: the same columns that an import reads. */

/** Rows of the sheet, titles first, earliest stop first. */
export function scheduleRows(stops: readonly Pick<StoredFile, 'text'>[], names: Names): Row[] {
  const data = stops.map(({ text }) => readFileParts(text, 'mdx').data);
  data.sort((a, b) => String(a.start).localeCompare(String(b.start)));
  return [
    COLUMNS.map(({ label }) => label),
    ...data.map((stop) => COLUMNS.map((column) => writeCell(column, stop[column.name], names))),
  ];
}

/** As CSV, with a byte order mark for Excel; nothing in it runs as a formula. */
export const scheduleCsv = (rows: readonly Row[]): string => csv(rows);

const WIDTHS: Partial<Record<Column['meta']['widget'], number>> = {
  datetime: 18,
  date: 12,
  number: 10,
  text: 40,
};
const sheetOf = (rows: readonly Row[]) => ({
  sheet: '日程',
  columns: COLUMNS.map(({ meta }) => ({ width: WIDTHS[meta.widget] ?? 22 })),
  stickyRowsCount: 1,
  data: rows.map((row, index) => row.map((value) => workbookCell(value, { isHead: index === 0 }))),
});

/** Allowed values of a column, for the template's guide. */
function allowed(column: Column, names: Names): string {
  const { meta, isList } = column;
  const labels = meta.options ?? (meta.to ? names[meta.to] : undefined);
  const several = isList ? '可以写几个，用「、」隔开' : '';
  const examples: Partial<Record<Column['meta']['widget'], string>> = {
    datetime: '2026-09-01 9:00、2026/9/1、2026年9月1日 上午9点',
    date: '2026-09-01、2026/9/1',
    number: '只写数字，不带单位',
  };
  const values = labels ? Object.values(labels).slice(0, 60).join('、') : examples[meta.widget];
  return [WHEN_EMPTY[column.name], several, values].filter(Boolean).join('；');
}

const guide = (names: Names) => ({
  sheet: '填表说明',
  columns: [{ width: 16 }, { width: 8 }, { width: 50 }, { width: 80 }],
  stickyRowsCount: 1,
  data: [
    ['列', '必填', '怎样填', '可以写'].map((value) => workbookCell(value, { isHead: true })),
    ...COLUMNS.map((column) =>
      [
        column.label,
        column.isRequired && !WHEN_EMPTY[column.name] ? '是' : '',
        column.hint ?? '',
        allowed(column, names),
      ].map((value) => workbookCell(value, { wrap: true })),
    ),
  ],
});

/** An .xlsx of the schedule with a second sheet that says how to fill it in; without rows it is the template. */
export const scheduleXlsx = (rows: readonly Row[], names: Names): Promise<Buffer> =>
  writeXlsxFile([sheetOf(rows), guide(names)]).toBuffer();
