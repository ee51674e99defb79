import type { z } from 'zod';
import { elementOf, isOptional, metaOf, shapeOf, unwrap } from '../../src/model/schema.ts';
import type { ContentType, ReferenceList, SettingsFile } from '../../src/model/type.ts';
import { lists, settingsFiles, types } from '../../src/types/index.ts';
import { DATA_COLLECTION, titleFieldOf } from './field-names.ts';

/** Fields of Decap's forms, derived from schemas: https://decapcms.org/docs/widgets/. */

/** A field of the form; further properties are options of its widget. */
export interface CmsField {
  name: string;
  label: string;
  widget: string;
  required?: boolean;
  hint?: string;
  fields?: CmsField[];
  field?: CmsField;
  [option: string]: unknown;
}

/** What fields may refer to. */
export interface Known {
  types: readonly ContentType[];
  lists: readonly ReferenceList[];
  settingsFiles: readonly SettingsFile[];
}

/** The form of an object schema. */
export const fieldsOf = (schema: z.ZodType, known: Known = { types, lists, settingsFiles }): CmsField[] =>
  Object.entries(shapeOf(schema)).map(([name, field]) => fieldOf(name, field, known, true));

/**
 * One field of the form.
 *
 * @param starts whether a new entry gets the field's default; not inside an optional group, which would no longer be
 *   empty when it is not filled in
 * @throws when the schema was not made by `src/model/fields.ts`
 */
function fieldOf(name: string, schema: z.ZodType, known: Known, starts: boolean): CmsField {
  const meta = metaOf(schema);
  if (!meta) throw new Error(`字段「${name}」没有表单信息：请用 src/model/fields.ts 里的函数定义`);
  const optional = isOptional(schema);
  const initial = starts ? initialOf(schema) : undefined;
  const base = {
    name,
    label: meta.label,
    ...(meta.hint ? { hint: meta.hint } : {}),
    ...(optional ? { required: false } : {}),
    ...(initial === undefined ? {} : { default: initial }),
  };
  // Decap keeps the value of a hidden field as it was.
  if (meta.byServer) return { ...base, widget: 'hidden', required: false };
  const element = elementOf(schema);
  const multiple = element !== undefined;

  switch (meta.widget) {
    case 'string':
    case 'text':
      return { ...base, widget: meta.widget, ...patternOf(schema, meta.max) };
    case 'boolean':
      return { ...base, widget: 'boolean' };
    case 'date':
      return {
        ...base,
        widget: 'datetime',
        format: 'YYYY-MM-DD',
        date_format: 'YYYY-MM-DD',
        time_format: false,
        ...(meta.initial === 'today' && starts ? { default: '{{now}}' } : {}),
      };
    case 'datetime':
      return { ...base, widget: 'moment' };
    case 'uid':
      return { ...base, widget: 'uid', required: false };
    case 'number':
      return { ...base, widget: 'number', value_type: meta.integer ? 'int' : 'float', ...boundsOf(schema) };
    case 'select':
      return {
        ...base,
        widget: 'select',
        options: Object.entries(meta.options ?? {}).map(([value, label]) => ({ value, label })),
        ...(multiple ? { multiple } : {}),
      };
    case 'relation':
      return {
        ...base,
        widget: 'relation',
        ...relationTo(meta.to ?? '', known),
        ...(multiple ? { multiple } : {}),
      };
    case 'image':
    case 'file':
      return { ...base, widget: meta.widget, choose_url: false };
    case 'object':
      return {
        ...base,
        widget: 'object',
        collapsed: optional,
        fields: Object.entries(shapeOf(schema)).map(([key, field]) =>
          fieldOf(key, field, known, starts && !optional),
        ),
      };
    case 'list':
      return { ...base, widget: 'list', ...listOptions(name, meta, element as z.ZodType, known) };
  }
}

function listOptions(
  name: string,
  meta: NonNullable<ReturnType<typeof metaOf>>,
  element: z.ZodType,
  known: Known,
) {
  const common = {
    label_singular: meta.itemLabel ?? meta.label,
    collapsed: true,
    ...(meta.summary ? { summary: meta.summary } : {}),
  };
  if (Object.keys(shapeOf(element)).length > 0) return { ...common, fields: fieldsOf(element, known) };
  const single = fieldOf(name, element, known, true);
  return { ...common, field: single, summary: `{{fields.${name}}}` };
}

/** Value that a new entry starts with, or undefined. */
function initialOf(schema: z.ZodType): unknown {
  const { type, defaultValue } = schema.def as { type: string; defaultValue?: unknown };
  if (type === 'default') return defaultValue;
  const meta = metaOf(schema);
  return isOptional(schema) || meta?.widget === 'date' ? undefined : meta?.initial;
}

/** Bounds of a number; Zod gives its own for an integer without any. */
function boundsOf(schema: z.ZodType) {
  const { minValue, maxValue } = unwrap(schema) as z.ZodNumber;
  const given = (value: number | null) => value !== null && Number.isFinite(value) && Math.abs(value) < 1e12;
  return {
    ...(given(minValue) ? { min: minValue } : {}),
    ...(given(maxValue) ? { max: maxValue } : {}),
  };
}

interface Check {
  _zod: { def: { format?: string; pattern?: RegExp; error?: (issue: object) => string } };
}

/** Decap's `[pattern, message]`: the schema's own regular expression, else its greatest length. */
function patternOf(schema: z.ZodType, max: number | undefined) {
  const { checks = [] } = unwrap(schema).def as { checks?: Check[] };
  const regex = checks
    .map((check) => check._zod.def)
    .find(({ format, pattern }) => format === 'regex' && pattern);
  if (regex?.pattern) return { pattern: [regex.pattern.source, regex.error?.({}) ?? '写法不对'] };
  return max === undefined ? {} : { pattern: [`^[^]{0,${max}}$`, `超过 ${max} 个字，请缩短`] };
}

/** Most entries shown when a relation is opened; typing narrows them down. */
const RELATION_OPTIONS = 200;

function relationTo(to: string, known: Known) {
  const list = known.lists.find((candidate) => candidate.name === to);
  if (list) {
    const title = `items.*.${titleFieldOf(list.item)}`;
    return {
      collection: DATA_COLLECTION,
      file: list.name,
      value_field: 'items.*.id',
      search_fields: [title, 'items.*.id'],
      display_fields: [title],
      options_length: RELATION_OPTIONS,
    };
  }
  const type = known.types.find((candidate) => candidate.name === to);
  if (!type) throw new Error(`没有叫「${to}」的内容类型或名录，请检查 reference() 的 to`);
  const title = titleFieldOf(type.schema);
  return {
    collection: type.name,
    value_field: '{{slug}}',
    search_fields: [title],
    display_fields: [title],
    options_length: RELATION_OPTIONS,
  };
}
