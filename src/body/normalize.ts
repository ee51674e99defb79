import type { Element, Root as HastRoot, RootContent } from 'hast';
import { blockNamed } from '../blocks/index.ts';
import { isSafeAddress } from '../model/block.ts';
import type { Problem } from '../model/problems.ts';
import { describeBlockProblems } from './attributes.ts';
import { applyEdits, type Edit, type EditedText } from './edits.ts';
import { escapeText } from './escape-text.ts';
import { guardAddresses, guardStructure } from './guard.ts';
import { inlineElement } from './inline-html.ts';
import { acceptTags } from './keep-tags.ts';
import { displayedMaths, emphasisOf, keepEverythingVisible } from './keep-visible.ts';
import { exceededLimit } from './limits.ts';
import { isEscaped, readSource } from './masked.ts';
import { parseHtmlTree } from './parser.ts';
import type { Report } from './report.ts';

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

const MAX_ATTEMPTS = 12;

/** Rounds after which a text that its own escapes keep changing becomes plain paragraphs. */
const MAX_ROUNDS = 4;

/**
 * Normalises a body; see above. Never throws. Escaping one mark can change how its neighbours are read (a backslash
 * ends one bare address and begins another), so what was changed is looked at again until nothing changes any more.
 */
export function normalize(input: string): NormalizedBody {
  const excess = exceededLimit(clean(input));
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
 * @param excess what it has too much of, with the line; such a body is not published
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
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are not allowed in HTML and are invisible
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

interface Plan {
  edits: Edit[];
  problems: Problem[];
  /** Offsets of the tags that stay tags. */
  accepted: number[];
}

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
  const report: Report = (severity, at, message, field) =>
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
