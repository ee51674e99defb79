import type { ElementContent, Root as HastRoot } from 'hast';
import { blockNamed } from '../blocks/index.ts';
import type { Problem } from '../model/problems.ts';
import { describeBlockProblems } from './source/attributes.ts';
import { reportMissingNotes, revealDefinitions } from './rules/definitions.ts';
import { applyEdits, type Edit, type EditedText } from './source/edits.ts';
import { escapeText } from './rules/escape-text.ts';
import {
  avoidBlock,
  avoidDepth,
  avoidError,
  blockAt,
  blocksOf,
  type Caution,
  flatBlockEdits,
  unreadableBlocks,
} from './rules/fallback.ts';
import { flattenEdits } from './rules/flatten.ts';
import { guardAddresses, guardStructure } from './rules/guard.ts';
import { acceptTags } from './rules/keep-tags.ts';
import { displayedMaths, emphasisOf, keepEverythingVisible } from './rules/keep-visible.ts';
import { layOut } from './rules/layout.ts';
import { type Excess, exceededLimit } from './source/limits.ts';
import { parseSafely } from './source/harmless.ts';
import { readSource, type Source } from './source/masked.ts';
import type { Report } from './source/report.ts';
import { escapeMarks, joinCodeLines, linkAddresses, showLineBreaks } from './rules/running-text.ts';

/**
 * From what an editor typed to a valid MDX document that holds only Markdown, maths and known blocks.
 *
 * Blocks that MDX delimits otherwise than a reader are rewritten first (`layout.ts`). The text is then parsed once with
 * everything that MDX would run (`<`, `{`, `import`) masked by harmless characters of the same length. That tree says
 * where code, links and paragraphs are; from it follow edits that escape what is text and keep what is a known block.
 * The edited text is parsed as real MDX. If the parser still objects, the tag that it objects to becomes text, then the
 * block in which it stands becomes plain paragraphs, and at the very last the whole body: no input fails.
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

/** Tags and blocks of one body that may turn out wrong one by one; then every block is tried by itself. */
const MAX_ATTEMPTS = 8;

/** Rounds after which blocks that their own escapes keep changing become plain paragraphs. */
const MAX_ROUNDS = 4;

interface Round {
  source: string;
  tree: HastRoot;
  problems: Problem[];
  /** Those that say which blocks became plain text. */
  fallbacks: Problem[];
  /** Offset in the text that came in, of an offset in `source`. */
  original: (offset: number) => number;
}

/**
 * Normalises a body; see above. Never throws. Escaping one mark can change how its neighbours are read, so what was
 * changed is looked at again until nothing changes any more.
 */
export function normalize(input: string): NormalizedBody {
  const text = clean(input);
  const place = placeFinder(text);
  const excess = exceededLimit(text);
  if (excess) return asPlainText(text, excess);
  const first = normalizeOnce(text, place);
  if (!('source' in first)) return asPlainText(text, first);
  let body = first;
  let before = text;
  const result = (): NormalizedBody => ({ ...body, placeOf: (offset) => place(body.original(offset)) });
  for (let round = 0; round < 2 * MAX_ROUNDS; round++) {
    const grown = exceededLimit(body.source);
    if (grown) return asPlainText(text, { ...grown, line: 1 });
    if (body.source === before) return result();
    const { original, problems } = body;
    const again = normalizeOnce(body.source, (offset) => place(original(offset)), round >= MAX_ROUNDS);
    if (!('source' in again)) return asPlainText(text, again);
    if (again.source === body.source) return result();
    before = body.source;
    body = {
      ...again,
      problems: [
        ...problems,
        ...again.fallbacks.filter((next) => !problems.some((one) => isSame(one, next))),
      ],
      original: (offset) => original(again.original(offset)),
    };
  }
  return asPlainText(text, { line: 1, message: UNREADABLE_BODY });
}

const isSame = (a: Problem, b: Problem) => a.line === b.line && a.message === b.message;

const UNREADABLE_BODY = '正文的写法读不懂，全文已按普通文字显示；请把正文分成几段，找出是哪一段';

type Place = (offset: number) => { line: number; column: number };

/**
 * One pass; what went wrong when nothing but plain text is left.
 *
 * @param unsettled whether blocks that would change once more are made plain text instead
 */
function normalizeOnce(input: string, place: Place, unsettled = false): Round | Excess {
  const layout = layOut(input);
  if (layout.refused) return layout.refused;
  const reading = readRevealed(layout, place);
  if (!reading) return { line: 1, message: UNREADABLE_BODY };
  const { source, originalOffset } = reading;
  const { text } = source;
  const caution: Caution = { demoted: new Set(), flat: new Map() };
  const blocks = blocksOf(source);
  avoidDepth(blocks, caution);
  if (unsettled) {
    const { edits } = planEdits(source, caution, () => undefined);
    for (const { start, end, text: written } of edits) {
      const block = blockAt(blocks, start);
      if (block && text.slice(start, end) !== written) avoidBlock(block, caution);
    }
  }

  for (let attempt = 0; attempt <= MAX_ATTEMPTS; attempt++) {
    const problems = [...reading.problems];
    const report: Report = (severity, at, message, field) =>
      problems.push({ severity, file: '', ...place(originalOffset(at)), field, message });
    const fallbacks: Problem[] = [...caution.flat].map(([block, message]) => ({
      ...{ severity: 'error', file: '', message },
      ...place(originalOffset(block.start)),
    }));
    for (const { severity, at, message } of layout.notices)
      (severity === 'error' ? fallbacks : problems).push({ severity, file: '', ...place(at), message });
    const plan = planEdits(source, caution, report);
    const edited = applyEdits(text, plan.edits);
    const outcome = parseSafely(edited.text);
    if (outcome.tree) {
      return {
        source: edited.text,
        tree: outcome.tree,
        problems: [...problems, ...fallbacks],
        fallbacks,
        original: (offset) => originalOffset(edited.originalOffset(offset)),
      };
    }
    const { errorOffset } = outcome;
    if (attempt < MAX_ATTEMPTS - 1)
      avoidError(
        errorOffset === undefined ? undefined : edited.originalOffset(errorOffset),
        plan.accepted,
        blocks,
        caution,
      );
    else for (const block of unreadableBlocks(text, blocks, plan.edits)) avoidBlock(block, caution);
  }
  return { line: 1, message: UNREADABLE_BODY };
}

/** Reads the text with every definition that is only prose made text, so that it is looked at like other text. */
function readRevealed({ text, originalOffset }: EditedText, place: Place) {
  const source = readWell(text);
  if (!source) return undefined;
  const edits: Edit[] = [];
  const problems: Problem[] = [];
  revealDefinitions(source, edits, (severity, at, message) =>
    problems.push({ severity, file: '', ...place(originalOffset(at)), message }),
  );
  if (edits.length === 0) return { source, originalOffset, problems };
  const revealed = applyEdits(text, edits);
  const again = readWell(revealed.text);
  const original = (offset: number) => originalOffset(revealed.originalOffset(offset));
  return again && { source: again, originalOffset: original, problems };
}

/** Reads the text; block tags that do not make a block are masked as words, so that they do not end a paragraph. */
function readWell(text: string): Source | undefined {
  const source = readSource(text);
  if (!source) return undefined;
  const kept = acceptTags(
    source,
    () => false,
    [],
    () => undefined,
  );
  const spare = source.tags.filter(
    (tag) => tag.prefix !== undefined && !source.code[tag.start] && !kept.has(tag.start),
  );
  return spare.length > 0 ? (readSource(text, new Set(spare.map(({ start }) => start))) ?? source) : source;
}

/**
 * The body as paragraphs of plain text.
 *
 * @param text the cleaned body
 * @param excess why, and at which line; such a body is not published
 */
function asPlainText(text: string, excess: Excess): NormalizedBody {
  const { line, message } = excess;
  return {
    // Only asked for by `normalizeBody`; on a long text it takes longer than all the rest.
    get source() {
      return applyEdits(text, flattenEdits(text, 0, text.length)).text;
    },
    tree: plainTree(text),
    problems: [{ severity: 'error', file: '', line, column: 1, message }],
    placeOf: () => ({ line, column: 1 }),
  };
}

/** Paragraphs of text as it was typed, line by line, made without the parser. */
const plainTree = (text: string): HastRoot => ({
  type: 'root',
  children: text
    .split(/\n[ \t]*\n\s*/)
    .map((paragraph) => paragraph.trim())
    .filter(Boolean)
    .map((paragraph) => ({ type: 'element', tagName: 'p', properties: {}, children: linesOf(paragraph) })),
});

const linesOf = (paragraph: string): ElementContent[] =>
  paragraph.split('\n').flatMap((value, index): ElementContent[] => {
    const words: ElementContent = { type: 'text', value };
    return index === 0 ? [words] : [{ type: 'element', tagName: 'br', properties: {}, children: [] }, words];
  });

/** BOM, CRLF and control characters away; half of an emoji becomes U+FFFD. */
function clean(input: string): string {
  return (
    input
      .toWellFormed()
      .replace(/^\uFEFF+/, '')
      .replace(/\r\n?/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are not allowed in HTML and cannot be seen
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

interface Plan {
  edits: Edit[];
  /** Offsets of the tags that stay tags. */
  accepted: number[];
}

function planEdits(source: Source, { demoted, flat }: Caution, report: Report): Plan {
  const { text } = source;
  const edits: Edit[] = [];
  const isFlat = new Uint8Array(flat.size > 0 ? text.length + 1 : 0);
  for (const { start, end } of flat.keys()) isFlat.fill(1, start, end + 1);

  const kept = acceptTags(source, (offset) => demoted.has(offset) || isFlat[offset] === 1, edits, report);
  escapeText(source, kept, edits, report);
  linkAddresses(source, kept, edits);
  escapeMarks(source, edits);
  showLineBreaks(source, kept, edits);
  joinCodeLines(source, edits);
  guardStructure(source, edits, report);
  guardAddresses(source, edits, report);
  keepEverythingVisible(source, edits);
  reportMissingNotes(source, report);
  edits.push(...displayedMaths(source), ...emphasisOf(source));

  for (const tag of kept.values()) {
    const block = blockNamed(tag.name);
    if (!block || tag.kind === 'close') continue;
    for (const { message, field } of describeBlockProblems(block, tag.attributes))
      report('error', tag.start, message, field);
  }
  const outside = flat.size > 0 ? edits.filter(({ start }) => isFlat[start] !== 1) : edits;
  for (const block of flat.keys()) outside.push(...flatBlockEdits(text, block));
  return { edits: outside, accepted: [...kept.keys()].sort((a, b) => a - b) };
}
