import type { Node } from 'prosemirror-model';
import { type Command, type EditorState, Plugin, TextSelection, type Transaction } from 'prosemirror-state';
import {
  addColumnAfter,
  addColumnBefore,
  addRowAfter,
  addRowBefore,
  deleteColumn,
  deleteRow,
  deleteTable,
  goToNextCell,
  isInTable,
  selectedRect,
} from 'prosemirror-tables';
import { nodeType } from '../model/schema.ts';

/** Tables: Markdown's own, with one row of heads, columns that are aligned as a whole, and no merged cells. */

/** A table with a row of heads. */
export function newTable(rows: number, columns: number): Node {
  const cell = (name: string) => nodeType(name).create(null, nodeType('paragraph').create());
  const row = (name: string) =>
    nodeType('table_row').create(
      null,
      Array.from({ length: columns }, () => cell(name)),
    );
  return nodeType('table').create(
    null,
    Array.from({ length: rows }, (_, y) => row(y === 0 ? 'table_header' : 'table_cell')),
  );
}

/** Aligns the selected columns. */
export const align =
  (side: 'left' | 'center' | 'right' | null): Command =>
  (state, dispatch) => {
    if (!isInTable(state)) return false;
    if (!dispatch) return true;
    const { left, right, map, table, tableStart } = selectedRect(state);
    const tr = state.tr;
    for (let y = 0; y < map.height; y++)
      for (let x = left; x < right; x++) {
        const at = map.map[y * map.width + x] ?? 0;
        tr.setNodeMarkup(tableStart + at, undefined, { ...table.nodeAt(at)?.attrs, align: side });
      }
    dispatch(tr);
    return true;
  };

/** The cell below; a new row after the last one. */
const cellBelow: Command = (state, dispatch, view) => {
  if (!isInTable(state)) return false;
  const { bottom, left, map, tableStart } = selectedRect(state);
  if (bottom >= map.height) {
    if (!addRowAfter(state, dispatch) || !dispatch || !view) return true;
    return cellBelow(view.state, dispatch, view);
  }
  const at = tableStart + (map.map[bottom * map.width + left] ?? 0) + 1;
  dispatch?.(state.tr.setSelection(TextSelection.near(state.doc.resolve(at))).scrollIntoView());
  return true;
};

const nextCell: Command = (state, dispatch, view) => {
  if (!isInTable(state)) return false;
  if (goToNextCell(1)(state, dispatch)) return true;
  if (!addRowAfter(state, dispatch)) return false;
  if (view && dispatch) goToNextCell(1)(view.state, dispatch);
  return true;
};

export const tableKeys: Record<string, Command> = {
  Enter: cellBelow,
  Tab: nextCell,
  'Shift-Tab': goToNextCell(-1),
};

/** The buttons shown while the cursor is in a table. */
export const tableTools: readonly { label: string; run: Command }[] = [
  { label: '上面加一行', run: addRowBefore },
  { label: '下面加一行', run: addRowAfter },
  { label: '左边加一列', run: addColumnBefore },
  { label: '右边加一列', run: addColumnAfter },
  { label: '删除这一行', run: deleteRow },
  { label: '删除这一列', run: deleteColumn },
  { label: '左对齐', run: align('left') },
  { label: '居中', run: align('center') },
  { label: '右对齐', run: align('right') },
  { label: '删除表格', run: deleteTable },
];

/** Keeps the first row heads, the others not, and every column aligned as its head is. */
export const tidyTables = new Plugin({
  appendTransaction(transactions, _before, state) {
    return transactions.some(({ docChanged }) => docChanged) ? tidy(state) : null;
  },
});

function tidy(state: EditorState): Transaction | null {
  const tr = state.tr;
  state.doc.descendants((table, start) => {
    if (table.type.name !== 'table') return !table.isTextblock;
    const sides: unknown[] = [];
    table.firstChild?.forEach((cell) => {
      sides.push(cell.attrs.align);
    });
    table.forEach((row, rowOffset, y) => {
      row.forEach((cell, offset, x) => {
        const type = nodeType(y === 0 ? 'table_header' : 'table_cell');
        const side = sides[x] ?? null;
        if (cell.type === type && cell.attrs.align === side) return;
        tr.setNodeMarkup(start + 1 + rowOffset + 1 + offset, type, { ...cell.attrs, align: side });
      });
    });
    return false;
  });
  return tr.docChanged ? tr : null;
}
