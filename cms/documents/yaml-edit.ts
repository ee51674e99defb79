import isEqual from 'lodash/isEqual.js';
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
import type { ParsedDocument } from '../../src/model/document.ts';
import { parseYaml } from '../../src/model/yaml.ts';
import { isOmitted, omitDefaults } from './omit-defaults.ts';

/** Writes YAML so that a saved file differs from the one before only where the data differs. */

const STYLE: ToStringOptions = { lineWidth: 0, nullStr: '' };

/** All fields as YAML, in the order of the schema. */
export function stringifyYaml(data: Record<string, unknown>, schema: z.ZodType): string {
  const order = Object.keys(shapeOf(schema));
  const keys = [
    ...order.filter((key) => key in data),
    ...Object.keys(data).filter((key) => !order.includes(key)),
  ];
  const document = parseYaml('');
  return keys.map((key) => stringifyPair(document.createPair(key, data[key]))).join('');
}

function stringifyPair(pair: Pair): string {
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

/**
 * The YAML with only the changed fields rewritten; undefined when it is no plain block mapping or has anchors.
 *
 * @param before parsed again only when something has to be rewritten: that changes the nodes of the old fields
 */
export function updateYaml(
  before: ParsedDocument,
  data: Record<string, unknown>,
  schema: z.ZodType,
): string | undefined {
  const { tree, yaml } = before;
  const old = before.data as Record<string, unknown> | undefined;
  if (!tree || !old || !segmentsOf(tree, yaml)) return undefined;
  const shape = shapeOf(schema);
  if (isUnchanged(data, old, shape)) return yaml;
  return rewriteYaml(yaml, { data, old, shape });
}

interface Rewriting {
  /** Without defaults. */
  data: Record<string, unknown>;
  old: Record<string, unknown>;
  shape: Record<string, z.ZodType>;
}

/** Whether the data means the same as the old, for which what equals a default may be written. */
const isUnchanged = (data: Rewriting['data'], old: Rewriting['old'], shape: Rewriting['shape']): boolean =>
  Object.keys(data).every(
    (key) => Object.hasOwn(old, key) && isEqual(data[key], omitDefaults(shape[key], old[key])),
  ) &&
  Object.keys(old).every(
    (key) => Object.hasOwn(data, key) || isOmitted(shape[key], omitDefaults(shape[key], old[key])),
  );

function rewriteYaml(yaml: string, { data, old, shape }: Rewriting): string | undefined {
  const document = parseYaml(yaml);
  const segments = segmentsOf(document, yaml);
  if (!segments) return undefined;

  const pieces: { key: string | undefined; text: string }[] = [];
  let at = 0;
  for (const { key, pair, start, end } of segments) {
    pieces.push({ key: undefined, text: yaml.slice(at, start) });
    at = end;
    const field = shape[key];
    const before = omitDefaults(field, old[key]);
    if (Object.hasOwn(data, key) && isEqual(data[key], before))
      pieces.push({ key, text: yaml.slice(start, end) });
    else if (Object.hasOwn(data, key))
      pieces.push({ key, text: stringifyChanged(document, yaml, pair, data[key]) });
    else if (isOmitted(field, before)) pieces.push({ key, text: yaml.slice(start, end) });
  }
  pieces.push({ key: undefined, text: yaml.slice(at) });

  const order = Object.keys(shape);
  for (const key of Object.keys(data)) {
    if (segments.some((segment) => segment.key === key)) continue;
    const earlier = new Set(order.slice(0, Math.max(0, order.indexOf(key))));
    const after = pieces.findLastIndex((piece) => piece.key !== undefined && earlier.has(piece.key));
    pieces.splice(after + 1, 0, { key, text: stringifyPair(document.createPair(key, data[key]) as Pair) });
  }
  return pieces.map((piece) => piece.text).join('');
}

/** The whole lines of each top-level field; undefined unless it is a plain block mapping without errors. */
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

function stringifyChanged(document: Document, yaml: string, pair: Pair, value: unknown): string {
  const node = isNode(pair.value) ? pair.value : undefined;
  const space = spaceBeforeRemark(node, yaml);
  // Comments above the field are outside its segment, so they are kept without this.
  const key = document.createNode(String(pair.key));
  if (node) delete node.commentBefore;
  const text = stringifyPair(document.createPair(key, updateNode(document, node, value)) as Pair);
  const remark = ` #${node?.comment}\n`;
  return space && text.endsWith(remark) ? text.slice(0, -remark.length) + space + remark.trimStart() : text;
}

/** What stands between a value and the remark on its line: how far it is set apart tells a remark from words. */
const spaceBeforeRemark = (node: Node | undefined, yaml: string): string | undefined =>
  isScalar(node) && node.range ? /^([ \t]+)#/.exec(yaml.slice(node.range[1], node.range[2]))?.[1] : undefined;

/** A node that holds `value`, with the style (quotes, flow or block, comments) of the old node. */
function updateNode(document: Document, node: Node | undefined, value: unknown): Node {
  if (node && isEqual(node.toJS(document), value)) return node;
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
      node.set(key, updateNode(document, isNode(old) ? old : undefined, item));
    }
    return node;
  }
  if (isSeq(node) && Array.isArray(value)) {
    const old = node.items.filter(isNode);
    const taken = new Set<Node>();
    const find = (item: unknown) => old.find((was) => !taken.has(was) && isEqual(was.toJS(document), item));
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
      return updateNode(document, place, item);
    });
    return node;
  }
  return document.createNode(value) as Node;
}
