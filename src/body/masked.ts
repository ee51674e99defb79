import { blockNamed } from '../blocks/index.ts';
import { applyEdits, type Edit } from './edits.ts';
import { inlineElement } from './inline-html.ts';
import { parseSyntax, type SyntaxTree } from './parser.ts';
import { readTag, type Tag } from './tags.ts';

/** Finding what is where: the text parsed once, with everything that MDX would run masked. */

/** Deeper nesting than any reader can follow; beyond it a body becomes plain paragraphs. */
const MAX_DEPTH = 60;

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
  /** 1 where the text is code or maths. */
  code: Uint8Array;
  /** Dollar signs that are to be text. */
  dollars: number[];
}

export const isEscaped = (text: string, at: number) => {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === '\\') backslashes++;
  return backslashes % 2 === 1;
};

const AUTOLINK =
  /<((?:https?:\/\/|mailto:)[^\s<>]{1,2000}|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})>/y;

/** Reads and masks the text; undefined when even the masked text cannot be used. */
export function readSource(text: string, distrustMaths: boolean): Source | undefined {
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
    if (!tag || !(blockNamed(tag.name) || inlineElement(tag.name))) continue;
    tags.push(tag);
    at = tag.end - 1;
  }
  markBlockLines(text, tags);

  for (const keepAngles of [true, false]) {
    const masked = mask(text, tags, autolinks, keepAngles);
    try {
      const tree = parseSyntax(masked);
      if (tree.depth > MAX_DEPTH) return undefined;
      const code = new Uint8Array(text.length + 1);
      const dollars: number[] = [];
      for (const node of tree.nodes) {
        if (!/^(code|inlineCode|math|inlineMath)$/.test(node.type)) continue;
        const slice = text.slice(node.start, node.end);
        if (!distrustMaths || node.type !== 'inlineMath' || !slice.includes('<'))
          code.fill(1, node.start, node.end);
        else for (const { index } of slice.matchAll(/\$/g)) dollars.push(node.start + index);
      }
      return { text, masked, tree, tags, autolinks, code, dollars };
    } catch {
      // `](<` did not turn out to be a link: mask it and read again.
    }
  }
  return undefined;
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

export const endOfLine = (text: string, from: number) => {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at;
};

/** Replaces what MDX would run by as many harmless characters. */
function mask(
  text: string,
  tags: readonly KnownTag[],
  autolinks: Source['autolinks'],
  keepAngles: boolean,
): string {
  const cover = (start: number, end: number, edge: string, inner: string) =>
    text.slice(start, end).replace(/[^\n]/g, (_, at) => (at === 0 || at === end - start - 1 ? edge : inner));
  const edits: Edit[] = [
    ...tags.map(({ start, end, prefix }) => ({
      start,
      end,
      text: prefix === undefined ? cover(start, end, '%', 'x') : cover(start, end, ' ', ' '),
    })),
    ...autolinks.map(({ start, end }) => ({ start, end, text: cover(start, end, '%', 'x') })),
  ];
  const covered = applyEdits(text, edits).text;
  return covered
    .replace(keepAngles ? /(?<!\]\()</g : /</g, '%')
    .replace(/[{}]/g, '%')
    .replace(/^(?=import|export)./gm, 'x');
}
