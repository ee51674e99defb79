import type { z } from 'zod';
import { schools, STAGES } from '../../src/types/caravan.ts';
import type { Cell } from '../sheets/cells.ts';
import { readTableOf, type TableSpec } from '../sheets/reading.ts';
import { freshId, type Pasted, type Township } from './townships.ts';

/** A sheet of schools, or cells pasted from one: name, township, stages. */

export type School = z.output<typeof schools.item>;
type Stage = School['stages'][number];

/** Columns with the titles by which they are known; the first is what messages say. */
const COLUMNS = {
  name: ['校名', '学校', '学校名称', '名称'],
  township: ['乡镇', '乡镇街道', '乡镇(街道)', '所在乡镇', '所属乡镇'],
  stages: ['学段', '办学类型', '学校类别', '类别'],
} as const;

type Column = keyof typeof COLUMNS;

const normal = (cell: Cell | undefined) =>
  String(cell ?? '')
    .normalize('NFKC')
    .replace(/\s/g, '');

const SPEC: TableSpec<Column> = {
  columnNamed: (title) =>
    (Object.keys(COLUMNS) as Column[]).find((column) =>
      (COLUMNS[column] as readonly string[]).includes(normal(title).replace(/[*★]/g, '')),
    ),
  labelOf: (column) => COLUMNS[column][0],
  needed: [COLUMNS.name[0], COLUMNS.township[0]],
};

/** Titles of the columns, for an empty sheet. */
export const SCHOOL_COLUMNS: readonly string[] = Object.values(COLUMNS).map(([label]) => label);

/** Cells copied from a spreadsheet as a sheet: tabs become commas, and a first line of titles is added where there is none. */
export function sheetOfPaste(text: string): Uint8Array {
  const rows = text
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => (line.includes('\t') ? line.split('\t') : line.trim().split(/[,，\s]+/)));
  const hasTitles = rows[0]?.some((cell) => SPEC.columnNamed(cell) !== undefined) ?? false;
  const quoted = (cell: string) => `"${cell.trim().replaceAll('"', '""')}"`;
  return new TextEncoder().encode(
    [...(hasTitles ? [] : [[...SCHOOL_COLUMNS]]), ...rows].map((row) => row.map(quoted).join(',')).join('\n'),
  );
}

const STAGE_WORDS: readonly [RegExp, Stage[]][] = [
  [/九年|一贯/, ['primary', 'junior']],
  [/完全中学|完中/, ['junior', 'senior']],
  [/幼儿|幼教|学前/, ['kindergarten']],
  [/小学|教学点/, ['primary']],
  [/初级?中|初中/, ['junior']],
  [/高级?中|高中|职业|中专|职教/, ['senior']],
];

/** Stages that a word names, else those that the school's own name tells: 中学 alone tells nothing. */
function stagesOf(written: string, name: string): Stage[] {
  const labels = Object.entries(STAGES).flatMap(([stage, label]) =>
    written.includes(label) ? [stage as Stage] : [],
  );
  if (labels.length > 0) return labels;
  for (const text of [written, name]) {
    const found = STAGE_WORDS.find(([word]) => word.test(text));
    if (found) return found[1];
  }
  return [];
}

const shortOf = (name: string) => name.replace(/(?:镇|乡|街道)$/, '');

/** The township that a cell names, with or without its ending, or else the one that the school's name begins with. */
function townshipOf(written: string, name: string, townships: readonly Township[]): Township | undefined {
  const named = townships.find((one) => one.name === written || shortOf(one.name) === shortOf(written));
  if (named || written) return named;
  return townships.find((one) => name.startsWith(one.name));
}

/**
 * Schools of a sheet beside those that are listed already, which stay as they are.
 *
 * @throws SheetRefusal when there is no such table
 */
export async function readSchools(
  bytes: Uint8Array,
  { listed, townships }: { listed: readonly School[]; townships: readonly Township[] },
): Promise<Pasted<School>> {
  const { columns, rows } = await readTableOf(bytes, SPEC);
  const at = Object.fromEntries(columns.map(({ column, at: index }) => [column, index])) as Partial<
    Record<Column, number>
  >;
  const ids = new Set(listed.map(({ id }) => id));
  const known = new Set(listed.map(({ name }) => name));
  const items = [...listed];
  const problems: string[] = [];
  for (const { number, cells } of rows) {
    const cell = (column: Column) => normal(at[column] === undefined ? '' : cells[at[column]]);
    const name = cell('name');
    if (!name) problems.push(`第 ${number} 行：没有校名`);
    if (!name || known.has(name)) continue;
    const township = townshipOf(cell('township'), name, townships);
    const parsed = schools.item.safeParse({
      id: freshId(name, ids),
      name,
      township: township?.id,
      stages: stagesOf(cell('stages'), name),
    });
    if (!township)
      problems.push(
        `第 ${number} 行「${name}」：${cell('township') ? `乡镇名单里没有「${cell('township')}」` : '没有写乡镇'}`,
      );
    else if (!parsed.success)
      problems.push(`第 ${number} 行「${name}」：${parsed.error.issues[0]?.message ?? '读不懂'}`);
    else {
      items.push(parsed.data);
      ids.add(parsed.data.id);
      known.add(name);
    }
  }
  return { items, problems };
}
