const MAX_SPAN = 50;

/**
 * A GitHub-flavored Markdown table; the text of merged cells is in the first of them.
 *
 * @param toBlocks Markdown blocks of a cell
 */
export function tableToMarkdown(
  element: HTMLTableElement,
  toBlocks: (cell: HTMLElement) => string[],
): string[] {
  const before = element.caption ? toBlocks(element.caption) : [];
  // A table with tables or headings in it is a page layout: its cells are read one after another.
  if (element.querySelector('table,h1,h2,h3,h4,h5,h6'))
    return [...before, ...[...element.rows].flatMap((row) => [...row.cells].flatMap(toBlocks))];
  // A Markdown cell has one line.
  for (const inner of element.querySelectorAll('blockquote,pre,hr')) {
    const plain = document.createElement('div');
    plain.append(...inner.childNodes);
    inner.replaceWith(plain);
  }
  const grid: (string | undefined)[][] = [...element.rows].map(() => []);
  [...element.rows].forEach((row, top) => {
    let column = 0;
    for (const cell of row.cells) {
      while (grid[top]?.[column] !== undefined) column++;
      const text = toBlocks(cell)
        .join('　')
        .replace(/\\?\n\s*/g, ' ')
        .replaceAll('|', '\\|');
      for (let down = 0; down < Math.min(cell.rowSpan, grid.length - top); down++)
        for (let across = 0; across < Math.min(cell.colSpan, MAX_SPAN); across++)
          (grid[top + down] as string[])[column + across] = down + across === 0 ? text : '';
      column += Math.min(cell.colSpan, MAX_SPAN);
    }
  });
  const rows = grid.filter((row) => row.some((text) => text));
  const [head] = rows;
  if (!head) return before;
  const width = Math.max(...rows.map((row) => row.length));
  // A single cell is a frame around text, not a table.
  if (width === 1 && rows.length === 1)
    return [...before, ...[...element.rows].flatMap((row) => [...row.cells].flatMap(toBlocks))];
  const line = (cells: readonly (string | undefined)[]) =>
    `| ${Array.from({ length: width }, (_, index) => cells[index] ?? '').join(' | ')} |`;
  const rule = line(Array.from({ length: width }, () => '---'));
  return [...before, [line(head), rule, ...rows.slice(1).map(line)].join('\n')];
}
