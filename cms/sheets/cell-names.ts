/** Names of cells: `A1` is the first. */

/** `A` for 0, `Z` for 25, `AA` for 26. */
function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}

function columnIndex(name: string): number {
  const [letters = ''] = /^[A-Z]*/.exec(name) ?? [];
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

const ROW_OR_CELL = /<((?:\w+:)?(?:row|c))(\s[^>]*?)?(\/?)>/g;
const NAME = /\sr\s*=\s*["']([^"']*)["']/;

/**
 * A worksheet in which every row and cell has its name. The name is optional (ECMA-376, 18.3.1.4: `r`): without it, a cell
 * follows the one before it; the reader of spreadsheets knows only cells with names.
 */
export function numberedCells(part: Buffer): Buffer {
  const xml = part.toString('utf8');
  if (![...xml.matchAll(ROW_OR_CELL)].some(([, , attributes = '']) => !NAME.test(attributes))) return part;
  let row = 0;
  let column = -1;
  const named = xml.replace(ROW_OR_CELL, (_whole, tag: string, attributes = '', end: string) => {
    const [, name] = NAME.exec(attributes) ?? [];
    if (tag.endsWith('row')) {
      row = Number(name ?? row + 1);
      column = -1;
    } else column = name ? columnIndex(name) : column + 1;
    const given = tag.endsWith('row') ? String(row) : `${columnName(column)}${row}`;
    return `<${tag}${name ? attributes : ` r="${given}"${attributes}`}${end}>`;
  });
  return Buffer.from(named);
}
