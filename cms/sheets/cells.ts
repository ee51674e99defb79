/** Cells, as they are read and as they are written. */

export type Cell = string | number | boolean | Date | null;

export type Row = (string | number | undefined)[];

/** Style of the column titles. */
export const HEAD = { fontWeight: 'bold', backgroundColor: '#e8efe9', wrap: true } as const;

/**
 * write-excel-file 4.1.1 keeps its texts as keys of a plain object, so that the text `toString` becomes a broken cell; a
 * blank behind it, which reading takes off, is another key.
 */
const safeKey = (text: string) => (text in Object.prototype ? `${text} ` : text);

/** Texts are written as texts: a cell that begins with `=` is no formula. */
export const cellOf = (value: string | number | undefined) => {
  if (value === undefined) return null;
  if (typeof value === 'number') return { value, type: Number };
  return { value: safeKey(value), type: String, format: '@' };
};
