import { z } from 'zod';
import { ATTACHMENT_EXTENSIONS, MAP_EXTENSIONS, PICTURE_EXTENSIONS } from './uploads.ts';

/**
 * The fields that content types are made of. A field is a Zod schema that carries, in `.meta()`, what the
 * editor's form shows (label, hint, widget); the rule and its Chinese message live in the schema itself.
 *
 * Nothing here imports Astro or Node: type definitions are bundled for the browser too.
 */

/** What the form needs to know in addition to the rule. Kept in each schema's `.meta()`. */
export interface FieldMeta {
  /** 编辑在表单里看到的名称。 */
  label: string;
  /** 一句话告诉编辑这里写什么。 */
  hint?: string;
  /** Which form control edits this field. */
  widget:
    | 'string'
    | 'text'
    | 'date'
    | 'datetime'
    | 'number'
    | 'boolean'
    | 'select'
    | 'list'
    | 'object'
    | 'relation'
    | 'image'
    | 'file'
    | 'uid';
  /** `select`: value → label, in the order shown. */
  options?: Readonly<Record<string, string>>;
  /** `relation`: name of the content type or reference list that the value must exist in. */
  to?: string;
  /** `list`: singular label shown on the add button. */
  itemLabel?: string;
  /** `list` of objects: template of the collapsed row, e.g. `{{fields.name}}`. */
  summary?: string;
  /** `string`, `text`: longest, in characters. */
  max?: number;
  /** `number`: whole numbers only. */
  integer?: boolean;
  /** Collapsed in the form until opened. */
  collapsed?: boolean;
  /** Value a new entry starts with; `today` for a date. */
  initial?: unknown;
  /** Written when an entry is published; kept out of the form. */
  byServer?: true;
  /** For the office: not in the open data. */
  internal?: true;
  /** Is true of one entry alone: a duplicate begins without it. */
  notCopied?: true;
  /** `object`: a point on earth, which the form lets one point out on a map. */
  isPoint?: true;
  /** May be missing in existing entries; the form requires it in new ones. */
  asked?: true;
}

interface Labels {
  label: string;
  hint?: string;
}

const withMeta = <S extends z.ZodType>(schema: S, meta: FieldMeta): S => schema.meta({ ...meta }) as S;

/** The form metadata of a schema made here, or undefined for a foreign schema. */
export function fieldMeta(schema: z.ZodType): FieldMeta | undefined {
  const meta = schema.meta() as Partial<FieldMeta> | undefined;
  return meta?.widget ? (meta as FieldMeta) : undefined;
}

/** Makes a field optional and keeps its label, hint and widget. Empty values are dropped before (see `readEntry`). */
export function optional<S extends z.ZodType>(schema: S): z.ZodOptional<S> {
  const meta = fieldMeta(schema);
  const loose = schema.optional();
  return meta ? withMeta(loose, meta) : loose;
}

/** A field that publishing writes and no editor types: the form keeps its value and does not show it. */
export function byServer<S extends z.ZodType>(schema: S): S {
  const meta = fieldMeta(schema) ?? (schema.def as { innerType?: z.ZodType }).innerType?.meta();
  return withMeta(schema, { ...(meta as FieldMeta), byServer: true, notCopied: true });
}

/** A group of longitude, latitude and system: the form offers the map for it. */
export function point<S extends z.ZodType>(schema: S): S {
  return withMeta(schema, { ...(fieldMeta(schema) as FieldMeta), isPoint: true });
}

/** A field for the office, which the open data leave out: how a page is laid out, who reported a figure. */
export function internal<S extends z.ZodType>(schema: S): S {
  return withMeta(schema, { ...(fieldMeta(schema) as FieldMeta), internal: true });
}

/** An optional field that the form for something new wants all the same, e.g. who allows the use of a picture. */
export function asked<S extends z.ZodType>(schema: S): S {
  return withMeta(schema, { ...(fieldMeta(schema) as FieldMeta), asked: true });
}

/** A field that a duplicate of the entry begins without, e.g. when it was published or why it was put off. */
export function notCopied<S extends z.ZodType>(schema: S): S {
  return withMeta(schema, { ...(fieldMeta(schema) as FieldMeta), notCopied: true });
}

/** One line of text, at most `max` characters (counted as a reader counts them, emoji once). */
export function line({
  label,
  hint,
  max = 200,
  pattern,
}: Labels & { max?: number; pattern?: [RegExp, string] }) {
  let schema = z
    .string({
      error: (issue) => (issue.input === undefined ? '不能为空' : '应当是文字；如果写的是数字，请加上引号'),
    })
    .trim()
    .min(1, '不能为空')
    .refine((value) => [...value].length <= max, {
      error: (issue) => `超过 ${max} 个字（现有 ${[...String(issue.input)].length} 个字），请缩短`,
    })
    .refine((value) => !/[\r\n]/.test(value), '只能写一行，请去掉换行');
  if (pattern) schema = schema.regex(pattern[0], pattern[1]);
  return withMeta(schema, { label, hint, widget: 'string', max });
}

/** Plain text of several lines, at most `max` characters. */
export function text({ label, hint, max = 2000 }: Labels & { max?: number }) {
  const schema = z
    .string({ error: (issue) => (issue.input === undefined ? '不能为空' : '应当是文字') })
    .trim()
    .min(1, '不能为空')
    .refine((value) => [...value].length <= max, {
      error: (issue) => `超过 ${max} 个字（现有 ${[...String(issue.input)].length} 个字），请缩短`,
    });
  return withMeta(schema, { label, hint, widget: 'text', max });
}

const isRealDate = (value: string) => {
  const [year, month, day] = value.split('-').map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};

/** A permanent identifier that the CMS generates and no editor types, e.g. an RFC 5545 UID. */
export function uid({ label, hint }: Labels) {
  const pattern: [RegExp, string] = [/^[A-Za-z0-9._@-]+$/, '只能用字母、数字和 . _ @ -'];
  return withMeta(line({ label, hint, max: 120, pattern }), { label, hint, widget: 'uid' });
}

/** A calendar day, `YYYY-MM-DD` (ISO 8601), Asia/Shanghai. */
export function date({ label, hint, initial }: Labels & { initial?: 'today' }) {
  const schema = z
    .string({
      error: (issue) => (issue.input === undefined ? '不能为空' : '应当是日期，写成 2026-09-01 的样子'),
    })
    .regex(/^\d{4}-\d{2}-\d{2}$/, '应当是日期，写成 2026-09-01 的样子')
    .refine(isRealDate, '没有这一天，请检查月份和日期');
  return withMeta(schema, { label, hint, widget: 'date', initial });
}

/** A moment, `YYYY-MM-DDTHH:mm`, or a whole day, `YYYY-MM-DD`; always Asia/Shanghai. */
export function moment({ label, hint }: Labels) {
  const message = '应当是日期和时间，写成 2026-09-01T09:00 的样子（全天活动只写日期）';
  const schema = z
    .string({ error: (issue) => (issue.input === undefined ? '不能为空' : message) })
    .regex(/^\d{4}-\d{2}-\d{2}(T([01]\d|2[0-3]):[0-5]\d)?$/, message)
    .refine((value) => isRealDate(value.slice(0, 10)), '没有这一天，请检查月份和日期');
  return withMeta(schema, { label, hint, widget: 'datetime' });
}

/** A number; `integer` by default. `min` and `max` in the field's own unit. */
export function number({
  label,
  hint,
  min = 0,
  max = 1e12,
  integer = true,
}: Labels & { min?: number; max?: number; integer?: boolean }) {
  let schema = z.number({
    error: (issue) => (issue.input === undefined ? '不能为空' : '应当是数字，不要带单位或逗号'),
  });
  if (integer) schema = schema.int('应当是整数');
  return withMeta(schema.min(min, `不能小于 ${min}`).max(max, `不能大于 ${max}`), {
    label,
    hint,
    widget: 'number',
    integer,
  });
}

/** Yes or no; absent means `initial`. */
export function yesNo({ label, hint, initial = false }: Labels & { initial?: boolean }) {
  const schema = z.boolean({ error: '只能写 true 或 false' }).default(initial);
  return withMeta(schema, { label, hint, widget: 'boolean', initial });
}

/** Front matter can put a list or a group anywhere, and a group may have a key `toString`: those are named, not shown. */
function notOneOf(value: unknown): string {
  if (Array.isArray(value)) return '这里只写一项，不是列表';
  if (typeof value === 'object' && value !== null) return '这里只写一项，不是一组字段';
  return `没有「${String(value)}」这一项`;
}

/** One value of a closed list. `options` maps stored value → Chinese label, in display order. */
export function choice<const O extends Readonly<Record<string, string>>>({
  label,
  hint,
  options,
  initial,
}: Labels & { options: O; initial?: keyof O & string }) {
  const values = Object.keys(options) as [keyof O & string, ...(keyof O & string)[]];
  const schema = z.enum(values, {
    error: (issue) =>
      issue.input === undefined
        ? '不能为空'
        : typeof issue.input === 'boolean'
          ? `要加上引号，写成 '${String(issue.input)}'`
          : `${notOneOf(issue.input)}；可以写：${values.map((v) => `${v}（${options[v]}）`).join('、')}`,
  });
  return withMeta(schema, { label, hint, widget: 'select', options, initial });
}

/** Several values of a closed list; absent means none. */
export function choices<const O extends Readonly<Record<string, string>>>({
  label,
  hint,
  options,
}: Labels & { options: O }) {
  const one = choice({ label, options });
  const schema = z.array(one, { error: '应当是一个列表' }).default([]);
  return withMeta(schema, { label, hint, widget: 'select', options });
}

/** The slug of an entry of type or list `to`. That it exists is checked by `findBrokenReferences`. */
export function reference({ label, hint, to }: Labels & { to: string }) {
  const schema = z
    .string({ error: (issue) => (issue.input === undefined ? '不能为空' : '应当是另一条内容的网址名') })
    .min(1, '不能为空');
  return withMeta(schema, { label, hint, widget: 'relation', to });
}

/** Slugs of several entries of type or list `to`; absent means none. */
export function references({ label, hint, to }: Labels & { to: string }) {
  const schema = z.array(reference({ label, to }), { error: '应当是一个列表' }).default([]);
  return withMeta(schema, { label, hint, widget: 'relation', to });
}

/** A list of `item`s, in the editor's order; absent means empty. */
export function list<S extends z.ZodType>(
  item: S,
  { label, hint, itemLabel, summary }: Labels & { itemLabel?: string; summary?: string },
) {
  const schema = z.array(item, { error: '应当是一个列表（每项前面有一个短横）' }).default([]);
  return withMeta(schema, { label, hint, widget: 'list', itemLabel, summary, collapsed: true });
}

/** Fields that belong together, e.g. a cover picture with its alt text. Unknown keys are errors. */
export function group<Shape extends z.ZodRawShape>(shape: Shape, { label, hint }: Labels) {
  const schema = z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? undefined : '应当是一组字段'),
  });
  return withMeta(schema, { label, hint, widget: 'object', collapsed: true });
}

const UPLOAD = /^\/uploads\/[A-Za-z0-9][A-Za-z0-9._/-]*$/;
const endsIn = (extensions: readonly string[]) => new RegExp(`\\.(?:${extensions.join('|')})$`, 'i');

/** Address of an uploaded picture, `/uploads/….(jpg|png|webp|avif|gif|svg)`. */
export function imagePath({ label, hint }: Labels) {
  const schema = z
    .string({ error: '不能为空' })
    .regex(UPLOAD, '应当是已上传的图片，写成 /uploads/… 的样子；外站图片请先下载再上传')
    .regex(endsIn(PICTURE_EXTENSIONS), `图片只支持 ${PICTURE_EXTENSIONS.join('、')}`);
  return withMeta(schema, { label, hint, widget: 'image' });
}

/** Address of an uploaded file, `/uploads/….(pdf|docx|xlsx|zip|mp4|mp3)`. */
export function filePath({ label, hint }: Labels) {
  const schema = z
    .string({ error: '不能为空' })
    .regex(UPLOAD, '应当是已上传的附件，写成 /uploads/… 的样子')
    .regex(endsIn(ATTACHMENT_EXTENSIONS), `附件只支持 ${ATTACHMENT_EXTENSIONS.join('、')}`);
  return withMeta(schema, { label, hint, widget: 'file' });
}

/** Address of an uploaded map, `/uploads/….geojson` (RFC 7946). */
export function mapPath({ label, hint }: Labels) {
  const schema = z
    .string({ error: '不能为空' })
    .regex(UPLOAD, '应当是已上传的文件，写成 /uploads/… 的样子')
    .regex(endsIn(MAP_EXTENSIONS), '地图文件只支持 GeoJSON，扩展名是 .geojson');
  return withMeta(schema, { label, hint, widget: 'file' });
}

/** An `http(s)` address on another site, shown as a link and never loaded by a page. */
export function link({ label, hint }: Labels) {
  const schema = z
    .string({ error: '不能为空' })
    .max(2000, '网址太长')
    .refine((value) => {
      try {
        return ['http:', 'https:'].includes(new URL(value).protocol);
      } catch {
        return false;
      }
    }, '应当是完整的网址，以 https:// 或 http:// 开头');
  return withMeta(schema, { label, hint, widget: 'string' });
}
