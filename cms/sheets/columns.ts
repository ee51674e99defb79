import type { z } from 'zod';
import { readMoment } from '../../src/calendar/typed.ts';
import { readTime } from '../../src/calendar/typed-time.ts';
import { caravan } from '../../src/types/caravan.ts';
import type { FieldMeta } from '../../src/model/fields.ts';
import { nearest } from '../../src/model/problems.ts';
import { elementOf, isOptional, metaOf, shapeOf } from '../../src/model/schema.ts';
import type { Names } from '../protocol/entries.ts';
import type { Cell } from './cells.ts';
import { momentOfDate, momentOfSerial } from './moments.ts';

/** The columns of the schedule's sheet: the fields of a stop that fit into one cell, under their labels in the form. */

export type { Cell };

export interface Column {
  /** Name of the field. */
  name: string;
  /** Title of the column. */
  label: string;
  hint: string | undefined;
  isRequired: boolean;
  /** Whether the cell holds several values. */
  isList: boolean;
  meta: FieldMeta;
}

/** Widgets whose value fits into a cell. */
const SIMPLE = new Set<FieldMeta['widget']>([
  'string',
  'text',
  'uid',
  'number',
  'select',
  'relation',
  'date',
  'datetime',
]);

/** Fields without a column: the consent register of the photos is edited with the photos. */
const EXCLUDED = new Set(['photoConsent']);

function columnOf(name: string, field: z.ZodType): Column[] {
  const element = elementOf(field);
  const meta = metaOf(field);
  // A select or a relation with several values has its own widget; a list has that of its items.
  const one = meta?.widget === 'list' ? element && metaOf(element) : meta;
  if (!meta || !one || meta.byServer || EXCLUDED.has(name) || !SIMPLE.has(one.widget)) return [];
  const { label, hint } = meta;
  return [{ name, label, hint, isRequired: !isOptional(field), isList: element !== undefined, meta: one }];
}

/** All columns in the order of the form; the generated identifier last. */
export const COLUMNS: readonly Column[] = Object.entries(shapeOf(caravan.schema))
  .flatMap(([name, field]) => columnOf(name, field))
  .sort((a, b) => Number(a.meta.widget === 'uid') - Number(b.meta.widget === 'uid'));

/** Descriptions of the default values for empty cells of a new stop; see `newStop` in `importing.ts`. */
export const WHEN_EMPTY: Readonly<Record<string, string>> = {
  title: '空着就按学校或地点起名',
  uid: '新的一站空着，自动生成；改已有的一站，原样留着',
  state: '空着就是「拟定」',
  datePrecision: '空着就是「准确到日」',
  sessions: '空着就是 1 场',
  township: '空着就按学校所在的填',
  open: '空着就是「仅本校师生」',
  published: '空着就是导入那天',
};

const normalizeName = (text: string) => text.normalize('NFKC').replace(/\s/g, '');

/** The column with a title; spaces, full-width letters and a mark for required columns (`*`) are ignored. */
export function columnNamed(title: Cell): Column | undefined {
  const normalized = normalizeName(String(title ?? '')).replace(/[*★]|\(必填\)/g, '');
  return COLUMNS.find(({ label }) => normalizeName(label) === normalized);
}

const SEPARATORS = ['、', '；', '\n'];

/** Several values in one cell: by lines, else by ；, else by 、 or ，. */
function splitList(text: string): string[] {
  const by = text.includes('\n') ? /\n/ : /[;；]/.test(text) ? /[;；]/ : /[、，,]/;
  return text
    .split(by)
    .map((item) => item.trim())
    .filter(Boolean);
}

/** Joins values with the first separator from which `splitList` restores them. */
function joinList(items: readonly string[]): string {
  const ways = SEPARATORS.flatMap((mark) => [items.join(mark), items.join(mark) + mark]);
  const isReversible = (way: string) => splitList(way).join('\0') === items.join('\0');
  return ways.find(isReversible) ?? items.join('\n');
}

/** The value of a cell, or why it cannot be parsed. */
export type Value = { value: unknown } | { problem: string };

/** Parses a cell; an empty one is `{ value: undefined }`. The schema validates the value. */
export function readCell(column: Column, cell: Cell, names: Names): Value {
  const text =
    cell instanceof Date
      ? (momentOfDate(cell) ?? '')
      : String(cell ?? '')
          .replace(/\r\n?/g, '\n')
          .trim();
  if (text === '') return { value: undefined };
  const { meta, isList } = column;
  if (!isList) return readOne(meta, cell, text, names);
  const values: unknown[] = [];
  for (const item of splitList(String(cell))) {
    const read = readOne(meta, item, item, names);
    if ('problem' in read) return read;
    values.push(read.value);
  }
  return { value: values };
}

function readOne(meta: FieldMeta, cell: Cell, text: string, names: Names): Value {
  switch (meta.widget) {
    case 'number':
      return { value: typeof cell === 'number' ? cell : numberIn(text) };
    case 'datetime':
      return { value: momentIn(cell, text) ?? text };
    case 'date':
      return { value: momentIn(cell, text)?.slice(0, 10) ?? text };
    case 'select':
      return named(text, meta.options ?? {}, meta.label);
    case 'relation':
      return named(text, names[meta.to ?? ''] ?? {}, meta.label);
    default:
      return { value: text };
  }
}

/** A number, or the text, which the schema refuses. */
function numberIn(text: string): number | string {
  const digits = text.normalize('NFKC');
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(digits) ? Number(digits) : text;
}

const momentIn = (cell: Cell, text: string) =>
  typeof cell === 'number' ? momentOfSerial(cell) : (readMoment(text) ?? readTime(text));

/** The id that a text names: an id itself, or the name of just one. */
function named(text: string, labels: Readonly<Record<string, string>>, what: string): Value {
  if (Object.hasOwn(labels, text)) return { value: text };
  const ids = Object.keys(labels).filter((id) => normalizeName(labels[id] ?? '') === normalizeName(text));
  const [first] = ids;
  if (ids.length === 1) return { value: first };
  if (first) return { problem: `有 ${ids.length} 个都叫「${text}」，请改写网址名：${ids.join('、')}` };
  const near = closestName(text, Object.values(labels)) ?? nearest(text, Object.keys(labels));
  const few = Object.values(labels).slice(0, 8).join('、');
  return { problem: `没有「${text}」这个${what}。${near ? `是不是「${near}」？` : `可以写：${few}`}` };
}

/** The name that was probably meant: the only one that contains the text, else the nearest by edit distance. */
function closestName(text: string, labels: readonly string[]): string | undefined {
  const normalized = normalizeName(text);
  const longer = labels.filter(
    (label) => normalizeName(label).includes(normalized) || normalized.includes(normalizeName(label)),
  );
  return longer.length === 1 ? longer[0] : nearest(text, labels);
}

/** A value as written in the sheet: unambiguous names and labels in place of ids, a space between date and time. */
export function writeCell(column: Column, value: unknown, names: Names): string | number | undefined {
  if (value === undefined || value === null) return undefined;
  if (!column.isList) return writeOne(column.meta, value, names);
  const items = (value as unknown[]).map((item) => String(writeOne(column.meta, item, names)));
  return items.length > 0 ? joinList(items) : undefined;
}

function writeOne(meta: FieldMeta, value: unknown, names: Names): string | number {
  const { widget } = meta;
  if (widget === 'number' && typeof value === 'number') return value;
  const text = String(value);
  if (widget === 'datetime') return text.replace('T', ' ');
  const labels =
    widget === 'select' ? meta.options : widget === 'relation' ? names[meta.to ?? ''] : undefined;
  const label = labels?.[text];
  const back = label === undefined ? undefined : named(label, labels ?? {}, '');
  return label !== undefined && back && 'value' in back && back.value === text ? label : text;
}
