import type { DecapCmsCore as CMS } from 'decap-cms-core';
import type { z } from 'zod';
import { elementOf, isOptional, metaOf, shapeOf } from '../../src/model/schema.ts';
import type { ContentType, ReferenceList } from '../../src/model/type.ts';
import { lists, settingsFiles, types } from '../../src/types/index.ts';
import { RETURNED, STAGES } from '../protocol/review.ts';
import { type CmsField, type Content, fieldsOf } from './fields.ts';
import {
  BODY_FIELD,
  DATA_COLLECTION,
  DATA_FORMAT,
  formatOf,
  LABELS_FIELD,
  REVIEW_FIELD,
  SLUG_FIELD,
  STAGE_LABEL,
  STANDING_LABEL,
  titleFieldOf,
} from './names.ts';

/**
 * Decap's configuration, derived from the content types: https://decapcms.org/docs/configuration-options/.
 * Nothing about a field is written here; labels, hints, widgets and rules come from its schema.
 */

/** What `CMS.init` takes. */
export type CmsConfig = NonNullable<Parameters<(typeof CMS)['init']>[0]>['config'];

export interface ConfigOptions extends Partial<Content> {
  /** Address of the site with its base path, `https://…/`, for links from the editor to pages. */
  siteUrl?: string;
}

/** Decap's configuration for the given types, by default the site's own. */
export function decapConfig(options: ConfigOptions = {}): CmsConfig {
  const content: Content = {
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
    // Removes the place where a photo was taken, and four fifths of the size of a phone's photo.
    media_processing: {
      enabled: true,
      format: { enabled: true, default: 'webp' },
      quality: 85,
      strip_metadata: true,
      width: 2000,
    },
    slug: { encoding: 'ascii', clean_accents: true, sanitize_replacement: '-' },
    collections: [...content.types.map((type) => folderCollection(type, content)), dataCollection(content)],
  };
  return config as unknown as CmsConfig;
}

function folderCollection(type: ContentType, content: Content) {
  const [first, ...rest] = fieldsOf(type.schema, content);
  const body = {
    name: BODY_FIELD,
    label: '正文',
    widget: BODY_FIELD,
    required: false,
    hint: '写出来什么样，网页上就什么样；输入 / 或 、 可以插入表格、图片、提示、问答等。',
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
    summary: `{{fields.${LABELS_FIELD}.${STANDING_LABEL}}}　${summaryOf(type.summary ?? `{{${titleFieldOf(type.schema)}}}`, type.schema)}`,
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

/** Whether lists show a label in place of the stored value, see `LABELS_FIELD`. */
const hasLabel = (field: z.ZodType) =>
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

/** `{{kind}}` → the label of the kind; `fields.` because Decap reads a bare `{{year}}` as the year of a date. */
function summaryOf(template: string, schema: z.ZodType): string {
  const shape = shapeOf(schema);
  return template.replace(/\{\{(?:fields\.)?(\w+)\}\}/g, (whole, name: string) => {
    const field = shape[name];
    if (!field) return whole;
    return hasLabel(field) ? `{{fields.${LABELS_FIELD}.${name}}}` : `{{fields.${name}}}`;
  });
}

function sortableFields(type: ContentType) {
  const shape = shapeOf(type.schema);
  return (type.sortableFields ?? []).map((name) => {
    const label = shape[name] && metaOf(shape[name])?.label;
    return { field: name, label, ...(name === type.dateField ? { default_sort: 'desc' } : {}) };
  });
}

const STAGE_NAME = '进度';

/** Filters and groups of the entry list: by review stage, by required choice and by checkbox. */
function viewsOf(schema: z.ZodType) {
  const stage = `${LABELS_FIELD}.${STAGE_LABEL}`;
  const filters: { label: string; field: string; pattern: string | boolean }[] = [
    ...Object.values(STAGES),
    RETURNED,
  ].map((label) => ({ label: `${STAGE_NAME}：${label}`, field: stage, pattern: `^${label}$` }));
  const groups: { label: string; field: string }[] = [{ label: STAGE_NAME, field: stage }];
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

function dataCollection(content: Content) {
  const files = [
    ...content.settingsFiles.map(({ page, ...settings }) => ({
      ...settings,
      fields: fieldsOf(settings.schema, content),
      editor: { preview: page !== undefined },
    })),
    ...content.lists.map((list) => ({
      ...list,
      fields: [itemsField(list, content)],
      editor: { preview: false },
    })),
  ];
  return {
    name: DATA_COLLECTION,
    label: '设置和名录',
    label_singular: '设置',
    description: '站点设置，以及各处共用的名录：乡镇、学校、主题、指标……',
    format: DATA_FORMAT,
    files: files.map(({ name, label, description, fields, editor }) => ({
      name,
      label,
      description,
      file: `content/data/${name}.yaml`,
      fields,
      editor,
    })),
  };
}

function itemsField(list: ReferenceList, content: Content): CmsField {
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
    fields: fieldsOf(list.item, content),
  };
}
