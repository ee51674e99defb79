import { z } from 'zod';
import { withZone } from '../calendar/clock.ts';
import { type Dated, knownDate, precisionOf } from '../calendar/precision.ts';
import type { FieldMeta } from '../model/fields.ts';
import { elementOf, isOptional, metaOf, shapeOf, unwrap } from '../model/schema.ts';
import { absolute } from '../ui/address.ts';
import { day, inWords, keysOf, knownDay, moment } from './values.ts';

/**
 * Open data of any content type or list, derived from its definition: the same fields under the same names, less those for
 * the office. Every field is always there; what is not on record is null, or an empty list.
 */

/** An entry of another type, or an item of a list, that a field names. */
export interface Named {
  id: string;
  name: string;
  /** Full address of its page. */
  url: string | null;
}

/** Finds what a field names; undefined when there is no such thing. */
export type FindNamed = (to: string, id: string) => Named | undefined;

/** How a field is published: its schema, and its value as the schema has it. */
interface OpenField {
  schema: z.ZodType;
  open: (value: unknown, find: FindNamed) => unknown;
}

type Data = Record<string, unknown>;

const named = z.strictObject({
  id: z.string().describe('编号'),
  name: z.string().describe('名称'),
  url: z.url().nullable().describe('网页'),
});

const same = (value: unknown) => value;

/** Made anew: the field's own schema carries the words of the form along. */
function openNumber({ minValue, maxValue }: z.ZodNumber, { integer }: FieldMeta): z.ZodNumber {
  const schema: z.ZodNumber = integer ? z.int() : z.number();
  return schema.min(minValue ?? -Infinity).max(maxValue ?? Infinity);
}

/** The value of a field that is there. */
function openValue(field: z.ZodType, meta: FieldMeta | undefined): OpenField {
  const element = elementOf(field);
  if (element) return openList(openValue(element, metaOf(element) ?? meta));
  switch (meta?.widget) {
    case 'date':
      return { schema: day(), open: same };
    case 'datetime':
      return {
        schema: moment(),
        open: (value) => (String(value).length === 10 ? value : withZone(String(value))),
      };
    case 'number':
      return { schema: openNumber(unwrap(field) as z.ZodNumber, meta), open: same };
    case 'boolean':
      return { schema: z.boolean(), open: same };
    case 'select':
      return { schema: keysOf(meta.options ?? {}), open: same };
    case 'relation':
      return { schema: named.nullable(), open: (value, find) => find(meta.to ?? '', String(value)) ?? null };
    case 'image':
    case 'file':
      return { schema: z.url(), open: (value) => absolute(String(value)) };
    case 'object':
      return openGroup(field);
    default:
      return { schema: z.string(), open: same };
  }
}

/** What a list names that does not exist is left out of it. */
const openList = ({ schema, open }: OpenField): OpenField => ({
  schema: z.array(schema instanceof z.ZodNullable ? (schema.unwrap() as z.ZodType) : schema),
  open: (value, find) =>
    ((value ?? []) as unknown[]).map((item) => open(item, find)).filter((item) => item !== null),
});

function openGroup(group: z.ZodType): OpenField {
  const fields = openFieldsOf(group);
  return {
    schema: z.strictObject(Object.fromEntries(fields.map(([name, { schema }]) => [name, schema]))),
    open: (value, find) =>
      Object.fromEntries(fields.map(([name, { open }]) => [name, open((value as Data)[name], find)])),
  };
}

/** A field with its label, and null where it may be missing. */
function openField(field: z.ZodType, meta: FieldMeta | undefined): OpenField {
  const { schema, open } = openValue(field, meta);
  const isList = elementOf(field) !== undefined;
  const mayMiss = !isList && isOptional(field) && meta?.widget !== 'boolean';
  const words = meta?.options ? `：${inWords(meta.options)}` : '';
  return {
    schema: (mayMiss && !(schema instanceof z.ZodNullable) ? schema.nullable() : schema).describe(
      `${meta?.label ?? ''}${words}`,
    ),
    open: (value, find) => (value === undefined && !isList ? null : open(value, find)),
  };
}

const openFieldsOf = (group: z.ZodType): [string, OpenField][] =>
  Object.entries(shapeOf(group)).flatMap(([name, field]): [string, OpenField][] => {
    const meta = metaOf(field);
    return meta?.internal ? [] : [[name, openField(field, meta)]];
  });

/** A whole entry. */
export interface OpenEntry {
  schema: z.ZodObject;
  /** @param entry its id, its data, and the address of its page, null for none */
  open: (entry: { id: string; data: Data; address: string | null }, find: FindNamed) => Data;
}

/** Open data of entries with the schema. */
export function openEntryOf(schema: z.ZodType): OpenEntry {
  const fields = openFieldsOf(schema).filter(([name]) => name !== 'id');
  // Of what was filed later, the day of publication is known as far as the precision says.
  const isDated = fields.some(([name]) => name === 'datePrecision');
  const shape = Object.fromEntries(fields.map(([name, field]) => [name, field.schema]));
  if (isDated && shape.published)
    shape.published = knownDay().describe('发布日期；只知道月份或年份的是 2022-03、2022');
  return {
    schema: z.strictObject({
      id: z.string().describe('编号，也是网址的一部分'),
      url: z.url().nullable().describe('网页；没有单独一页的空着'),
      ...shape,
    }),
    open: ({ id, data, address }, find) => ({
      id,
      url: address === null ? null : absolute(address),
      ...Object.fromEntries(fields.map(([name, { open }]) => [name, open(data[name], find)])),
      ...(isDated && {
        published: knownDate(String(data.published), data as Dated),
        datePrecision: precisionOf(data as Dated),
      }),
    }),
  };
}
