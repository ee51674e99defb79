/**
 * What a body may hold at most, found by looking at its lines only. The parser's time and memory grow with the square
 * of some of these (a quotation in a quotation, a table's columns by its rows), so they are refused before it reads a
 * word: otherwise one pasted file could hold up every other editor, or the build.
 */

/** Longest body in characters: a book, not an article. */
const MAX_LENGTH = 100_000;

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

const MARK = /[!-/:-@[-`{-~]/g;

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

/** Why a body cannot be read as Markdown, and the line; undefined when it can. Takes time linear in its length. */
export function exceededLimit(body: string): { line: number; message: string } | undefined {
  if (body.length > MAX_LENGTH)
    return {
      line: 1,
      message: `正文有 ${body.length} 个字符，超过了 ${MAX_LENGTH} 个，已按普通文字显示；请分成几篇，或作为附件上传`,
    };
  const signs = [
    { sign: /\$/g, most: MAX_DOLLARS, what: '「$」' },
    { sign: /\{/g, most: MAX_BRACES, what: '「{」' },
    { sign: /<[A-Z]/g, most: MAX_TAGS, what: '形如 <Callout> 的标签' },
  ];
  for (const { sign, most, what } of signs)
    if ((body.match(sign)?.length ?? 0) > most)
      return { line: 1, message: `${what}超过了 ${most} 个，全文已按普通文字显示；请分成几篇` };
  let cells = 0;
  let columns = 0;
  let marks = 0;
  let length = 0;
  for (const [index, line] of body.split('\n').entries()) {
    if (TOO_MANY_MARKERS.test(line) && !RULE.test(line))
      return {
        line: index + 1,
        message: `引用和列表套了超过 ${MAX_MARKERS} 层，全文已按普通文字显示；请删去行首多余的「>」「-」`,
      };
    const isBlank = BLANK.test(line);
    length = isBlank ? 0 : length + line.length;
    marks = isBlank ? 0 : marks + (line.match(MARK)?.length ?? 0);
    if (length > MAX_PARAGRAPH || marks > MAX_MARKS)
      return {
        line: index + 1,
        message: `这一段${length > MAX_PARAGRAPH ? `超过了 ${MAX_PARAGRAPH} 个字` : `的符号超过了 ${MAX_MARKS} 个`}，全文已按普通文字显示；请用空行分段`,
      };
    if (isBlank) columns = 0;
    else if (line.includes('|') && DELIMITER_ROW.test(line))
      columns = Math.max(columns, line.split('|').length);
    cells += columns;
    if (cells > MAX_CELLS)
      return {
        line: index + 1,
        message: `表格超过了 ${MAX_CELLS} 格，全文已按普通文字显示；请把大表格作为附件上传，正文里只放摘要`,
      };
  }
  return undefined;
}
