import { Fragment, type Node } from 'prosemirror-model';
import { exceededLimit } from '../../../../src/body/source/limits.ts';
import { normalize } from '../../../../src/body/normalize.ts';
import { parseSyntax, type SyntaxNode } from '../../../../src/body/source/parser.ts';
import { nodeType, schema } from '../model/schema.ts';
import { apart, blockMarkdown } from './block.ts';
import { blockNode, NoNode } from './from-syntax.ts';
import { certain } from './inline.ts';
import { hasHeading, looks, type Opened, type Origin } from './opened.ts';

/**
 * From the body's text to the document. Each top-level block remembers the lines it came from (`Origin`), so that what
 * is not edited is written back as it was; a block that Markdown of ours would change is opened as source.
 */

type PlaceOf = (offset: number) => { line: number; column: number };

/** Lines of a block, 1-based, both inclusive. */
interface Span {
  first: number;
  last: number;
  items: SyntaxNode[];
}

/** Opens a body. Never throws, whatever the text. */
export function parseDocument(text: string): Opened {
  const excess = exceededLimit(text);
  if (excess) return asSource(text, excess.message);
  const lines = readLines(text);
  const sliceOf = (from: number, to: number) => text.slice(lines[from - 1]?.start, lines[to - 1]?.end);
  const { source, placeOf } = normalize(text);
  const spans = spansOf(source, placeOf, text, lines);
  const origins = spans.map((span, id): Origin => {
    const before = spans[id - 1];
    const slice = sliceOf(span.first, span.last);
    return {
      source: slice,
      before: before ? text.slice(lines[before.last - 1]?.end, lines[span.first - 1]?.start) : '',
      node: originOf(span, id, source, slice),
      line: span.first,
    };
  });
  const shift = origins.some(({ node, source: typed }) => isFirstLevel(node, typed)) ? 1 : 0;
  const nodes = () => origins.map(({ node }) => node);
  if (looks(certainMarkdown(nodes(), shift)) !== looks(text))
    for (const [id, origin] of origins.entries()) check(origin, id, shift);
  const [first] = spans;
  const last = spans.at(-1);
  return {
    doc: schema.topNodeType.create(null, first ? nodes() : [nodeType('paragraph').create()]),
    origins,
    prefix: text.slice(0, first ? lines[first.first - 1]?.start : text.length),
    suffix: last ? text.slice(lines[last.last - 1]?.end) : '',
    shift,
    lineEnd: text.includes('\r\n') ? '\r\n' : '\n',
  };
}

/** A body that is too large to be read as Markdown, as one block of source. */
function asSource(text: string, why: string): Opened {
  const node = sourceNode(text, 0, why);
  return {
    doc: schema.topNodeType.create(null, [node]),
    origins: [{ source: text, before: '', node, line: 1 }],
    ...{ prefix: '', suffix: '', lineEnd: '\n', shift: 0 },
  };
}

/** Opens a block as source when writing it again would change what a reader sees. */
function check(origin: Origin, id: number, shift: 0 | 1): void {
  const { node, source } = origin;
  if (node.type.name === 'source') return;
  const notes = [...source.matchAll(/\[\^([^\]\s]+)\](?!:)/g)]
    .map(([, label]) => `\n\n[^${label}]: 注`)
    .join('');
  const used = node.type.name === 'footnote_definition' ? `\n\n甲[^${String(node.attrs.label)}]` : notes;
  const around = `${used}${shift ? '\n\n# 题' : ''}`;
  if (looks(blockMarkdown(node, { ...certain, shift }) + around) === looks(source + around)) return;
  origin.node = sourceNode(source, id, '这样的写法编辑器存不好');
}

/** Whether a heading was typed as `# …` or with `===` below it. */
const isFirstLevel = (node: Node, source: string) =>
  hasHeading(node, 2) && /^[ >]*#(?!#)|\n[ >]*=+[ \t]*$/m.test(source);

/** All blocks in the certain notation. */
const certainMarkdown = (nodes: readonly Node[], shift: 0 | 1): string =>
  nodes
    .map((node, index) => blockMarkdown(apart(node, nodes[index - 1]), { ...certain, shift }))
    .filter((text) => text !== '')
    .join('\n\n');

interface Line {
  start: number;
  /** Before the line's end. */
  end: number;
}

function readLines(text: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (const { 0: end, index } of text.matchAll(/\r\n|\r|\n/g)) {
    lines.push({ start, end: index });
    start = index + end.length;
  }
  lines.push({ start, end: text.length });
  const [first] = lines;
  while (first && text[first.start] === '\uFEFF') first.start++;
  return lines;
}

/** The lines of each top-level block; two that share a line are one. */
function spansOf(source: string, placeOf: PlaceOf, text: string, lines: readonly Line[]): Span[] {
  const items = parseSyntax(source).nodes.filter(({ level }) => level === 1);
  const spans: Span[] = [];
  const isBlank = (line: number) => text.slice(lines[line - 1]?.start, lines[line - 1]?.end).trim() === '';
  /** Lines that belong to no block are source: with the block they touch, else by themselves. */
  const keepStray = (from: number, to: number) => {
    let stray = from;
    while (stray <= to && isBlank(stray)) stray++;
    if (stray > to) return;
    const before = spans.at(-1);
    if (before && stray === from) Object.assign(before, { last: to, items: [] });
    else spans.push({ first: stray, last: to, items: [] });
  };
  for (const item of items) {
    let first = Math.min(placeOf(item.start).line, lines.length);
    const end = placeOf(item.end);
    let last = Math.min(end.column === 1 ? end.line - 1 : end.line, lines.length);
    last = Math.max(first, last);
    while (first < last && isBlank(first)) first++;
    while (last > first && isBlank(last)) last--;
    const before = spans.at(-1);
    keepStray((before?.last ?? 0) + 1, first - 1);
    if (before && first <= before.last) {
      before.last = Math.max(before.last, last);
      before.items.push(item);
    } else spans.push({ first, last, items: [item] });
  }
  keepStray((spans.at(-1)?.last ?? 0) + 1, lines.length);
  for (const span of spans) while (span.last > span.first && isBlank(span.last)) span.last--;
  return spans;
}

function originOf(span: Span, id: number, source: string, slice: string): Node {
  const [item] = span.items;
  if (!item || span.items.length > 1) return sourceNode(slice, id, '几种写法混在同一行');
  try {
    return blockNode(source, item, id);
  } catch (error) {
    return sourceNode(slice, id, error instanceof NoNode ? error.message : '编辑器还不认识的写法');
  }
}

/** A block that is edited as text. */
const sourceNode = (text: string, origin: number | null, why: string): Node =>
  nodeType('source').create(
    { origin, why },
    text === '' ? Fragment.empty : schema.text(text.replace(/\r\n?/g, '\n')),
  );
