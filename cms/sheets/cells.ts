/** Cells, as they are read and as they are written (`src/runtime/workbook.ts`). */

export type Cell = string | number | boolean | Date | null;

export type Row = (string | number | undefined)[];
