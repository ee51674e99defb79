import type { z } from 'zod';
import { elementOf, isOptional, metaOf, shapeOf, unwrap } from '../../src/model/schema.ts';
import type { ContentType, ReferenceList, SettingsFile } from '../../src/model/type.ts';
import { lists, settingsFiles, types } from '../../src/types/index.ts';
import { DATA_COLLECTION, titleFieldOf } from './names.ts';

/** Fields of Decap's forms, derived from Zod schemas: https://decapcms.org/docs/widgets/ */

/** A field of Decap's form; further keys are options of its widget. */
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

/** Everything that has a form. */
export interface Content {
  types: readonly ContentType[];
  lists: readonly ReferenceList[];
  settingsFiles: readonly SettingsFile[];
}

/** The form of an object schema. */
export const fieldsOf = (schema: z.ZodType, content: Content = { types, lists, settingsFiles }): CmsField[] =>
  Object.entries(shapeOf(schema)).map(([name, field]) => fieldOf(name, field, content, true));

/**
 * One field of the form.
 *
 * @param hasDefault whether a new entry gets the field's default; not inside an optional group, which must stay empty
 *   until the editor fills it in
 * @throws when the schema was not made by `src/model/fields.ts`
 */
function fieldOf(name: string, schema: z.ZodType, content: Content, hasDefault: boolean): CmsField {
  const meta = metaOf(schema);
  if (!meta) throw new Error(`字段「${name}」没有表单信息：请用 src/model/fields.ts 里的函数定义`);
  const optional = isOptional(schema);
  const defaultValue = hasDefault ? defaultOf(schema) : undefined;
  const base = {
    name,
    label: meta.label,
    ...(meta.hint ? { hint: meta.hint } : {}),
    ...(optional ? { required: false } : {}),
    ...(defaultValue === undefined ? {} : { default: defaultValue }),
  };
  // Decap saves a hidden field with the value that it was loaded with.
  if (meta.byServer) return { ...base, widget: 'hidden', required: false };
  const element = elementOf(schema);
  const multiple = element !== undefined;

  switch (meta.widget) {
    case 'string':
    case 'text':
      return { ...base, widget: meta.widget, ...patternOption(schema, meta.max) };
    case 'boolean':
      return { ...base, widget: 'boolean' };
    case 'date':
      return {
        ...base,
        widget: 'datetime',
        format: 'YYYY-MM-DD',
        date_format: 'YYYY-MM-DD',
        time_format: false,
        ...(meta.initial === 'today' && hasDefault ? { default: '{{now}}' } : {}),
      };
    case 'datetime':
      return { ...base, widget: 'moment' };
    case 'uid':
      return { ...base, widget: 'uid', required: false };
    case 'number':
      return {
        ...base,
        widget: 'number',
        value_type: meta.integer ? 'int' : 'float',
        ...rangeOptions(schema),
      };
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
        ...relationOptions(meta.to ?? '', content),
        ...(multiple ? { multiple } : {}),
      };
    case 'image':
    case 'file':
      return { ...base, widget: meta.widget, choose_url: false };
    case 'object':
      return {
        ...base,
        widget: meta.isPoint ? 'point' : 'object',
        collapsed: optional,
        fields: Object.entries(shapeOf(schema)).map(([key, field]) =>
          fieldOf(key, field, content, hasDefault && !optional),
        ),
      };
    case 'list':
      return { ...base, widget: 'list', ...listOptions(name, meta, element as z.ZodType, content) };
  }
}

function listOptions(
  name: string,
  meta: NonNullable<ReturnType<typeof metaOf>>,
  element: z.ZodType,
  content: Content,
) {
  const common = {
    label_singular: meta.itemLabel ?? meta.label,
    collapsed: true,
    ...(meta.summary ? { summary: meta.summary } : {}),
  };
  if (Object.keys(shapeOf(element)).length > 0) return { ...common, fields: fieldsOf(element, content) };
  const single = fieldOf(name, element, content, true);
  return { ...common, field: single, summary: `{{fields.${name}}}` };
}

/** Value of the field in a new entry, or undefined. */
function defaultOf(schema: z.ZodType): unknown {
  const { type, defaultValue } = schema.def as { type: string; defaultValue?: unknown };
  if (type === 'default') return defaultValue;
  const meta = metaOf(schema);
  return isOptional(schema) || meta?.widget === 'date' ? undefined : meta?.initial;
}

/** `min` and `max` of a number; Zod gives an integer without any the limits of safe integers. */
function rangeOptions(schema: z.ZodType) {
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

/** Decap's `[pattern, message]`: the schema's regular expression, else its maximum length. */
function patternOption(schema: z.ZodType, max: number | undefined) {
  const { checks = [] } = unwrap(schema).def as { checks?: Check[] };
  const regex = checks
    .map((check) => check._zod.def)
    .find(({ format, pattern }) => format === 'regex' && pattern);
  if (regex?.pattern) return { pattern: [regex.pattern.source, regex.error?.({}) ?? '写法不对'] };
  return max === undefined ? {} : { pattern: [`^[^]{0,${max}}$`, `超过 ${max} 个字，请缩短`] };
}

/** Options of a relation that are listed before the editor types. */
const RELATION_OPTIONS = 200;

function relationOptions(to: string, content: Content) {
  const list = content.lists.find(({ name }) => name === to);
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
  const type = content.types.find(({ name }) => name === to);
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
