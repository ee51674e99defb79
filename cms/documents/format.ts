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
import { shapeOf } from '../../src/model/schema.ts';
import { dataOfYaml, explainYaml, MAX_YAML, parseYaml } from '../../src/model/yaml.ts';
import { cleanText, isRedundant, isSame, withoutEmpty } from './empty-values.ts';

/**
 * Reads and writes content files. Writing changes as little of a file as possible: fields that mean the same as before
 * keep their lines, with comments, quotes and order. Pure; the editor and the server share it.
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
  const parts = split(cleanText(source), format);
  if (!parts) throw new Error(`${HEAD}写得不对：第一行必须是「---」，标题等信息之后再有一行「---」`);
  if (parts.yaml.length > MAX_YAML) throw new Error(`${HEAD}太长，请检查是否混入了正文`);
  const document = parseYaml(parts.yaml);
  const [error] = document.errors;
  if (error) throw new Error(`${HEAD}读不懂：${explainYaml(error)}`);
  if (document.contents !== null && !isMap(document.contents))
    throw new Error(`${HEAD}读不懂，请先用文本编辑器改正`);
  return { data: dataOfYaml(document) as Record<string, unknown>, body: trimBody(parts.rest) };
}

/**
 * The text of a file.
 *
 * @param before the former text of the file; fields that mean the same keep its lines
 */
export function writeFile(
  { data, body }: FileParts,
  format: FileFormat,
  schema: z.ZodType,
  before?: string,
): string {
  const kept = withoutEmpty(schema, data) as Record<string, unknown>;
  const old = before === undefined ? undefined : split(cleanText(before), format);
  const yaml = (old && rewrite(old.yaml, kept, schema)) ?? writeAll(kept, schema);
  if (format === 'yaml') return asEncoded(yaml, before);
  const text = trimBody(cleanText(body));
  const rest = old && trimBody(old.rest) === text ? old.rest : `\n${text}${text ? '\n' : ''}`;
  const end = before !== undefined && !text && !cleanText(before).endsWith('\n') ? '' : '\n';
  return asEncoded(`---\n${yaml}---${text ? `\n${rest}` : end}`, before);
}

/** With the byte order mark and the line ends of Windows, where the file had them until now. */
function asEncoded(text: string, before = ''): string {
  const mark = before.startsWith('\uFEFF') ? '\uFEFF' : '';
  const isWindows = before.includes('\r\n') && !/(?<!\r)\n/.test(before);
  return mark + (isWindows ? text.replaceAll('\n', '\r\n') : text);
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
    if (Object.hasOwn(data, key) && isSame(data[key], withoutEmpty(shape[key], old[key])))
      pieces.push({ key, text: yaml.slice(start, end) });
    else if (Object.hasOwn(data, key)) pieces.push({ key, text: writeChanged(document, pair, data[key]) });
    else if (isRedundant(shape[key], old[key])) pieces.push({ key, text: yaml.slice(start, end) });
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
  if (node && isSame(node.toJS(document), value)) return node;
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
    const find = (item: unknown) => old.find((was) => !taken.has(was) && isSame(was.toJS(document), item));
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
