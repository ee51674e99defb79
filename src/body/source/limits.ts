import type { Line } from './lines.ts';

/**
 * What a body may hold at most, found by looking at its lines only. The parser's time and memory grow with the square
 * of some of these (a quotation in a quotation, a table's columns by its rows), so they are refused before it reads a
 * word: otherwise one pasted file could hold up every other editor, or the build. Where one paragraph or table is too
 * much, only that one becomes plain text.
 */

/** Longest body in characters: a book, not an article. */
const MAX_LENGTH = 100_000;

/** Longest body with what the normaliser adds, in longest bodies. */
const MAX_ADDED = 3;

/** Cells of all tables together; short rows are filled up to the width of the table's head. */
const MAX_CELLS = 30_000;

/** Dollar signs, two to a formula: typesetting one takes about a millisecond. */
const MAX_DOLLARS = 4000;

/** Opening braces: one formula full of them takes the parser the square of their number. */
const MAX_BRACES = 4000;

/** Tags that look like blocks. */
const MAX_TAGS = 2000;

/** Longest text without a blank line, in characters. */
const MAX_PARAGRAPH = 30_000;

/** ASCII marks between two blank lines; within a paragraph the parser looks back from each of them. */
const MAX_MARKS = 8000;

/** A mark, with the backslash that the normaliser may have put before it: that must not make a body too long. */
const MARK = /\\?[!-/:-@[-`{-~]/g;

/** What the normaliser adds: escapes, tags for bold and italics, and the second half of `[address](address)`. */
const ESCAPE = /\\[!-/:-@[-`{-~\n]/g;
const EMPHASIS = /<\/?(?:strong|em|del)>/g;
const WRITTEN_LINK = /\[(?:https?:|www\.)[^[\]\n]*(\]\((?:[^()\s]|\([^()\s]*\))*\))/g;

/** Length without what the normaliser adds. */
function lengthOf(text: string): number {
  let length = text.length - (text.match(ESCAPE)?.length ?? 0);
  for (const { 0: tag } of text.matchAll(EMPHASIS)) length -= tag.length;
  for (const { 1: target = '' } of text.matchAll(WRITTEN_LINK)) length -= target.length + 1;
  return length;
}

/** Quotations and lists that may begin inside one another on one line. */
const MAX_MARKERS = 60;

/** `> - 1. ` and so on at the beginning of a line, more often than allowed. */
const TOO_MANY_MARKERS = new RegExp(
  String.raw`^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))){${MAX_MARKERS + 1}}`,
);

/** `- - - -` is one line across the page, however long. */
const RULE = /^[ \t>]*(?:(?:-[ \t]*)+|(?:\*[ \t]*)+)$/;

/** A line that can be the second of a table, also inside quotations and lists. */
const DELIMITER_ROW = /^[ \t>*+\d.):|-]*-[ \t:|-]*$/;

const BLANK = /^[ \t>]*$/;

export interface Excess {
  /** 1-based line. */
  line: number;
  message: string;
}

/** What the whole body has too much of to be read as Markdown, if anything. Takes time linear in its length. */
export function exceededLimit(body: string): Excess | undefined {
  const all = body.length > MAX_ADDED * MAX_LENGTH ? body.length : lengthOf(body);
  if (all > MAX_LENGTH)
    return {
      line: lineOf(body, MAX_LENGTH),
      message: `正文有 ${all} 个字符，超过了 ${MAX_LENGTH} 个，已按普通文字显示；请分成几篇，或作为附件上传`,
    };
  const signs = [
    { sign: /\$/g, most: MAX_DOLLARS, what: '「$」' },
    { sign: /\{/g, most: MAX_BRACES, what: '「{」' },
    { sign: /<[A-Z]/g, most: MAX_TAGS, what: '形如 <Callout> 的标签' },
  ];
  for (const { sign, most, what } of signs) {
    const found = [...body.matchAll(sign)];
    if (found.length > most)
      return {
        line: lineOf(body, (found[most] as RegExpExecArray).index),
        message: `从这里起，${what}超过了 ${most} 个，全文已按普通文字显示；请分成几篇`,
      };
  }
  return undefined;
}

const lineOf = (text: string, offset: number) => text.slice(0, offset).split('\n').length;

/** Lines between two blank lines that hold too much. */
export interface ExcessPart extends Excess {
  /** Indexes of its first line and of the line after it. */
  first: number;
  last: number;
  /** It stands in a code block or lies across the edge of one, where escapes would be seen. */
  isCode: boolean;
}

/** The parts of a body that hold too much. Takes time linear in its length. */
export function excessParts(text: string, lines: readonly Line[]): ExcessPart[] {
  const parts: ExcessPart[] = [];
  let cells = 0;
  for (let first = 0; first < lines.length; first++) {
    const before = cells;
    let last = first;
    let excess: string | undefined;
    let columns = 0;
    let marks = 0;
    let length = 0;
    let isCode = false;
    for (; last < lines.length; last++) {
      const { start, end, isFenced } = lines[last] as Line;
      const line = text.slice(start, end);
      if (BLANK.test(line)) break;
      isCode ||= isFenced;
      length += lengthOf(line);
      marks += line.match(MARK)?.length ?? 0;
      if (line.includes('|') && DELIMITER_ROW.test(line)) columns = Math.max(columns, line.split('|').length);
      cells += columns;
      excess ??= excessOf(line, { length, marks, cells: columns && cells });
    }
    if (excess) {
      parts.push({ line: first + 1, message: excess, first, last, isCode });
      cells = before;
    }
    first = last;
  }
  return parts;
}

function excessOf(
  line: string,
  { length, marks, cells }: Record<'length' | 'marks' | 'cells', number>,
): string | undefined {
  if (TOO_MANY_MARKERS.test(line) && !RULE.test(line))
    return `引用和列表套了超过 ${MAX_MARKERS} 层，这一段已按普通文字显示；请删去行首多余的「>」「-」`;
  if (length > MAX_PARAGRAPH) return `这一段超过了 ${MAX_PARAGRAPH} 个字，已按普通文字显示；请用空行分段`;
  if (marks > MAX_MARKS) return `这一段的符号超过了 ${MAX_MARKS} 个，已按普通文字显示；请用空行分段`;
  if (cells > MAX_CELLS)
    return `表格超过了 ${MAX_CELLS} 格，这一张已按普通文字显示；请把大表格作为附件上传，正文里只放摘要`;
  return undefined;
}
