import {
  type Document,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type ToStringOptions,
  YAMLMap,
} from 'yaml';
import type { z } from 'zod';
import { elementOf, metaOf, shapeOf } from '../../src/model/schema.ts';
import { dataOfYaml, explainYaml, MAX_YAML, parseYaml } from '../../src/model/yaml.ts';
import type { ListedEntry } from '../protocol/entries.ts';
import { BODY_FIELD, LABELS_FIELD, REVIEW_FIELD, SLUG_FIELD, STAGE_LABEL } from './config.ts';
import { STAGES, type Stage } from '../protocol/review.ts';

/**
 * Between a content file and the form's data. Saving changes as little of the file as it can: fields that mean the same
 * as before keep their lines, with comments, quotes and order. Pure; the editor and the server share it.
 */

export type FileFormat = 'mdx' | 'yaml';

export interface FileParts {
  data: Record<string, unknown>;
  /** Text after the front matter without blank lines around it; empty for YAML. */
  body: string;
}

/** The word for front matter in what an editor reads. */
const HEAD = '文件开头（两行「---」之间）';

const FRONT_MATTER = /^---\n([\s\S]*?\n)?---[ \t]*(?:\n|$)/;

const clean = (text: string) => text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');

/** Front matter and body as they stand in the file; undefined when it does not begin with `---`. */
function split(text: string, format: FileFormat): { yaml: string; rest: string } | undefined {
  if (format === 'yaml') return { yaml: text, rest: '' };
  const found = FRONT_MATTER.exec(text);
  return found ? { yaml: found[1] ?? '', rest: text.slice(found[0].length) } : undefined;
}

const trimBody = (rest: string) => rest.replace(/^(?:[ \t]*\n)+/, '').trimEnd();

/**
 * Reads a file for the form; values are not checked.
 *
 * @throws a Chinese message when the front matter cannot be read
 */
export function readFileParts(source: string, format: FileFormat): FileParts {
  const parts = split(clean(source), format);
  if (!parts) throw new Error(`${HEAD}写得不对：第一行必须是「---」，标题等信息之后再有一行「---」`);
  if (parts.yaml.length > MAX_YAML) throw new Error(`${HEAD}太长，请检查是否混入了正文`);
  const document = parseYaml(parts.yaml);
  const [error] = document.errors;
  if (error) throw new Error(`${HEAD}读不懂：${explainYaml(error)}`);
  if (document.contents !== null && !isMap(document.contents))
    throw new Error(`${HEAD}读不懂，请先用文本编辑器改正`);
  return { data: dataOfYaml(document) as Record<string, unknown>, body: trimBody(parts.rest) };
}

/** A line before a file's text that tells `readForForm` where it stands; never written into the file. */
export const stageMark = (stage: Stage): string => `#portal-stage ${stage}\n`;

/** An entry as lists get it, without its body, in place of a file's text; see `readForForm`. */
export const listedText = ({ stage, data, problem }: ListedEntry): string =>
  `#portal-listed ${stage}\n${JSON.stringify({ data, problem })}`;

const MARKED = /^#portal-(stage|listed) (\w+)\n/;

function readListed(json: string): FileParts {
  const { data, problem } = JSON.parse(json) as Pick<ListedEntry, 'data' | 'problem'>;
  if (!data) throw new Error(problem);
  return { data, body: '' };
}

/**
 * The same as the form gets it: the body as a field, beside it the labels that lists of entries show.
 *
 * @param marked text, with or without a `stageMark`, or a `listedText`
 */
export function readForForm(marked: string, format: FileFormat, schema: z.ZodType): Record<string, unknown> {
  const [mark = '', kind, stage] = MARKED.exec(marked) ?? [];
  const rest = marked.slice(mark.length);
  const { data, body } = kind === 'listed' ? readListed(rest) : readFileParts(rest, format);
  const labels: Record<string, string> = {};
  if (stage) labels[STAGE_LABEL] = STAGES[stage as Stage];
  for (const [name, field] of Object.entries(shapeOf(schema))) {
    const value = data[name];
    if (typeof value !== 'string') continue;
    const meta = metaOf(field);
    const label = meta?.widget === 'datetime' ? value.replace('T', ' ') : meta?.options?.[value];
    if (label) labels[name] = label;
  }
  return {
    ...data,
    ...(Object.keys(labels).length > 0 ? { [LABELS_FIELD]: labels } : {}),
    ...(format === 'mdx' ? { [BODY_FIELD]: body } : {}),
  };
}

/** The form's data as a new file's text. */
export function writeForm(form: Record<string, unknown>, format: FileFormat, schema: z.ZodType): string {
  const {
    [BODY_FIELD]: body,
    [SLUG_FIELD]: _slug,
    [REVIEW_FIELD]: _review,
    [LABELS_FIELD]: _labels,
    ...data
  } = form;
  return writeFile({ data, body: format === 'mdx' ? String(body ?? '') : '' }, format, schema);
}

/**
 * The text of a file.
 *
 * @param before the file's text until now; what means the same keeps its lines
 */
export function writeFile(
  { data, body }: FileParts,
  format: FileFormat,
  schema: z.ZodType,
  before?: string,
): string {
  const kept = drop(schema, data) as Record<string, unknown>;
  const old = before === undefined ? undefined : split(clean(before), format);
  const yaml = (old && rewrite(old.yaml, kept, schema)) ?? writeAll(kept, schema);
  if (format === 'yaml') return asEncoded(yaml, before);
  const text = trimBody(clean(body));
  const rest = old && trimBody(old.rest) === text ? old.rest : `\n${text}${text ? '\n' : ''}`;
  const end = before !== undefined && !text && !clean(before).endsWith('\n') ? '' : '\n';
  return asEncoded(`---\n${yaml}---${text ? `\n${rest}` : end}`, before);
}

/** With the byte order mark and the line ends of Windows, where the file had them until now. */
function asEncoded(text: string, before = ''): string {
  const mark = before.startsWith('\uFEFF') ? '\uFEFF' : '';
  const isWindows = before.includes('\r\n') && !/(?<!\r)\n/.test(before);
  return mark + (isWindows ? text.replaceAll('\n', '\r\n') : text);
}

/**
 * Takes off what a form leaves behind in fields that nobody filled in, and what an absent field means anyway, so that
 * an entry holds what somebody wrote.
 */
function drop(schema: z.ZodType | undefined, value: unknown): unknown {
  const element = schema && elementOf(schema);
  if (Array.isArray(value)) return value.map((item) => drop(element, item));
  if (value === null || typeof value !== 'object') return typeof value === 'string' ? clean(value) : value;
  const shape = schema ? shapeOf(schema) : {};
  const kept = Object.entries(value).flatMap(([key, item]): [string, unknown][] => {
    const field = shape[key];
    const inner = drop(field, item);
    return isAbsent(inner) || (field && isDefault(field, inner)) ? [] : [[key, inner]];
  });
  return Object.fromEntries(kept);
}

const isAbsent = (value: unknown) =>
  value === undefined ||
  value === null ||
  value === '' ||
  (typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length === 0);

function isDefault(field: z.ZodType, value: unknown): boolean {
  const { type, defaultValue } = field.def as { type: string; defaultValue?: unknown };
  return type === 'default' && same(defaultValue, value);
}

/** Deep equality of plain data; the order of keys does not matter. */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b))
    return (
      Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => same(item, b[i]))
    );
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every(
      (key) =>
        Object.hasOwn(b, key) &&
        same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
    )
  );
}

const STYLE: ToStringOptions = { lineWidth: 0, nullStr: '' };

function writeAll(data: Record<string, unknown>, schema: z.ZodType): string {
  const order = Object.keys(shapeOf(schema));
  const keys = [
    ...order.filter((key) => key in data),
    ...Object.keys(data).filter((key) => !order.includes(key)),
  ];
  const document = parseYaml('');
  return keys.map((key) => writePair(document.createPair(key, data[key]))).join('');
}

function writePair(pair: Pair): string {
  const document = parseYaml('');
  const map = new YAMLMap();
  map.items.push(pair);
  document.contents = map as never;
  // `[a, b]` but `{ a: b }`, as people write them
  const flowCollectionPadding = !(isSeq(pair.value) && pair.value.flow);
  return document.toString({ ...STYLE, flowCollectionPadding });
}

interface Segment {
  key: string;
  pair: Pair;
  start: number;
  end: number;
}

/** The old front matter with only the fields rewritten that changed; undefined when it cannot be taken apart. */
function rewrite(yaml: string, data: Record<string, unknown>, schema: z.ZodType): string | undefined {
  const document = parseYaml(yaml);
  const segments = segmentsOf(document, yaml);
  const old = segments && plainData(document);
  if (!old) return undefined;
  const shape = shapeOf(schema);

  const pieces: { key: string | undefined; text: string }[] = [];
  let at = 0;
  for (const { key, pair, start, end } of segments) {
    pieces.push({ key: undefined, text: yaml.slice(at, start) });
    at = end;
    if (Object.hasOwn(data, key) && same(data[key], drop(shape[key], old[key])))
      pieces.push({ key, text: yaml.slice(start, end) });
    else if (Object.hasOwn(data, key)) pieces.push({ key, text: writeChanged(document, pair, data[key]) });
    else if (isUnsaid(shape[key], old[key])) pieces.push({ key, text: yaml.slice(start, end) });
  }
  pieces.push({ key: undefined, text: yaml.slice(at) });

  const order = Object.keys(shape);
  for (const key of Object.keys(data)) {
    if (segments.some((segment) => segment.key === key)) continue;
    const earlier = new Set(order.slice(0, Math.max(0, order.indexOf(key))));
    const after = pieces.findLastIndex((piece) => piece.key !== undefined && earlier.has(piece.key));
    pieces.splice(after + 1, 0, { key, text: writePair(document.createPair(key, data[key]) as Pair) });
  }
  return pieces.map((piece) => piece.text).join('');
}

/** A document's data; undefined when it has anchors. */
function plainData(document: Document): Record<string, unknown> | undefined {
  try {
    return dataOfYaml(document) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

/** A field that says in the file what its absence would say too. */
const isUnsaid = (field: z.ZodType | undefined, value: unknown) => {
  const inner = drop(field, value);
  return isAbsent(inner) || (field !== undefined && isDefault(field, inner));
};

/** Where each top-level field stands, whole lines; undefined unless it is a plain block mapping without errors. */
function segmentsOf(document: Document, yaml: string): Segment[] | undefined {
  if (document.errors.length > 0 || !isMap(document.contents) || document.contents.flow) return undefined;
  const segments: Segment[] = [];
  for (const pair of document.contents.items) {
    if (!isPair(pair) || !isScalar(pair.key) || !pair.key.range) return undefined;
    const start = pair.key.range[0];
    if (start > 0 && yaml[start - 1] !== '\n') return undefined;
    const valueEnd = isNode(pair.value) && pair.value.range ? pair.value.range[1] : pair.key.range[1];
    const used = start + yaml.slice(start, Math.max(valueEnd, pair.key.range[1])).trimEnd().length;
    const lineEnd = yaml.indexOf('\n', used);
    segments.push({ key: String(pair.key.value), pair, start, end: lineEnd < 0 ? yaml.length : lineEnd + 1 });
  }
  return segments;
}

function writeChanged(document: Document, pair: Pair, value: unknown): string {
  const node = isNode(pair.value) ? pair.value : undefined;
  // Comments above the field stand outside its lines and stay anyway.
  const key = document.createNode(String(pair.key));
  if (node) delete node.commentBefore;
  return writePair(document.createPair(key, revise(document, node, value)) as Pair);
}

/** A node that holds `value` and keeps the old node's way of writing wherever it can. */
function revise(document: Document, node: Node | undefined, value: unknown): Node {
  if (node && same(node.toJS(document), value)) return node;
  if (isScalar(node) && (value === null || typeof value !== 'object')) {
    node.value = value;
    delete node.source;
    if (typeof value === 'string' && value.includes('\n')) delete node.type;
    return node;
  }
  if (isMap(node) && value !== null && typeof value === 'object' && !Array.isArray(value)) {
    const data = value as Record<string, unknown>;
    for (const pair of [...node.items]) if (!Object.hasOwn(data, String(pair.key))) node.delete(pair.key);
    for (const [key, item] of Object.entries(data)) {
      const old = node.get(key, true) as Node | undefined;
      node.set(key, revise(document, isNode(old) ? old : undefined, item));
    }
    return node;
  }
  if (isSeq(node) && Array.isArray(value)) {
    const old = node.items.filter(isNode);
    const taken = new Set<Node>();
    const find = (item: unknown) => old.find((was) => !taken.has(was) && same(was.toJS(document), item));
    const exact = value.map((item) => {
      const was = find(item);
      if (was) taken.add(was);
      return was;
    });
    node.items = value.map((item, index) => {
      const was = exact[index];
      if (was) return was;
      const place = old[index];
      if (!place || taken.has(place)) return document.createNode(item, { flow: false }) as Node;
      taken.add(place);
      return revise(document, place, item);
    });
    return node;
  }
  return document.createNode(value) as Node;
}
