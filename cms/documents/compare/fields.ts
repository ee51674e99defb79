import type { z } from 'zod';
import { elementOf, metaOf, shapeOf } from '../../../src/model/schema.ts';
import type { PicturePair, Status } from './body.ts';
import { pairUp } from './similar.ts';
import { type Budget, compareItems, compareWords, newBudget, type Word } from './words.ts';

/** The front matter of two texts compared field by field, named as the form names them. */

/** Title of an entry or list item that a field refers to; undefined when it is not known. */
export type NameOf = (to: string, slug: string) => string | undefined;

export interface FieldChange {
  /** Name of the field in the file, e.g. `summary`; of its group for a field within one. */
  name: string;
  /** Its name in the form, e.g. 「封面图」的「图注」. */
  label: string;
  status: Status;
  words: Word[];
  /** The value now, the one before when it is gone. */
  text: string;
  pictures: PicturePair[];
}

type Data = Readonly<Record<string, unknown>>;

const isBlank = (value: unknown) =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

const asData = (value: unknown): Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Data) : {};

/** A value as people read it. */
export function shownValue(schema: z.ZodType | undefined, value: unknown, nameOf: NameOf): string {
  if (isBlank(value)) return '';
  const element = schema && elementOf(schema);
  const meta = schema && metaOf(schema);
  if (Array.isArray(value)) {
    const items = value.map((item) => shownValue(element ?? schema, item, nameOf));
    const isShort = meta?.options !== undefined || (element && metaOf(element)?.to !== undefined);
    return items.join(isShort ? '、' : '\n');
  }
  if (typeof value === 'object') {
    const shape = schema ? shapeOf(schema) : {};
    return Object.entries(asData(value))
      .map(([name, item]) => [labelOf(shape[name], name), shownValue(shape[name], item, nameOf)] as const)
      .filter(([, text]) => text !== '')
      .map(([label, text]) => `${label}：${text}`)
      .join('；');
  }
  if (typeof value === 'boolean') return value ? '是' : '否';
  const text = String(value);
  if (meta?.to) return nameOf(meta.to, text) ?? text;
  if (meta?.widget === 'datetime') return text.replace('T', ' ');
  return meta?.options?.[text] ?? text;
}

const labelOf = (schema: z.ZodType | undefined, name: string) => (schema && metaOf(schema)?.label) ?? name;

interface Comparing {
  name: string;
  label: string;
  schema: z.ZodType | undefined;
  before: unknown;
  after: unknown;
  nameOf: NameOf;
  budget: Budget;
}

function row({ name, label, schema, before, after, nameOf, budget }: Comparing): FieldChange[] {
  const isPicture = schema && metaOf(schema)?.widget === 'image';
  const [old, now] = [shownValue(schema, before, nameOf), shownValue(schema, after, nameOf)];
  if (old === '' && now === '') return [];
  const status = old === now ? 'same' : old === '' ? 'added' : now === '' ? 'removed' : 'changed';
  const pictures = isPicture ? [{ ...(old && { before: old }), ...(now && { after: now }) }] : [];
  return [{ name, label, status, text: now || old, words: compareWords(old, now, budget), pictures }];
}

/** Compares a value of whatever kind; a group and a list of groups give a row for each of their fields. */
function compareValue(comparing: Comparing): FieldChange[] {
  const { name, label, schema, before, after, nameOf, budget } = comparing;
  const element = schema && elementOf(schema);
  if (schema && metaOf(schema)?.widget === 'boolean') {
    const initial = metaOf(schema)?.initial ?? false;
    const [old, now] = [before ?? initial, after ?? initial];
    return old === initial && now === initial ? [] : row({ ...comparing, before: old, after: now });
  }
  if (element && Object.keys(shapeOf(element)).length > 0) return compareGroups(comparing, element);
  const shape = schema ? shapeOf(schema) : {};
  if (Object.keys(shape).length === 0) return row(comparing);
  const [old, now] = [asData(before), asData(after)];
  return Object.entries(shape).flatMap(([part, field]) =>
    compareValue({
      ...{ name, nameOf, budget, schema: field, before: old[part], after: now[part] },
      label: `${label}：${labelOf(field, part)}`,
    }),
  );
}

/** A list of groups, e.g. sources: each is named by its place in the list now. */
function compareGroups(
  { name, label, before, after, nameOf, budget }: Comparing,
  element: z.ZodType,
): FieldChange[] {
  const items = (value: unknown) =>
    (Array.isArray(value) ? value : []).map((item) => ({ item, key: JSON.stringify(item) }));
  const sides = [items(before), items(after)] as const;
  const byKey = new Map([...sides[0], ...sides[1]].map(({ item, key }) => [key, item]));
  let index = 0;
  return compareItems(
    sides[0].map(({ key }) => key),
    sides[1].map(({ key }) => key),
  ).flatMap((hunk) => {
    const pairs = hunk.isEqual
      ? hunk.after.map((key) => ({ before: key, after: key }))
      : pairUp(hunk.before, hunk.after, (key) => key);
    return pairs.flatMap((pair) => {
      if (pair.after !== undefined) index++;
      const of = (key: string | undefined) => (key === undefined ? undefined : byKey.get(key));
      const label_ = pair.after === undefined ? `${label}（删去的一项）` : `${label} ${index}`;
      return row({
        name,
        label: label_,
        schema: element,
        before: of(pair.before),
        after: of(pair.after),
        nameOf,
        budget,
      });
    });
  });
}

/** Every field that one of the two has, in the order of the form; what only the server writes is left out. */
export function compareFields(
  schema: z.ZodType,
  before: Data,
  after: Data,
  nameOf: NameOf,
  budget = newBudget(),
): FieldChange[] {
  const shape = shapeOf(schema);
  const unknown = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => !shape[name],
  );
  const known = Object.entries(shape).flatMap(([name, field]) => {
    const meta = metaOf(field);
    if (meta?.byServer || meta?.widget === 'uid') return [];
    const comparing = { name, label: labelOf(field, name), schema: field, nameOf, budget };
    return compareValue({ ...comparing, before: before[name], after: after[name] });
  });
  return [
    ...known,
    ...unknown.flatMap((name) =>
      row({ name, label: name, schema: undefined, before: before[name], after: after[name], nameOf, budget }),
    ),
  ];
}
