import { blockNamed } from '../../blocks/index.ts';
import { type BareAddress, bareAddresses } from './addresses.ts';
import { moneyMarks } from './dollars.ts';
import { applyEdits, type Edit } from './edits.ts';
import { inlineElement } from './inline-html.ts';
import { productMarks, rangeMarks } from './marks.ts';
import { parseSyntax, type SyntaxNode, type SyntaxTree } from './parser.ts';
import { readTag, type Tag } from './tags.ts';
import { endOfLine, isEscaped } from './offsets.ts';

/** Finding what is where: the text parsed once, with everything that MDX would run masked. */

export interface KnownTag extends Tag {
  /** A block alone on its line(s); its container's prefix (indent and `>`). */
  prefix?: string;
  /** Offset where its first line begins, and where the last one ends. */
  lineStart?: number;
  lineEnd?: number;
  /** The open tag of `<Callout>text</Callout>` on one line, or its close tag. */
  sameLine?: boolean;
}

export interface Source {
  text: string;
  masked: string;
  tree: SyntaxTree;
  tags: KnownTag[];
  autolinks: { start: number; end: number; address: string }[];
  addresses: BareAddress[];
  /** Offsets after the colon of addresses without a host. */
  hostless: number[];
  /** Offsets of `~`, `*` and `$` that are text although Markdown would pair them. */
  textMarks: number[];
  /** 1 where the text is code or maths. */
  code: Uint8Array;
  /** What kind of words stand at each offset: one of `WORDS`. */
  words: Uint8Array;
}

/** Kinds of words: in running text, in the words of a link, in the description of a picture. */
export const WORDS = { none: 0, text: 1, link: 2, picture: 3 } as const;

const AUTOLINK =
  /<((?:https?:\/\/|mailto:)[^\s<>]{1,2000}|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})>/y;

/**
 * Reads and masks the text; undefined when even the masked text cannot be used.
 *
 * @param asText offsets of block tags alone on their line that are text all the same, e.g. in a code span
 */
export function readSource(text: string, asText: ReadonlySet<number> = new Set()): Source | undefined {
  const { tags, autolinks } = readAngles(text);
  markBlockLines(text, tags);
  const { found: addresses, hostless } = bareAddresses(text);
  const marks = [...rangeMarks(text), ...productMarks(text)];
  const skips = new Map([...addresses, ...autolinks, ...tags].map(({ start, end }) => [start, end]));

  for (const keepAngles of [true, false]) {
    const masked = (money: readonly number[]) =>
      mask(text, {
        tags,
        asText,
        autolinks,
        addresses,
        keepAngles,
        marks: [...marks, ...hostless.map((at) => at - 1), ...money],
      });
    try {
      let seen = masked([]);
      let tree = parseSyntax(seen);
      const money = tree.nodes
        .filter((node) => /^(paragraph|heading|tableCell)$/.test(node.type))
        .flatMap(({ start, end }) => moneyMarks(text, start, end, (at) => skips.get(at)));
      if (money.length > 0) {
        seen = masked(money);
        tree = parseSyntax(seen);
      }
      restoreAddresses(text, seen, tree);
      const code = new Uint8Array(text.length + 1);
      for (const node of tree.nodes)
        if (/^(code|inlineCode|math|inlineMath)$/.test(node.type)) code.fill(1, node.start, node.end);
      return {
        ...{ text, masked: seen, tree, tags, autolinks, addresses, hostless, code },
        textMarks: [...marks, ...money],
        words: wordsOf(text, tree),
      };
    } catch {
      // `](<` did not turn out to be a link: mask it and read again.
    }
  }
  return undefined;
}

/** The tags and the addresses in angle brackets that bodies know. */
function readAngles(text: string): Pick<Source, 'tags' | 'autolinks'> {
  const tags: KnownTag[] = [];
  const autolinks: Source['autolinks'] = [];
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
    if (isEscaped(text, at) || text.startsWith('](', at - 2)) continue;
    AUTOLINK.lastIndex = at;
    const address = AUTOLINK.exec(text)?.[1];
    if (address) {
      autolinks.push({ start: at, end: at + address.length + 2, address });
      at += address.length + 1;
      continue;
    }
    const tag = readTag(text, at);
    if (!tag || !(blockNamed(tag.name) || inlineElement(tag.name) || isAnchor(tag))) continue;
    tags.push(tag);
    at = tag.end - 1;
  }
  return { tags, autolinks };
}

/** `<a>`, a link typed by hand. */
export const isAnchor = ({ name }: Tag) => name === 'a' || name === 'A';

/** Gives links and pictures the address that was typed instead of the masked one. */
function restoreAddresses(text: string, masked: string, { nodes }: SyntaxTree) {
  for (const node of nodes) {
    if (!node.url || !/^(link|image|definition)$/.test(node.type)) continue;
    const from = node.type === 'image' ? endOfLabel(text, node) : (node.children.at(-1)?.end ?? node.start);
    const at = masked.slice(from, node.end).indexOf(node.url);
    if (at >= 0) node.url = text.slice(from + at, from + at + node.url.length);
    else if (/%x*%/.test(node.url))
      node.url = /(?:https?:)?\/\/[^\s)>]*/i.exec(text.slice(from, node.end))?.[0] ?? '';
  }
}

/** Where words stand that an editor sees as text, and of which kind. */
function wordsOf(text: string, { nodes }: SyntaxTree): Uint8Array {
  const words = new Uint8Array(text.length + 1);
  const inLink = new Set<SyntaxNode>();
  for (const node of nodes) {
    if (/^(link|linkReference)$/.test(node.type) || (node.parent && inLink.has(node.parent)))
      inLink.add(node);
    if (node.type === 'text') words.fill(inLink.has(node) ? WORDS.link : WORDS.text, node.start, node.end);
    if (node.type === 'image' || node.type === 'imageReference')
      words.fill(WORDS.picture, node.start + 2, endOfLabel(text, node));
  }
  return words;
}

/** Where the description of a picture ends: at its `]`. */
export function endOfLabel(text: string, { start, end }: SyntaxNode): number {
  let depth = 0;
  for (let at = start + 1; at < end; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '[') depth++;
    else if (text[at] === ']' && --depth === 0) return at;
  }
  return start + 2;
}

/** Finds the block tags that stand alone on their line, or as a pair around one line's text. */
function markBlockLines(text: string, tags: KnownTag[]) {
  for (const [index, tag] of tags.entries()) {
    if (blockNamed(tag.name)?.placement !== 'block' || tag.prefix !== undefined) continue;
    const lineStart = text.lastIndexOf('\n', tag.start - 1) + 1;
    const prefix = text.slice(lineStart, tag.start);
    if (!/^[ \t>]*$/.test(prefix)) continue;
    const lineEnd = endOfLine(text, tag.end);
    const rest = text.slice(tag.end, lineEnd);
    if (rest.trim() === '') {
      Object.assign(tag, { prefix, lineStart, lineEnd });
      continue;
    }
    if (tag.kind !== 'open') continue;
    const close = tags.slice(index + 1, index + 30).find((next) => next.name === tag.name);
    if (close?.kind !== 'close' || close.end > lineEnd || text.slice(close.end, lineEnd).trim() !== '')
      continue;
    Object.assign(tag, { prefix, lineStart, lineEnd, sameLine: true });
    Object.assign(close, { prefix, lineStart, lineEnd, sameLine: true });
  }
}

interface Covered extends Pick<Source, 'tags' | 'autolinks' | 'addresses'> {
  asText: ReadonlySet<number>;
  keepAngles: boolean;
  marks: readonly number[];
}

/** Replaces what MDX would run, and what it would read otherwise than an editor, by as many harmless characters. */
function mask(text: string, { tags, asText, autolinks, addresses, keepAngles, marks }: Covered): string {
  const cover = (start: number, end: number, edge: string, inner: string) =>
    text.slice(start, end).replace(/[^\n]/g, (_, at) => (at === 0 || at === end - start - 1 ? edge : inner));
  const edits: Edit[] = [
    ...tags.map(({ start, end, prefix }) => ({
      start,
      end,
      text:
        prefix === undefined || asText.has(start) ? cover(start, end, '%', 'x') : cover(start, end, ' ', ' '),
    })),
    ...[...autolinks, ...addresses].map(({ start, end }) => ({
      start,
      end,
      text: cover(start, end, '%', 'x'),
    })),
    ...marks.map((at) => ({ start: at, end: at + 1, text: '%' })),
  ];
  const covered = applyEdits(text, edits).text;
  return covered
    .replace(keepAngles ? /(?<!\]\()</g : /</g, '%')
    .replace(/[{}]/g, '%')
    .replace(/^(?=import|export)./gm, 'x');
}
