import type { Element, Root as HastRoot, RootContent } from 'hast';
import { blockNamed, blocks } from '../blocks/index.ts';
import { isSafeAddress } from '../model/block.ts';
import { shapeOf } from '../model/schema.ts';
import { nearest, type Problem } from '../model/problems.ts';
import { describeBlockProblems } from './attributes.ts';
import { applyEdits, type Edit, type EditedText } from './edits.ts';
import { emphasisEdits } from './emphasis.ts';
import { inlineElement } from './inline-html.ts';
import { tooMuch } from './limits.ts';
import { parseHtmlTree, parseSyntax, type SyntaxNode, type SyntaxTree } from './parser.ts';
import { readTag, type Tag, writeTag } from './tags.ts';

/**
 * From what an editor typed to a valid MDX document that holds only Markdown, maths and known blocks.
 *
 * The text is parsed once with everything that MDX would run (`<`, `{`, `import`) masked by harmless characters of
 * the same length. That tree says where code, links and paragraphs are; from it follow edits that escape what is text
 * and keep what is a known block. The edited text is then parsed as real MDX. If the parser still objects, the tag it
 * objects to becomes text too, and at the very last the whole body becomes plain paragraphs: no input fails.
 */

export interface NormalizedBody {
  /** Valid MDX. */
  source: string;
  tree: HastRoot;
  /** Lines and columns are those of the text that came in. */
  problems: Problem[];
  /** 1-based line and column in the text that came in, of an offset in `source`. */
  placeOf: (offset: number) => { line: number; column: number };
}

/** Deeper nesting than any reader can follow; beyond it a body becomes plain paragraphs. */
const MAX_DEPTH = 60;
const MAX_BLOCK_DEPTH = 6;
const MAX_INLINE_DEPTH = 12;
const MAX_ATTEMPTS = 12;

/** Rounds after which a text that its own escapes keep changing becomes plain paragraphs. */
const MAX_ROUNDS = 4;

/**
 * Normalises a body; see above. Never throws. Escaping one mark can change how its neighbours are read (a backslash
 * ends one bare address and begins another), so what was changed is looked at again until nothing changes any more.
 */
export function normalize(input: string): NormalizedBody {
  const excess = tooMuch(clean(input));
  if (excess) return asPlainText(input, excess);
  let body = normalizeOnce(input);
  let before = clean(input);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    if (body.source === before) return body;
    const again = normalizeOnce(body.source);
    if (again.source === body.source) return body;
    before = body.source;
    body = { ...again, problems: body.problems };
  }
  return asPlainText(input);
}

function normalizeOnce(input: string): NormalizedBody {
  const text = clean(input);
  const place = placeFinder(text);
  const demoted = new Set<number>();
  let emphasis = true;

  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const plan = planEdits(
      text,
      { demoted, emphasis, distrustMaths: attempt > 0, references: attempt > 1 },
      place,
    );
    if (!plan) break;
    const edited = applyEdits(text, plan.edits);
    const outcome = parseSafely(edited.text);
    if (outcome.tree)
      return {
        source: edited.text,
        tree: outcome.tree,
        problems: plan.problems,
        placeOf: (offset) => place(edited.originalOffset(offset)),
      };
    if (attempt === MAX_ATTEMPTS - 3) emphasis = false;
    if (attempt >= MAX_ATTEMPTS - 2) for (const tag of plan.accepted) demoted.add(tag);
    else demote(plan.accepted, edited, outcome.errorOffset, demoted);
    if (plan.accepted.length === 0) emphasis = false;
  }

  return asPlainText(input);
}

/**
 * The body as paragraphs of plain text.
 *
 * @param excess what it has too much of, with the line; nobody may publish that
 */
function asPlainText(input: string, excess?: { line: number; message: string }): NormalizedBody {
  const text = clean(input);
  const place = placeFinder(text);
  const edited = flatten(text);
  return {
    source: edited.text,
    tree: excess ? plainTree(text) : parseHtmlTree(edited.text),
    problems: [
      excess
        ? { severity: 'error', file: '', ...excess }
        : {
            severity: 'warning',
            file: '',
            line: 1,
            message: '嵌套太深或写法读不懂，全文已按普通文字显示，请检查格式',
          },
    ],
    placeOf: (offset) => place(edited.originalOffset(offset)),
  };
}

/** Paragraphs of text as it was typed, made without the parser. */
const plainTree = (text: string): HastRoot => ({
  type: 'root',
  children: text
    .split(/\n[ \t]*\n\s*/)
    .map((paragraph) => paragraph.trim())
    .filter(Boolean)
    .map((value) => ({ type: 'element', tagName: 'p', properties: {}, children: [{ type: 'text', value }] })),
});

/** BOM, CRLF and control characters away; half of an emoji becomes U+FFFD. */
function clean(input: string): string {
  return (
    input
      .toWellFormed()
      .replace(/^\uFEFF+/, '')
      .replace(/\r\n?/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are not allowed in HTML and nobody sees them
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '')
  );
}

function placeFinder(text: string) {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset: number) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] as number) + 1 };
  };
}

/** Parses the result and makes sure that nothing in it can run. */
function parseSafely(source: string): { tree?: HastRoot; errorOffset?: number } {
  try {
    const tree = parseHtmlTree(source);
    return isHarmless(tree) ? { tree } : {};
  } catch (error) {
    const [, line, column] = /^(\d+):(\d+)/.exec((error as Error).message) ?? [];
    if (!line) return {};
    const lineStart = source.split('\n', Number(line) - 1).join('\n').length + (Number(line) > 1 ? 1 : 0);
    return { errorOffset: lineStart + Number(column) - 1 };
  }
}

function isHarmless(tree: HastRoot): boolean {
  const stack: RootContent[] = [...tree.children];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement') {
      if (!node.name || !(blockNamed(node.name) || inlineElement(node.name) === node.name)) return false;
      if (
        node.attributes.some(
          (item) => item.type !== 'mdxJsxAttribute' || typeof (item.value ?? '') !== 'string',
        )
      )
        return false;
    } else if (node.type === 'element') {
      const address = node.properties.href ?? node.properties.src;
      if (typeof address === 'string' && !isSafeAddress(address)) return false;
    } else if (node.type !== 'text' && node.type !== 'comment') return false;
    if ('children' in node) stack.push(...(node as Element).children);
  }
  return true;
}

/** Marks the last accepted tag before the error as text. */
function demote(
  accepted: readonly number[],
  edited: EditedText,
  offset: number | undefined,
  demoted: Set<number>,
) {
  const at = offset === undefined ? Number.POSITIVE_INFINITY : edited.originalOffset(offset);
  const guilty = accepted.findLast((start) => start <= at) ?? accepted[0];
  if (guilty !== undefined) demoted.add(guilty);
}

/** Every ASCII mark escaped that is not yet: paragraphs of plain text, nothing else. */
function flatten(text: string): EditedText {
  const edits: Edit[] = [];
  for (const { 0: mark, index } of text.matchAll(/\\?[!-/:-@[-`{-~]/g))
    if (mark.length === 1) edits.push({ start: index, end: index, text: '\\' });
  for (const { index } of text.matchAll(/^(?=import|export)/gm))
    edits.push({ start: index, end: index, text: ' ' });
  return applyEdits(text, edits);
}

// ——— Finding what is where ———

interface KnownTag extends Tag {
  /** A block alone on its line(s); its container's prefix (indent and `>`). */
  prefix?: string;
  /** Offset where its first line begins, and where the last one ends. */
  lineStart?: number;
  lineEnd?: number;
  /** The open tag of `<Callout>text</Callout>` on one line, or its close tag. */
  sameLine?: boolean;
}

interface Source {
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

interface Plan {
  edits: Edit[];
  problems: Problem[];
  /** Offsets of the tags that stay tags. */
  accepted: number[];
}

const isEscaped = (text: string, at: number) => {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === '\\') backslashes++;
  return backslashes % 2 === 1;
};

const AUTOLINK =
  /<((?:https?:\/\/|mailto:)[^\s<>]{1,2000}|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})>/y;

/** Reads and masks the text; undefined when even the masked text cannot be used. */
function readSource(text: string, distrustMaths: boolean): Source | undefined {
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

const endOfLine = (text: string, from: number) => {
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

// ——— Deciding what to change ———

type Place = ReturnType<typeof placeFinder>;

interface Caution {
  /** Offsets of tags that the parser objected to. */
  demoted: ReadonlySet<number>;
  /** Whether Chinese bold and italics are written down. */
  emphasis: boolean;
  /** Dollar signs around a `<` are dollar signs, not maths. */
  distrustMaths: boolean;
  /** `&lt;` rather than `\\<`: in a bare address a backslash escapes nothing. */
  references: boolean;
}

function planEdits(
  text: string,
  { demoted, emphasis, distrustMaths, references }: Caution,
  place: Place,
): Plan | undefined {
  const source = readSource(text, distrustMaths);
  if (!source) return undefined;
  const edits: Edit[] = [];
  const problems: Problem[] = [];
  const report = (severity: Problem['severity'], at: number, message: string, field?: string) =>
    problems.push({ severity, file: '', ...place(at), field, message });

  const kept = acceptTags(source, demoted, edits, report);
  escapeText(source, kept, references, edits, report);
  for (const at of source.dollars) if (!isEscaped(text, at)) edits.push({ start: at, end: at, text: '\\' });
  guardStructure(source, edits, report);
  guardAddresses(source, edits, report);
  keepEverythingVisible(source, edits);
  edits.push(...displayedMaths(source));
  if (emphasis) edits.push(...emphasisOf(source));

  for (const tag of kept.values()) {
    const block = blockNamed(tag.name);
    if (!block || tag.kind === 'close') continue;
    for (const { message, field } of describeBlockProblems(block, tag.attributes))
      report('error', tag.start, message, field);
  }
  problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
  return { edits, problems, accepted: [...kept.keys()].sort((a, b) => a - b) };
}

type Report = (severity: Problem['severity'], at: number, message: string, field?: string) => void;

/** Which known tags stay tags; adds the edits that write them well. Key: offset of the tag. */
function acceptTags(
  source: Source,
  demoted: ReadonlySet<number>,
  edits: Edit[],
  report: Report,
): Map<number, Tag> {
  const kept = new Map<number, Tag>();
  const candidates = source.tags.filter((tag) => !source.code[tag.start] && !demoted.has(tag.start));
  acceptBlocks(candidates, kept, edits, report);
  acceptInline(source, candidates, kept);
  for (const [start, tag] of kept) {
    const written = writeTag(tag);
    if (written !== source.text.slice(start, tag.end)) edits.push({ start, end: tag.end, text: written });
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
  const open = new Map<SyntaxNode, Tag[]>();
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
    const name = inlineElement(tag.name) as string;
    if (name === 'br') {
      if (tag.kind !== 'close') kept.set(tag.start, { ...tag, name, kind: 'void', attributes: [] });
      continue;
    }
    if (tag.kind === 'void') continue;
    const stack = open.get(holder.parent) ?? [];
    open.set(holder.parent, stack);
    const plain = { ...tag, name, attributes: [] };
    if (tag.kind === 'open') {
      if (stack.length < MAX_INLINE_DEPTH) stack.push(plain);
      continue;
    }
    const match = stack.findLastIndex((opener) => opener.name === name);
    if (match < 0) continue;
    const opener = stack[match] as Tag;
    stack.length = match;
    kept.set(opener.start, opener).set(tag.start, plain);
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

const RUNNING_TAGS =
  /^(script|iframe|object|embed|style|link|meta|base|form|input|button|svg|math|video|audio|frame|applet)$/i;

/** Escapes every `<` and `{` that is text. */
function escapeText(
  source: Source,
  kept: ReadonlyMap<number, Tag>,
  references: boolean,
  edits: Edit[],
  report: Report,
) {
  const { text, code } = source;
  const bare = literalLinks(source, kept, edits);
  const autolinks = new Map(source.autolinks.map((link) => [link.start, link]));
  const skip = new Map<number, number>([...kept].map(([start, tag]) => [start, tag.end]));
  for (const edit of edits) if (edit.text === '' && edit.end > edit.start) skip.set(edit.start, edit.end);
  const angles = angleDestinations(source);

  const escaped = (at: number): Edit =>
    references
      ? { start: at, end: at + 1, text: text[at] === '<' ? '&lt;' : '&#123;' }
      : { start: at, end: at, text: '\\' };

  for (let at = 0; at < text.length; at++) {
    const end = skip.get(at);
    if (end !== undefined) {
      at = end - 1;
      continue;
    }
    const character = text[at];
    if ((character !== '<' && character !== '{') || code[at] || isEscaped(text, at)) continue;
    if (character === '{') {
      if (bare[at]) continue;
      if (/^\{\s*(\/\*|[A-Za-z_$][\w$]*[.([])/.test(text.slice(at, at + 60)))
        report('warning', at, '花括号里的程序不会运行，已按文字显示');
      edits.push(escaped(at));
      continue;
    }
    if (angles.has(at)) continue;
    const link = autolinks.get(at);
    if (link) {
      edits.push({ start: at, end: link.end, text: writeLink(link.address) });
      at = link.end - 1;
      continue;
    }
    edits.push(escaped(at));
    explainTag(text, at, report);
  }
}

/** Says why something that looks like a tag is shown as text. */
function explainTag(text: string, at: number, report: Report) {
  if (text.startsWith('<!--', at)) {
    report('warning', at, '网页注释会原样显示给读者；不想让人看到的话请删去');
    return;
  }
  const tag = readTag(text, at);
  if (!tag || tag.kind === 'close' || blockNamed(tag.name)?.placement === 'block') return;
  if (blockNamed(tag.name)) {
    report('error', at, `<${tag.name}> 要写成 <${tag.name} … />，属性值写在引号里`);
    return;
  }
  if (inlineElement(tag.name)) {
    report('warning', at, `<${tag.name}> 没有在同一段里结束，已按文字显示`);
    return;
  }
  if (RUNNING_TAGS.test(tag.name)) {
    report('warning', at, `网页代码 <${tag.name}> 不会运行，已按文字显示`);
    return;
  }
  if (!/^[A-Z]/.test(tag.name)) {
    report('warning', at, `网页代码 <${tag.name}> 已按文字显示；请改用 Markdown 写法或内容块`);
    return;
  }
  const near = blockNamed(
    nearest(
      tag.name,
      blocks.map((block) => block.name),
    ) ?? '',
  );
  const attributes = near && Object.keys(shapeOf(near.schema)).join('、');
  const advice = near
    ? `是不是 <${near.name}>（${near.label}）？它的属性：${attributes || '无'}`
    : `可用的内容块：${blocks.map((block) => block.name).join('、')}`;
  report('error', at, `没有叫 <${tag.name}> 的内容块，已按文字显示。${advice}`);
}

/** `[address](address)` with everything escaped that Markdown would read. */
function writeLink(address: string): string {
  const target = address.includes('@') && !/^(mailto|https?):/i.test(address) ? `mailto:${address}` : address;
  const shown = address.replace(/[\\`*_[\]{}<>|~$!&]/g, '\\$&');
  const safe = target.replace(
    /[\\()<>{}[\]|`\s]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`,
  );
  return `[${shown
    .replace('://', '\\://')
    .replace(/@/g, '\\@')
    .replace(/^www\./i, 'www\\.')}](${safe})`;
}

/**
 * 1 inside addresses that the parser links by itself: there a brace is part of the address. An address that runs into
 * a `<` is kept from becoming a link, because the backslash before the `<` would become part of it.
 */
function literalLinks({ text, tree }: Source, kept: ReadonlyMap<number, Tag>, edits: Edit[]): Uint8Array {
  const inside = new Uint8Array(text.length + 1);
  for (const node of tree.nodes) {
    if (node.type !== 'link' || text[node.start] === '[') continue;
    const slice = text.slice(node.start, node.end);
    const stop = slice.indexOf('<');
    if (stop < 0 || kept.has(node.start + stop)) {
      inside.fill(1, node.start, stop < 0 ? node.end : node.start + stop);
      continue;
    }
    const joint = node.start + slice.search(/:\/\/|(?<=^www)\.|@/i);
    if (joint >= node.start && !isEscaped(text, joint)) edits.push({ start: joint, end: joint, text: '\\' });
  }
  return inside;
}

/** Offsets of the `<` in `[text](<address with spaces>)`. */
function angleDestinations({ text, masked, tree }: Source): Set<number> {
  const found = new Set<number>();
  for (const node of tree.nodes) {
    if (node.type !== 'link' && node.type !== 'image') continue;
    const from = Math.max(node.start, ...node.children.map((child) => child.end));
    const at = masked.indexOf('](<', Math.max(node.start, from - 1));
    if (at >= 0 && at < node.end && text[at + 2] === '<') found.add(at + 2);
  }
  return found;
}

/** Headings start at level 2 (the page's title is level 1), `import` is a word, a rule at the top is no front matter. */
function guardStructure({ text, tree }: Source, edits: Edit[], report: Report) {
  const headings = tree.nodes.filter((node) => node.type === 'heading');
  const shift = headings.some((node) => node.depth === 1);
  for (const node of headings) {
    if (!shift || (node.depth ?? 1) >= 6) continue;
    if (text[node.start] === '#') edits.push({ start: node.start, end: node.start, text: '#' });
    else if (node.depth === 1) {
      const line = text.lastIndexOf('\n', node.end - 1) + 1;
      for (let at = line; at < node.end; at++)
        if (text[at] === '=') edits.push({ start: at, end: at + 1, text: '-' });
    }
  }
  for (const node of tree.nodes) {
    if (node.parent?.type !== 'root') continue;
    const isLineStart = node.start === 0 || text[node.start - 1] === '\n';
    if (!isLineStart || !/^(import|export)(?![A-Za-z0-9_])/.test(text.slice(node.start, node.start + 8)))
      continue;
    if (
      /^(import|export)[ \t].*(\bfrom\b|[={(;]|["'])/.test(
        text.slice(node.start, endOfLine(text, node.start)),
      )
    )
      report('warning', node.start, 'import 和 export 不会运行，已按文字显示');
    edits.push({ start: node.start, end: node.start, text: ' ' });
  }
  const first = tree.nodes[1];
  if (first?.type === 'thematicBreak' && first.start === 0 && text.startsWith('---'))
    edits.push({ start: 0, end: endOfLine(text, 0), text: '***' });
  if (text.startsWith('+++')) edits.push({ start: 0, end: 0, text: '\\' });
}

const isExternal = (address: string) => /^(https?:)?\/\//i.test(address);

/** Links and pictures that could run or that load from elsewhere. */
function guardAddresses({ text, tree }: Source, edits: Edit[], report: Report) {
  const definitions = new Map<string, string>();
  for (const node of tree.nodes)
    if (node.type === 'definition' && !definitions.has(node.identifier ?? ''))
      definitions.set(node.identifier ?? '', node.url ?? '');

  for (const node of tree.nodes) {
    if (node.type === 'link' && text[node.start] === '[' && !isSafeAddress(node.url ?? '')) {
      report(
        'warning',
        node.start,
        `链接地址「${shorten(node.url)}」不能用，已按文字显示；请写 https:// 开头的网址`,
      );
      edits.push({ start: node.start, end: node.start, text: '\\' });
    }
    if (node.type === 'definition' && !isSafeAddress(node.url ?? '')) {
      report(
        'warning',
        node.start,
        `链接地址「${shorten(node.url)}」不能用，已按文字显示；请写 https:// 开头的网址`,
      );
    }
    if (node.type === 'image' || node.type === 'imageReference')
      guardPicture(node, node.url ?? definitions.get(node.identifier ?? '') ?? '', edits, report);
  }
}

function guardPicture(node: SyntaxNode, address: string, edits: Edit[], report: Report) {
  const alt = (node.alt ?? '').trim();
  if (isExternal(address)) {
    report('warning', node.start, '外站图片不会显示，已改成链接；请下载后上传到本站，再插入');
    if (alt === '' && node.type === 'image')
      edits.push({ start: node.start, end: node.start + 2, text: '[图片' });
    else edits.push({ start: node.start, end: node.start + 1, text: '' });
    return;
  }
  if (!isSafeAddress(address)) {
    report('warning', node.start, `图片地址「${shorten(address)}」不能用；请把图片上传到本站，再插入`);
    const shown = (node.alt ?? '').replace(/[!-/:-@[-`{-~]/g, '\\$&').replace(/\s+/g, ' ');
    if (node.type === 'image') edits.push({ start: node.start, end: node.end, text: shown });
    return;
  }
  if (alt === '')
    report('error', node.start, '图片没有替代文字；请在方括号里写明图里画了什么，如 ![大篷车](…)');
}

const shorten = (address = '') => (address.length > 40 ? `${address.slice(0, 40)}…` : address);

/** Things that Markdown would swallow without a trace: unused notes, surplus cells, words after a code fence. */
function keepEverythingVisible({ text, tree }: Source, edits: Edit[]) {
  const used = (types: string[], nodes: readonly SyntaxNode[]) =>
    new Set(nodes.filter((node) => types.includes(node.type)).map((node) => node.identifier));
  const linked = used(['linkReference', 'imageReference'], tree.nodes);
  const noted = reachableNotes(tree.nodes);
  const seen = new Set<string>();
  for (const node of tree.nodes) {
    if (node.type === 'definition' || node.type === 'footnoteDefinition') {
      const key = `${node.type}:${node.identifier}`;
      const needed = node.type === 'definition' ? linked : noted;
      const refused = node.type === 'definition' && !isSafeAddress(node.url ?? '');
      if (seen.has(key) || refused || !needed.has(node.identifier))
        edits.push({ start: node.start, end: node.start, text: '\\' });
      else seen.add(key);
    }
    if (node.type === 'table') {
      const columns = node.children[0]?.children.length ?? 0;
      for (const row of node.children)
        for (const cell of row.children.slice(columns))
          if (text[cell.start] === '|') edits.push({ start: cell.start, end: cell.start, text: '\\' });
    }
    if (node.type === 'code' || node.type === 'math') showFenceWords(text, node, edits);
  }
}

/** Identifiers of the footnotes that are reached from the text, directly or through another footnote. */
function reachableNotes(nodes: readonly SyntaxNode[]): Set<string | undefined> {
  const byOwner = new Map<string | undefined, (string | undefined)[]>();
  for (const node of nodes) {
    if (node.type !== 'footnoteReference') continue;
    let owner: SyntaxNode | undefined = node.parent;
    while (owner && owner.type !== 'footnoteDefinition') owner = owner.parent;
    const key = owner?.identifier;
    byOwner.set(key, [...(byOwner.get(key) ?? []), node.identifier]);
  }
  const reached = new Set<string | undefined>();
  const waiting = [...(byOwner.get(undefined) ?? [])];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    waiting.push(...(byOwner.get(id) ?? []));
  }
  return reached;
}

/**
 * `$$…$$` alone on its line is meant to stand alone, as everywhere in TeX; Markdown takes it for maths within a line,
 * which a phone cannot scroll.
 */
function displayedMaths({ text, tree, code }: Source): Edit[] {
  return tree.nodes.flatMap((node) => {
    const [maths] = node.children;
    if (node.type !== 'paragraph' || node.parent?.type !== 'root' || node.children.length !== 1) return [];
    if (maths?.type !== 'inlineMath' || !code[maths.start]) return [];
    const { start, end } = maths;
    if (!/^\$\$[^$\n]+\$\$$/.test(text.slice(start, end))) return [];
    return [
      { start: start + 2, end: start + 2, text: '\n' },
      { start: end - 2, end: end - 2, text: '\n' },
    ];
  });
}

const FENCE_INFO = /^[\w+#.-]*(\s+(\{[\d,\s-]*\}|[\w-]+="[^"]*"|[\w-]+=[^\s"]+))*$/;

/** Words after an opening fence that are no language name become the first line of the code. */
function showFenceWords(text: string, node: SyntaxNode, edits: Edit[]) {
  const lineEnd = Math.min(endOfLine(text, node.start), node.end);
  const [opening = '', fence = ''] =
    /^(`{3,}|~{3,}|\${2,})[ \t]*/.exec(text.slice(node.start, lineEnd)) ?? [];
  const info = text.slice(node.start + opening.length, lineEnd).trim();
  if (fence === '' || info === '' || (node.type === 'code' && FENCE_INFO.test(info))) return;
  const prefix = text.slice(text.lastIndexOf('\n', node.start - 1) + 1, node.start).replace(/[^>\t]/g, ' ');
  edits.push({ start: node.start + fence.length, end: node.start + opening.length, text: `\n${prefix}` });
}

/** Bold and italics in every stretch of inline text; see `emphasis.ts`. */
function emphasisOf({ masked, tree }: Source): Edit[] {
  const edits: Edit[] = [];
  for (const node of tree.nodes) {
    if (!/^(paragraph|heading|tableCell|link)$/.test(node.type) || node.children.length === 0) continue;
    const start = (node.children[0] as SyntaxNode).start;
    const end = (node.children.at(-1) as SyntaxNode).end;
    if (!/[*~]/.test(masked.slice(start, end))) continue;
    const opaque = new Map<number, number>();
    const inner = [...node.children];
    for (let child = inner.pop(); child; child = inner.pop()) {
      if (
        /^(inlineCode|inlineMath|image|imageReference|link|linkReference|footnoteReference)$/.test(child.type)
      )
        opaque.set(child.start, child.end);
      else inner.push(...child.children);
    }
    edits.push(...emphasisEdits(masked, start, end, (offset) => opaque.get(offset)));
  }
  return edits;
}
