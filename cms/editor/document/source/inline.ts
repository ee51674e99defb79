import type { Fragment, Mark, Node } from 'prosemirror-model';
import { bareAddresses, writeLink } from '../../../../src/body/source/addresses.ts';
import { writeTag } from '../../../../src/body/source/tags.ts';

/** Inline content as Markdown, in one of several notations; see `Notation`. */

/**
 * How Markdown is written. The `certain` one escapes every mark and uses tags, so that it always means what it should;
 * the others are what people write, and are used where they are rendered the same (`block.ts`).
 */
export interface Notation {
  /** Which marks of the text are escaped. */
  escape: 'none' | 'some' | 'all';
  strong: '**' | '__' | '<strong>';
  em: '*' | '_' | '<em>';
  strike: '~~' | '<del>';
  lineBreak: '\n' | '\\\n' | '  \n' | '<br />';
  /** How many `#` fewer a heading has than its level: 1 in a body that has a first-level heading, see `guard.ts`. */
  shift: 0 | 1;
}

export const certain: Notation = {
  escape: 'all',
  strong: '<strong>',
  em: '<em>',
  strike: '<del>',
  lineBreak: '<br />',
  shift: 0,
};

interface Item {
  node: Node;
  marks: readonly Mark[];
}

/** Outermost first; code is always innermost, because nothing inside it is read. */
const ORDER = ['link', 'strike', 'strong', 'em', 'u', 'mark', 'small', 'kbd', 'sub', 'sup', 'code'];

/**
 * Inline nodes as Markdown.
 *
 * @param oneLine whether a line break has to be a tag, as in headings and cells
 */
export function inlineMarkdown(content: Fragment, notation: Notation, oneLine = false): string {
  const items: Item[] = [];
  content.forEach((node) => {
    items.push({ node, marks: node.marks });
  });
  while (items.at(-1)?.node.type.name === 'hard_break') items.pop();
  const used: Notation = { ...notation, lineBreak: oneLine ? '<br />' : notation.lineBreak };
  // A tag around a whole line would be a block of its own; there Markdown's marks are certain too.
  const isOneMark = longestMark(items, 0)[1] === items.length;
  return writeItems(items, isOneMark ? { ...used, ...asMarks(used) } : used);
}

const asMarks = ({ strong, em, strike }: Notation): Pick<Notation, 'strong' | 'em' | 'strike'> => ({
  strong: strong === '<strong>' ? '**' : strong,
  em: em === '<em>' ? '*' : em,
  strike: strike === '<del>' ? '~~' : strike,
});

function writeItems(items: readonly Item[], notation: Notation, isInLink = false): string {
  let written = '';
  for (let at = 0; at < items.length;) {
    const item = items[at] as Item;
    const [mark, length] = longestMark(items, at);
    if (mark) {
      const run = items.slice(at, at + length);
      const inner = run.map((one) => ({ ...one, marks: mark.removeFromSet(one.marks) }));
      written += writeMark(mark, inner, notation, isInLink, items[at + length]?.node);
      at += length;
    } else {
      written += writeLeaf(item.node, notation, isInLink);
      at++;
    }
  }
  return written;
}

/** The mark of an item that reaches furthest, and how far. */
function longestMark(items: readonly Item[], at: number): [Mark | undefined, number] {
  let best: Mark | undefined;
  let reach = 0;
  const marks = [...(items[at]?.marks ?? [])].sort(
    (a, b) => ORDER.indexOf(a.type.name) - ORDER.indexOf(b.type.name),
  );
  for (const mark of marks) {
    let end = at + 1;
    while (items[end]?.marks.some((one) => one.eq(mark))) end++;
    if (end - at > reach && (mark.type.name !== 'code' || marks.length === 1)) {
      best = mark;
      reach = end - at;
    }
  }
  return [best, reach];
}

const textOf = (items: readonly Item[]) => items.map(({ node }) => node.textContent).join('');

function writeMark(
  mark: Mark,
  items: readonly Item[],
  notation: Notation,
  isInLink: boolean,
  next: Node | undefined,
): string {
  const { name } = mark.type;
  if (name === 'code') return writeCode(textOf(items));
  if (name === 'link') return writeLinkMark(mark, items, notation, next);
  const inner = writeItems(items, notation, isInLink);
  const [, before = '', core = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(inner) ?? [];
  if (core === '') return inner;
  if (name === 'strong' || name === 'em' || name === 'strike') {
    const delimiter = notation[name];
    return `${before}${delimiter}${core}${delimiter.replace('<', '</')}${after}`;
  }
  return `${before}<${name}>${core}</${name}>${after}`;
}

function writeLinkMark(mark: Mark, items: readonly Item[], notation: Notation, next: Node | undefined) {
  const href = String(mark.attrs.href);
  const title = String(mark.attrs.title ?? '');
  const text = textOf(items);
  const isBare = text === href && !title && items.length === 1 && items[0]?.marks.length === 0;
  if (isBare && notation.escape === 'none' && !/^[!-~]/.test(next?.textContent ?? '')) return href;
  const inner = writeItems(items, notation, true).trim();
  const address = /[\s()<>]/.test(href)
    ? href.replace(/[\s<>()]/g, (one) => `%${one.charCodeAt(0).toString(16).padStart(2, '0')}`)
    : href;
  const quoted = title ? ` "${title.replace(/["\\]/g, '\\$&')}"` : '';
  return `[${inner}](${address}${quoted})`;
}

function writeCode(text: string): string {
  let fence = '`';
  while (new RegExp(`(?<!\`)${fence}(?!\`)`).test(text)) fence += '`';
  const pad = /^`|`$/.test(text) || (/^ .* $/.test(text) && text.trim() !== '') ? ' ' : '';
  return fence + pad + text + pad + fence;
}

function writeLeaf(node: Node, notation: Notation, isInLink: boolean): string {
  const { attrs } = node;
  switch (node.type.name) {
    case 'hard_break':
      return isInLink ? '<br />' : notation.lineBreak;
    case 'image': {
      const title = attrs.title ? ` "${String(attrs.title).replace(/["\\]/g, '\\$&')}"` : '';
      const src = String(attrs.src).replace(/[\s<>()]/g, encodeURIComponent);
      return `![${escapeText(String(attrs.alt), { ...notation, escape: notation.escape === 'none' ? 'some' : notation.escape })}](${src}${title})`;
    }
    case 'math_inline':
      return `$${String(attrs.tex)}$`;
    case 'footnote_ref':
      return `[^${String(attrs.label)}]`;
    case 'site_inline':
      return tag(String(attrs.name), attrs.attributes as Record<string, string>, 'void');
    case 'raw_inline':
      return String(attrs.source);
    default:
      return escapeText(node.text ?? '', notation, isInLink);
  }
}

/** A tag of a block with its attributes; empty ones are left out. */
export const tag = (name: string, attributes: Readonly<Record<string, string>>, kind: 'void' | 'open') =>
  writeTag({
    ...{ start: 0, end: 0, name, kind },
    attributes: Object.entries(attributes).map(([key, value]) => ({ name: key, value })),
  });

/**
 * Escapes what Markdown or the site's own rules would read as a mark. A bare address is a link on the page, so the
 * certain notation writes a link.
 */
export function escapeText(
  text: string,
  { escape: escaped }: Pick<Notation, 'escape'>,
  isInLink = false,
): string {
  const line = text.replace(/[\t\n\r]/g, ' ');
  if (escaped === 'none') return line;
  const marks = escaped === 'all' ? /[!-/:-@[-`{-~]/g : /[\\`*_{}[\]<~$]|!$|&(?=[#a-z])/gi;
  const plain = (part: string) => part.replace(marks, '\\$&');
  if (isInLink) return line.replace(/[!-/:-@[-`{-~]/g, '\\$&');
  let written = '';
  let from = 0;
  for (const { start, end, address } of bareAddresses(line.replace(/\\|&(?=#?\w+;)/g, ' ')).found) {
    written += plain(line.slice(from, start));
    written += escaped === 'all' ? writeLink(address) : line.slice(start, end);
    from = end;
  }
  return written + plain(line.slice(from));
}
