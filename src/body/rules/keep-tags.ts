import { blockNamed } from '../../blocks/index.ts';
import { isSafeAddress } from '../../model/block.ts';
import { writeDestination } from '../source/addresses.ts';
import type { Edit } from '../source/edits.ts';
import { inlineElement } from '../source/inline-html.ts';
import { isAnchor, type KnownTag, type Source } from '../source/masked.ts';
import type { SyntaxNode } from '../source/parser.ts';
import type { Report } from '../source/report.ts';
import { type Tag, writeTag } from '../source/tags.ts';
import { endOfLine, isEscaped } from '../source/offsets.ts';

/** Which tags of known blocks and inline elements stay tags, and how they are written. */

const MAX_BLOCK_DEPTH = 6;
const MAX_INLINE_DEPTH = 12;

/**
 * Which known tags stay tags; adds the edits that write them well. Key: offset of the tag. `<a href>` becomes a link of
 * Markdown, which every parser reads the same.
 *
 * @param isText whether a tag at an offset is text whatever it is
 */
export function acceptTags(
  source: Source,
  isText: (offset: number) => boolean,
  edits: Edit[],
  report: Report,
): Map<number, Tag> {
  const kept = new Map<number, Tag>();
  const candidates = source.tags.filter((tag) => !source.code[tag.start] && !isText(tag.start));
  acceptBlocks(candidates, kept, edits, report);
  acceptInline(source, candidates, kept);
  writeAnchors(source, kept, edits);
  for (const [start, tag] of kept) {
    const written = writeTag(tag);
    if (!isAnchor(tag) && written !== source.text.slice(start, tag.end))
      edits.push({ start, end: tag.end, text: written });
  }
  separateBlocks(source.text, candidates, kept, edits);
  return kept;
}

function acceptBlocks(
  candidates: readonly KnownTag[],
  kept: Map<number, Tag>,
  edits: Edit[],
  report: Report,
) {
  const open: KnownTag[] = [];
  const closers = new Map<string, number>();
  for (const tag of candidates) {
    const block = blockNamed(tag.name);
    if (block?.placement !== 'block') continue;
    if (tag.prefix === undefined) {
      if (tag.kind !== 'close')
        report('error', tag.start, `<${tag.name}>（${block.label}）要单独占一行，前后不要有别的文字`);
      continue;
    }
    const running = tag.attributes.find((attribute) => attribute.value === undefined);
    if (running) {
      report(
        'error',
        tag.start,
        `「${running.name}」的值要写成引号里的文字，如 ${running.name}="…"；花括号里的程序不会运行`,
      );
      continue;
    }
    if (tag.kind === 'void') {
      kept.set(tag.start, tag);
      continue;
    }
    if (!block.children) {
      const key = `${tag.name}${tag.prefix}`;
      if (tag.kind === 'open') {
        kept.set(tag.start, { ...tag, kind: 'void' });
        closers.set(key, (closers.get(key) ?? 0) + 1);
      } else if ((closers.get(key) ?? 0) > 0) {
        closers.set(key, (closers.get(key) ?? 0) - 1);
        edits.push({ start: tag.start, end: tag.end, text: '' });
      }
      continue;
    }
    if (tag.kind === 'open') {
      if (open.length >= MAX_BLOCK_DEPTH) report('error', tag.start, `<${tag.name}> 套得太深，请拆开`);
      else open.push(tag);
      continue;
    }
    const match = open.findLastIndex((opener) => opener.name === tag.name && opener.prefix === tag.prefix);
    if (match < 0) {
      report('error', tag.start, `</${tag.name}> 没有对应的 <${tag.name}>，请删去或补上`);
      continue;
    }
    for (const lost of open.splice(match + 1)) reportUnclosed(lost, report);
    const opener = open.pop() as KnownTag;
    kept.set(opener.start, opener).set(tag.start, tag);
  }
  for (const lost of open) reportUnclosed(lost, report);
}

const reportUnclosed = (tag: Tag, report: Report) =>
  report('error', tag.start, `<${tag.name}> 没有结束，请在后面补上单独一行 </${tag.name}>`);

/** Inline tags must open and close inside the same piece of inline text. */
function acceptInline(source: Source, candidates: readonly KnownTag[], kept: Map<number, Tag>) {
  const texts = source.tree.nodes.filter((node) => node.type === 'text');
  const links = source.tree.nodes.filter(
    (node) => /^link/.test(node.type) && source.text[node.start] === '[',
  );
  const open = new Map<SyntaxNode, Tag[]>();
  let anchored = 0;
  let next = 0;
  for (const tag of candidates) {
    const block = blockNamed(tag.name);
    if (block?.placement === 'block') continue;
    while (next < texts.length && (texts[next] as SyntaxNode).end <= tag.start) next++;
    const holder = texts[next];
    if (!holder || holder.start > tag.start || !holder.parent) continue;
    if (block) {
      if (tag.kind === 'void' && tag.attributes.every((item) => item.value !== undefined))
        kept.set(tag.start, tag);
      continue;
    }
    const name = isAnchor(tag) ? 'a' : (inlineElement(tag.name) as string);
    if (name === 'br') {
      if (tag.kind !== 'close') kept.set(tag.start, { ...tag, name, kind: 'void', attributes: [] });
      continue;
    }
    if (tag.kind === 'void') continue;
    const stack = open.get(holder.parent) ?? [];
    open.set(holder.parent, stack);
    const plain = { ...tag, name, attributes: name === 'a' ? tag.attributes : [] };
    if (tag.kind === 'open') {
      if (stack.length < MAX_INLINE_DEPTH) stack.push(plain);
      continue;
    }
    const match = stack.findLastIndex((opener) => opener.name === name);
    if (match < 0) continue;
    const opener = stack[match] as Tag;
    stack.length = match;
    if (name === 'a') {
      if (opener.start < anchored || !isLink(source.text, opener, tag, links)) continue;
      anchored = tag.end;
    }
    kept.set(opener.start, opener).set(tag.start, plain);
  }
}

const attributeOf = (tag: Tag, wanted: string) =>
  tag.attributes.find(({ name }) => name.toLowerCase() === wanted)?.value ?? '';

/** Whether `<a href="…">words</a>` can become a link: a safe address, words, and no other link among them. */
function isLink(text: string, open: Tag, close: Tag, links: readonly SyntaxNode[]): boolean {
  const address = addressOf(open);
  if (address === '' || !isSafeAddress(address) || text.slice(open.end, close.start).trim() === '')
    return false;
  return !links.some(({ start, end }) => start < close.start && end > open.end);
}

/** Where `<a href>` leads; `//host` is meant as a whole address. */
const addressOf = (tag: Tag) => attributeOf(tag, 'href').trim().replace(/^\/\//, 'https://');

function writeAnchors({ text, tree }: Source, kept: Map<number, Tag>, edits: Edit[]) {
  const anchors = [...kept.values()].filter(isAnchor).sort((a, b) => a.start - b.start);
  let open: Tag | undefined;
  const spans: { start: number; end: number }[] = [];
  for (const tag of anchors) {
    if (tag.kind === 'open') {
      open = tag;
      edits.push({ start: tag.start, end: tag.end, text: '[' });
      if (text[tag.start - 1] === '!' && !isEscaped(text, tag.start - 1))
        edits.push({ start: tag.start - 1, end: tag.start - 1, text: '\\' });
      continue;
    }
    if (!open) continue;
    const words = ['title', 'aria-label', 'alt'].map((name) => attributeOf(open as Tag, name)).find(Boolean);
    const title = (words ?? '').replace(/["\\&<{]/g, '\\$&');
    const ending = `](${writeDestination(addressOf(open))}${title ? ` "${title}"` : ''})`;
    edits.push({ start: tag.start, end: tag.end, text: ending });
    spans.push({ start: open.end, end: tag.start });
  }
  let next = 0;
  for (const node of tree.nodes) {
    if (node.type !== 'text') continue;
    while (next < spans.length && (spans[next] as Tag).end <= node.start) next++;
    for (const span of spans.slice(next)) {
      if (span.start >= node.end) break;
      for (let at = Math.max(node.start, span.start); at < Math.min(node.end, span.end); at++)
        if (/[[\]]/.test(text[at] as string) && !isEscaped(text, at))
          edits.push({ start: at, end: at, text: '\\' });
    }
  }
}

/** Puts block tags on lines of their own, with blank lines around them. */
function separateBlocks(
  text: string,
  tags: readonly KnownTag[],
  kept: ReadonlyMap<number, Tag>,
  edits: Edit[],
) {
  const lines = new Set(tags.filter((tag) => kept.has(tag.start)).map((tag) => tag.lineStart));
  const insert = (at: number, added: string) => edits.push({ start: at, end: at, text: added });
  for (const tag of tags) {
    if (tag.prefix === undefined || !kept.has(tag.start)) continue;
    const { start, end, prefix, lineStart = 0, lineEnd = 0, sameLine, kind } = tag;
    const bare = prefix.trimEnd();
    const rest = text.slice(end, lineEnd);
    if (rest !== '' && rest.trim() === '') edits.push({ start: end, end: lineEnd, text: '' });
    if (sameLine && kind === 'open') insert(end, `\n${bare}\n${prefix}`);
    if (sameLine && kind === 'close') insert(start, `\n${bare}\n${prefix}`);
    const before = text.slice(text.lastIndexOf('\n', lineStart - 2) + 1, Math.max(0, lineStart - 1));
    const beforeStart = text.lastIndexOf('\n', lineStart - 2) + 1;
    const followsTag = lineStart > 0 && lines.has(beforeStart);
    const isBlank = (line: string) => /^[ \t>]*$/.test(line);
    if (kind !== 'close' || !sameLine)
      if (lineStart > 0 && !isBlank(before) && !followsTag) insert(lineStart, `${bare}\n`);
    if (kind === 'open' && sameLine) continue;
    if (lineEnd < text.length && !isBlank(text.slice(lineEnd + 1, endOfLine(text, lineEnd + 1))))
      insert(lineEnd, `\n${bare}`);
  }
}
