import type { Node } from 'prosemirror-model';
import { apart, blockMarkdown } from './block.ts';
import { certain, type Notation } from './inline.ts';
import { hasHeading, looks, type Opened, type Origin } from './opened.ts';

/** From the document to the body's text: what was not edited keeps every byte, the rest is written as its author would. */

/** Markdown of each node that was written; nodes never change, so neither does it. */
const written = [new WeakMap<Node, string>(), new WeakMap<Node, string>()] as const;

/**
 * The body's text.
 *
 * @param opened the text as it was opened; see `opened.ts`
 */
export const serializeDocument = (doc: Node, opened: Opened): string =>
  partsOf(doc, opened)
    .map(({ text }) => text)
    .join('');

/** Number of the top-level block, from 0, in which a line (1-based) of the body's text stands. */
export function blockOfLine(doc: Node, opened: Opened, line: number): number | undefined {
  let reached = 1;
  let found: number | undefined;
  for (const { text, index } of partsOf(doc, opened)) {
    if (index !== undefined && reached <= line) found = index;
    reached += (text.match(/\r\n?|\n/g) ?? []).length;
  }
  return found;
}

interface Part {
  text: string;
  /** Number of the block that this is; undefined for what stands between blocks. */
  index?: number;
}

/** The text in the pieces it is made of. */
function partsOf(doc: Node, opened: Opened): Part[] {
  const { origins, prefix, suffix, lineEnd } = opened;
  // The first-level heading may stand in a block of source.
  const keepsTitle = hasHeading(doc, 2) || !hasHeading(opened.doc, 2);
  const shift = opened.shift === 1 && keepsTitle ? 1 : 0;
  const pieces: (Piece & { text: string; index: number })[] = [];
  doc.forEach((node, _, index) => {
    const id = node.attrs.origin as number | null;
    const from = id === null ? undefined : origins[id];
    const isLevel = shift === opened.shift || !hasHeading(node);
    const kept = from !== undefined && isLevel && (node === from.node || node.eq(from.node));
    const text = kept
      ? from.source
      : markdownOf(apart(node, pieces.at(-1)?.node), from, shift).replaceAll('\n', lineEnd);
    if (text !== '' || kept) pieces.push({ text, id, node, index });
  });
  if (pieces.length === 0) return [{ text: origins.length === 0 ? prefix + suffix : '' }];
  const isStart = pieces[0]?.id === 0 || prefix.trim() === '';
  const parts: Part[] = [{ text: isStart ? prefix : '' }];
  for (const [at, piece] of pieces.entries()) {
    const before = pieces[at - 1];
    if (before) parts.push({ text: gapBetween(before, piece, opened) });
    parts.push({ text: piece.text, index: piece.index });
  }
  return [...parts, { text: suffix }];
}

interface Piece {
  id: number | null;
  node: Node;
}

/** What stood between two blocks when they were neighbours before, else an empty line. */
function gapBetween(before: Piece, after: Piece, { origins, lineEnd }: Opened): string {
  const blank = lineEnd + lineEnd;
  if (before.id === null || after.id !== before.id + 1) return blank;
  const gap = origins[after.id]?.before ?? blank;
  const isBlank = (gap.match(/\n|\r(?!\n)/g) ?? []).length > 1;
  const sameKind = [before, after].every(({ id, node }) => origins[id ?? -1]?.node.type === node.type);
  return isBlank || sameKind ? gap : blank;
}

/** Markdown of an edited block: the first notation that is rendered as the certain one is. */
export function markdownOf(node: Node, from?: Origin, shift: 0 | 1 = 0): string {
  const known = written[shift].get(node);
  if (known !== undefined) return known;
  const text = bestMarkdown(node, from, shift);
  written[shift].set(node, text);
  return text;
}

function bestMarkdown(node: Node, from: Origin | undefined, shift: 0 | 1): string {
  const sure = blockMarkdown(node, { ...certain, shift });
  if (sure === '') return '';
  const notes = notesOf(node);
  const meant = looks(sure + notes);
  for (const notation of notations(node, from?.source ?? '', shift)) {
    const text = blockMarkdown(node, notation);
    if (text === sure || looks(text + notes) === meant) return withOldRule(text, node, from);
  }
  return sure;
}

/** Definitions of the notes that a block refers to, without which a reference is only text. */
function notesOf(node: Node): string {
  const labels = new Set<string>();
  node.descendants((child) => {
    if (child.type.name === 'footnote_ref') labels.add(String(child.attrs.label));
  });
  if (node.type.name === 'footnote_definition') return `\n\n甲[^${String(node.attrs.label)}]`;
  return [...labels].map((label) => `\n\n[^${label}]: 注`).join('');
}

/** The notations to try: first the author's own. */
function notations(node: Node, source: string, shift: 0 | 1): Notation[] {
  const plain: Notation = {
    escape: 'none',
    shift,
    strong: /__\S/.test(source) && !source.includes('**') ? '__' : '**',
    em: /(?<![\w_])_[^_\s]/.test(source) && !/(?<!\*)\*[^*\s]/.test(source) ? '_' : '*',
    strike: '~~',
    lineBreak: source.includes('\\\n')
      ? '\\\n'
      : / {2}\n/.test(source)
        ? '  \n'
        : /<br\s*\/?>/.test(source)
          ? '<br />'
          : '\n',
  };
  const usual: Notation = { ...plain, strong: '**', em: '*', lineBreak: '\\\n' };
  // A bracket may be read as a note or a link by what stands elsewhere in the body.
  const isSafeAlone = !/\[\^|\]\s*:|\]\s*\[/.test(node.textContent);
  return [
    ...(isSafeAlone ? [plain] : []),
    { ...plain, escape: 'some' },
    { ...usual, escape: 'some' },
    { ...usual, escape: 'all' },
    { ...certain, shift, escape: 'some' },
  ];
}

/** A table whose columns are the same keeps the line below its heads as it was typed. */
function withOldRule(text: string, node: Node, from: Origin | undefined): string {
  if (node.type.name !== 'table' || from?.node.type.name !== 'table') return text;
  const [head = '', rule = '', ...rest] = text.split('\n');
  const old = from.source.split(/\r?\n/)[1] ?? '';
  const kinds = (line: string) =>
    line
      .replace(/^\s*\||\|\s*$/g, '')
      .split('|')
      .map((cell) => cell.trim().replace(/-+/, '-'))
      .join('|');
  return kinds(old) === kinds(rule) ? [head, old, ...rest].join('\n') : text;
}
