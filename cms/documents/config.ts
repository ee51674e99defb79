import type { DecapCmsCore as CMS } from 'decap-cms-core';
import type { z } from 'zod';
import { elementOf, isOptional, metaOf, shapeOf, unwrap } from '../../src/model/schema.ts';
import type { ContentType, ReferenceList, SettingsFile } from '../../src/model/type.ts';
import { lists, settingsFiles, types } from '../../src/types/index.ts';
import { STAGES } from '../protocol/review.ts';

/**
 * Decap's configuration, derived from the content types: https://decapcms.org/docs/configuration-options/.
 * Nothing about a field is written here; labels, hints, widgets and rules come from its schema.
 */

/** What `CMS.init` takes. */
export type CmsConfig = NonNullable<Parameters<(typeof CMS)['init']>[0]>['config'];

/** A field of the form; beside these, the options of its widget. */
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

export interface ConfigOptions {
  /** Address of the site with its base path, `https://…/`, for links from the editor to pages. */
  siteUrl?: string;
  /** Name of the site, in the page header of the editor. */
  types?: readonly ContentType[];
  lists?: readonly ReferenceList[];
  settingsFiles?: readonly SettingsFile[];
}

/** Field of a new entry that holds the file's name; it is never written into the file (see `format.ts`). */
export const SLUG_FIELD = '_slug';

/** Where an entry read from a file keeps the words for choices and moments, for lists; never written either. */
export const LABELS_FIELD = '_labels';

/** Field of every entry's form that shows where it stands and what may be done; never written either. */
export const REVIEW_FIELD = '_review';

/** Label among `LABELS_FIELD` that says where an entry stands. */
export const STAGE_LABEL = '_stage';

/** Field of MDX types that holds the body. Decap's own name for what follows the front matter. */
export const BODY_FIELD = 'body';

/** Collection of the reference lists and of the settings. */
export const DATA_COLLECTION = 'data';

/** Decap format of a type's files: one for each, because reading one needs its schema. */
export const formatOf = (type: Pick<ContentType, 'name'>) => `${type.name}-file`;

/** Decap format of the files under `content/data/`. */
export const DATA_FORMAT = 'data-file';

/** Decap's configuration for the given types, by default the site's own. */
export function decapConfig(options: ConfigOptions = {}): CmsConfig {
  const known: Known = {
    types: options.types ?? types,
    lists: options.lists ?? lists,
    settingsFiles: options.settingsFiles ?? settingsFiles,
  };
  const config = {
    backend: { name: 'portal' },
    load_config_file: false,
    locale: 'zh_Hans',
    site_url: options.siteUrl,
    // The link at the head of every page of the editor leads to the desk.
    display_url: options.siteUrl && new URL('admin/desk/', options.siteUrl).href,
    show_preview_links: options.siteUrl !== undefined,
    publish_mode: 'simple',
    media_folder: 'uploads',
    public_folder: '/uploads',
    // Photos from a phone: drops the place where they were taken, and four fifths of their size.
    media_processing: {
      enabled: true,
      format: { enabled: true, default: 'webp' },
      quality: 85,
      strip_metadata: true,
      width: 2000,
    },
    slug: { encoding: 'ascii', clean_accents: true, sanitize_replacement: '-' },
    collections: [...known.types.map((type) => folderCollection(type, known)), dataCollection(known)],
  };
  return config as unknown as CmsConfig;
}

interface Known {
  types: readonly ContentType[];
  lists: readonly ReferenceList[];
  settingsFiles: readonly SettingsFile[];
}

/** The field that names an entry: `title` where there is one. */
export const titleFieldOf = (schema: z.ZodType): string => {
  const names = Object.keys(shapeOf(schema));
  return names.find((name) => name === 'title' || name === 'name') ?? names[0] ?? 'id';
};

function folderCollection(type: ContentType, known: Known) {
  const [first, ...rest] = fieldsOf(type.schema, known);
  const body = {
    name: BODY_FIELD,
    label: '正文',
    widget: BODY_FIELD,
    required: false,
    hint: '用 Markdown 写，也可以切换到「所见即所得」；可以插入图片、提示、问答等内容块。',
  };
  return {
    name: type.name,
    label: type.label,
    label_singular: type.singular,
    description: type.description,
    folder: `content/${type.name}`,
    extension: type.format,
    format: formatOf(type),
    create: true,
    slug: `{{fields.${SLUG_FIELD}}}`,
    identifier_field: titleFieldOf(type.schema),
    summary: `{{fields.${LABELS_FIELD}.${STAGE_LABEL}}}　${summaryOf(type.summary ?? `{{${titleFieldOf(type.schema)}}}`, type.schema)}`,
    ...(type.address ? { preview_path: type.address('{{slug}}') } : {}),
    sortable_fields: sortableFields(type),
    ...viewsOf(type.schema),
    fields: [
      reviewField(),
      first as CmsField,
      slugField(type),
      ...rest,
      ...(type.format === 'mdx' ? [body] : []),
    ],
  };
}

/** Whether a value is stored otherwise than an editor would say it: see `LABELS_FIELD`. */
const hasWords = (field: z.ZodType) =>
  metaOf(field)?.options !== undefined || metaOf(field)?.widget === 'datetime';

const reviewField = (): CmsField => ({
  name: REVIEW_FIELD,
  label: '审核和发布',
  widget: 'review',
  required: false,
});

function slugField(type: ContentType): CmsField {
  return {
    name: SLUG_FIELD,
    label: '网址名',
    widget: 'slug',
    required: false,
    hint: '文件名，也是网址的最后一段：小写字母、数字和短横。不填就用标题的拼音；保存以后用「更改地址」改，发布以后尽量不改。',
    address: type.address?.('…') ?? null,
  };
}

/** `{{kind}}` → the kind in words; `fields.` because Decap reads a bare `{{year}}` as the year of a date. */
function summaryOf(template: string, schema: z.ZodType): string {
  const shape = shapeOf(schema);
  return template.replace(/\{\{(?:fields\.)?(\w+)\}\}/g, (whole, name: string) => {
    const field = shape[name];
    if (!field) return whole;
    return hasWords(field) ? `{{fields.${LABELS_FIELD}.${name}}}` : `{{fields.${name}}}`;
  });
}

function sortableFields(type: ContentType) {
  const shape = shapeOf(type.schema);
  return (type.sortableFields ?? []).map((name) => {
    const label = shape[name] && metaOf(shape[name])?.label;
    return { field: name, label, ...(name === type.dateField ? { default_sort: 'desc' } : {}) };
  });
}

const STAGE_WORD = '进度';

/** Filters and groups of the entry list: by where it stands, by kind and state, and by what is ticked. */
function viewsOf(schema: z.ZodType) {
  const stage = `${LABELS_FIELD}.${STAGE_LABEL}`;
  const filters: { label: string; field: string; pattern: string | boolean }[] = Object.values(STAGES).map(
    (label) => ({ label: `${STAGE_WORD}：${label}`, field: stage, pattern: `^${label}$` }),
  );
  const groups: { label: string; field: string }[] = [{ label: STAGE_WORD, field: stage }];
  for (const [name, field] of Object.entries(shapeOf(schema))) {
    const meta = metaOf(field);
    if (meta?.options && !elementOf(field) && !isOptional(field)) {
      groups.push({ label: meta.label, field: `${LABELS_FIELD}.${name}` });
      for (const [value, label] of Object.entries(meta.options))
        filters.push({ label: `${meta.label}：${label}`, field: name, pattern: `^${value}$` });
    }
    if (meta?.widget === 'boolean') filters.push({ label: meta.label, field: name, pattern: true });
  }
  return {
    ...(filters.length > 0 ? { view_filters: filters } : {}),
    ...(groups.length > 0 ? { view_groups: groups } : {}),
  };
}

function dataCollection(known: Known) {
  const files = [
    ...known.settingsFiles.map((settings) => ({ ...settings, fields: fieldsOf(settings.schema, known) })),
    ...known.lists.map((list) => ({ ...list, fields: [itemsField(list, known)] })),
  ];
  return {
    name: DATA_COLLECTION,
    label: '设置和名录',
    label_singular: '设置',
    description: '站点设置，以及各处共用的名录：乡镇、学校、主题、指标……',
    format: DATA_FORMAT,
    editor: { preview: false },
    files: files.map(({ name, label, description, fields }) => ({
      name,
      label,
      description,
      file: `content/data/${name}.yaml`,
      fields,
    })),
  };
}

function itemsField(list: ReferenceList, known: Known): CmsField {
  return {
    name: 'items',
    label: list.label,
    label_singular: list.singular,
    widget: 'list',
    hint: list.description,
    required: false,
    default: [],
    collapsed: true,
    summary: list.summary ?? '{{fields.id}}',
    fields: fieldsOf(list.item, known),
  };
}

/** The form of an object schema. */
export const fieldsOf = (schema: z.ZodType, known: Known = { types, lists, settingsFiles }): CmsField[] =>
  Object.entries(shapeOf(schema)).map(([name, field]) => fieldOf(name, field, known, true));

/**
 * One field of the form.
 *
 * @param starts whether a new entry gets the field's default; not inside an optional group, which would no longer be
 *   empty when nobody fills it in
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
