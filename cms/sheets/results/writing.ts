import writeXlsxFile from 'write-excel-file/node';
import { EVENT_STATES } from '../../../src/calendar/states.ts';
import { workbookCell } from '../../../src/runtime/workbook.ts';
import { RESULT_KINDS } from '../../../src/types/statistics.ts';
import { readFileParts } from '../../documents/format.ts';
import type { StoredFile } from '../../protocol/entries.ts';
import { kindOf } from '../../results/dictionary.ts';
import type { Indicator } from '../../results/figure.ts';
import { type Data, formOf } from '../../results/form.ts';
import type { Row } from '../cells.ts';
import { FIELD_COLUMNS, type FieldName, type ResultsColumn } from './columns.ts';

/** The template of the results: the county's own events as rows, the indicators as columns, a guide on the second sheet. */

interface Happening {
  type: string;
  data: Data;
}

/** Events and stops that can be read, the earliest first. */
const readAll = (files: readonly Pick<StoredFile, 'path' | 'text'>[]): Happening[] =>
  files
    .flatMap(({ path, text }): Happening[] => {
      try {
        return [{ type: path.split('/')[1] ?? '', data: readFileParts(text, 'mdx').data }];
      } catch {
        return [];
      }
    })
    .sort((a, b) => String(a.data.start).localeCompare(String(b.data.start)));

/** Rows of the sheet, titles first. */
export function resultsRows(
  files: readonly Pick<StoredFile, 'path' | 'text'>[],
  columns: readonly ResultsColumn[],
): Row[] {
  const head = columns.map(({ label }) => label);
  return [
    head,
    ...readAll(files).map((happening) =>
      columns.map((column) =>
        column.indicator ? figureCell(happening.data, column.indicator) : fieldCell(column.name, happening),
      ),
    ),
  ];
}

/** The one figure of an indicator; several are left to the form, and so is what has no figure. */
function figureCell(data: Data, { id }: Indicator): string | number | undefined {
  const own = formOf(data).rows.filter(({ indicator, value }) => indicator === id && value !== '');
  const [row] = own;
  if (!row || own.length > 1) return undefined;
  return row.approximate ? `约${row.value}` : Number(row.value);
}

function fieldCell(name: FieldName, { type, data }: Happening): string | number | undefined {
  if (name === 'kind') return RESULT_KINDS[kindOf(type, data) ?? 'caravan'];
  if (name === 'start') return String(data.start ?? '').replace('T', ' ');
  // 「确认」 would have to be overwritten in every row: blank becomes 完成 by itself.
  if (name === 'state')
    return data.state === 'completed' || data.state === 'cancelled' ? EVENT_STATES[data.state] : undefined;
  if (name === 'evidence' || name === 'method') return undefined;
  const value = data[name];
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}

const WIDTHS: Partial<Record<FieldName, number>> = { title: 36, start: 18, place: 26, evidence: 26, uid: 30 };
const FIGURE_WIDTH = 12;

const guide = (columns: readonly ResultsColumn[]) => ({
  sheet: '填表说明',
  columns: [{ width: 26 }, { width: 100 }],
  stickyRowsCount: 1,
  data: [
    ['列', '怎样填'].map((value) => workbookCell(value, { isHead: true })),
    [
      '（空着的格子）',
      '不知道的数空着，不要写 0。空着的格子不会改动原来的内容，要删去一个数，请到「补成果」里删。',
    ],
    ['（数）', '只写数字；原始记录是约数的写「约 1800」。人和人次是两回事：看清列名里的单位。'],
    ...columns.map(({ label, name, indicator }) => [
      label,
      name ? FIELD_COLUMNS[name].hint : (indicator?.deduplication ?? ''),
    ]),
  ].map((row) => row.map((cell) => (typeof cell === 'string' ? workbookCell(cell, { wrap: true }) : cell))),
});

/** An .xlsx with the rows and the guide. */
export const resultsXlsx = (rows: readonly Row[], columns: readonly ResultsColumn[]): Promise<Buffer> =>
  writeXlsxFile([
    {
      sheet: '成果',
      columns: columns.map(({ name }) => ({ width: name ? (WIDTHS[name] ?? 12) : FIGURE_WIDTH })),
      stickyRowsCount: 1,
      stickyColumnsCount: 1,
      data: rows.map((row, index) => row.map((value) => workbookCell(value, { isHead: index === 0 }))),
    },
    guide(columns),
  ]).toBuffer();
