import { blockNamed } from '../../blocks/index.ts';
import type { Problem } from '../../model/problems.ts';
import { looksLikeFormula } from '../source/dollars.ts';
import { applyEdits, type Edit, type EditedText } from '../source/edits.ts';
import { flattenEdits } from './flatten.ts';
import { excessParts } from '../source/limits.ts';
import { type Line, readLines } from '../source/lines.ts';

/**
 * Blocks that MDX delimits otherwise than their readers do. MDX knows no indented code, so `    # 注释` became a heading;
 * and a formula between `$$` whose second line is indented, or ends in `$$`, or is missing, swallowed the rest of the
 * article. Both are rewritten with fences that every parser reads the same. What is too much for the parser becomes
 * plain text here, before it reads a word.
 */

export interface Layout extends EditedText {
  notices: { severity: Problem['severity']; at: number; message: string }[];
  /** The line of something that cannot be made plain text by itself; the whole body has to be. */
  refused: { line: number; message: string } | undefined;
}

/** Lines that a formula between `$$` may have. */
const MAX_FORMULA_LINES = 200;

/** Columns that make a line indented code. */
const CODE_INDENT = 4;

export function layOut(text: string): Layout {
  const { lines, unclosed } = readLines(text);
  const notices: Layout['notices'] = [];
  const edits: Edit[] = [];
  const parts = excessParts(text, lines);
  const refused = parts.find((part) => part.isCode);
  for (const { first, last, line, message } of parts) {
    const start = (lines[first] as Line).start;
    const end = (lines[last - 1] as Line).end;
    notices.push({ severity: 'error', at: (lines[line - 1] as Line).start, message });
    edits.push(...flattenEdits(text, start, end));
  }
  const excessAt = new Map(parts.map((part) => [part.first, part]));
  let judged = -1;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] as Line;
    const excess = excessAt.get(index);
    if (excess) {
      index = excess.last - 1;
      continue;
    }
    if (line.isFenced || line.isBlank) continue;
    const formula = formulaAt(text, lines, index);
    const found = formula ?? (index > judged ? indentedAt(text, lines, index) : undefined);
    if (!found) continue;
    edits.push(...found.edits);
    if (found.notice) notices.push({ at: line.content, ...found.notice });
    if (formula || found.edits.length > 0) index = found.last;
    else judged = found.last;
  }
  if (unclosed !== undefined)
    notices.push({
      severity: 'warning',
      at: (lines[unclosed] as Line).content,
      message: '代码没有结束，后面的全部按代码显示；请在代码后面补上单独一行「```」',
    });
  return { ...applyEdits(text, edits), notices, refused };
}

interface Found {
  /** Index of its last line. */
  last: number;
  edits: Edit[];
  notice?: { severity: Problem['severity']; message: string };
}

const textOf = (text: string, line: Line) => text.slice(line.content, line.end).trimEnd();

/** What stands in front of a line's text so that it belongs to the same quotation and list item. */
const containerOf = (text: string, line: Line, base: number) =>
  text.slice(line.start, line.inner).replace(/>$/, '> ') + ' '.repeat(base);

// ——— Formulas between `$$` ———

const STRUCTURE = /^(?:#{1,6}(?:\s|$)|`{3}|~{3}|<\/?[A-Z]|\|)/;

function formulaAt(text: string, lines: readonly Line[], first: number): Found | undefined {
  const opener = lines[first] as Line;
  const [, sign = '', rest = ''] = /^(\${2,})[ \t]*([^$]*)$/.exec(textOf(text, opener)) ?? [];
  if (sign === '') return undefined;
  const base = itemBaseOf(opener);
  const { last, closer, body } = formulaLines(text, lines, first, sign, base);
  const tex = [rest, ...body].filter((words, index) => index > 0 || words !== '');
  if (closer && closer === sign && rest === '') {
    const end = lines[last] as Line;
    if (opener.indent - opener.base < CODE_INDENT && end.indent - base < CODE_INDENT)
      return { last, edits: [] };
  }
  const isFormula = closer ? !isProse(rest) : looksLikeFormula(tex.join('\n').trim()) && !tex.some(isProse);
  if (!isFormula)
    return { last: first, edits: [...sign].map((_, index) => insertion(opener.content + index, '\\')) };
  const container = containerOf(text, opener, base);
  return {
    last,
    edits: [
      {
        start: opener.hasMarker ? opener.content : opener.start,
        end: (lines[last] as Line).end,
        text: [
          opener.hasMarker ? sign : `${container}${sign}`,
          ...tex.map((words) => `${container}${words}`),
          `${container}${sign}`,
        ].join('\n'),
      },
    ],
    ...(closer
      ? {}
      : {
          notice: {
            severity: 'warning',
            message: '公式没有结束，已在空行处结束；请在公式后面补上单独一行「$$」',
          },
        }),
  };
}

/** The column that the text of the innermost item begins at, also on the line with the item's marker. */
const itemBaseOf = (line: Line) => (line.hasMarker ? line.content - line.inner : line.base);

const insertion = (at: number, text: string): Edit => ({ start: at, end: at, text });

/** The lines after an opening `$$` up to where a reader would say that the formula ends. */
function formulaLines(text: string, lines: readonly Line[], first: number, sign: string, base: number) {
  const opener = lines[first] as Line;
  const body: string[] = [];
  let blank: { last: number; length: number } | undefined;
  let index = first + 1;
  for (; index < lines.length && index <= first + MAX_FORMULA_LINES; index++) {
    const line = lines[index] as Line;
    if (line.depth < opener.depth || (!line.isBlank && line.indent < base)) break;
    const words = textOf(text, line);
    if (line.isBlank) {
      blank ??= { last: index - 1, length: body.length };
      body.push('');
      continue;
    }
    if (words === '$'.repeat(words.length) && words.length >= sign.length)
      return { last: index, closer: sign, body };
    const tail = /^([^$]+)\${2,}$/.exec(words);
    if (tail) return { last: index, closer: '…$$', body: [...body, tail[1] as string] };
    if (words.includes('$$') || STRUCTURE.test(words) || (blank && isProse(words))) break;
    body.push(words);
  }
  blank ??= { last: index - 1, length: body.length };
  return { last: blank.last, closer: undefined, body: body.slice(0, blank.length) };
}

/** Words in a line, rather than a formula with Chinese names in it. */
const isProse = (words: string) =>
  /\p{Script=Han}/u.test(words.replace(/\\[a-z]+\s*\{[^{}]*\}/gi, '')) &&
  (!/[=\\^_&+<>]/.test(words) || /[。；！？]/.test(words));

// ——— Indented code ———

const CODE_NOTICE =
  '这几行前面空了四格以上，已按代码显示；是代码的话请放在两行「```」中间，不是的话请删去行首的空格';

/** The indented lines that begin at `first`, with edits when they are code; undefined when none begin there. */
function indentedAt(text: string, lines: readonly Line[], first: number): Found | undefined {
  const line = lines[first] as Line;
  const isDeep = (next: Line) => next.indent - line.base >= CODE_INDENT && next.depth === line.depth;
  if (!isDeep(line)) return undefined;
  const previous = lines[first - 1];
  const follows = previous && !previous.isBlank && !previous.isFenced;
  let last = first;
  for (let index = first + 1; index < lines.length; index++) {
    const next = lines[index] as Line;
    if (next.isBlank && next.depth === line.depth && !follows) continue;
    if (next.isBlank || !isDeep(next)) break;
    last = index;
  }
  const part = lines.slice(first, last + 1).filter((next) => !next.isBlank);
  const kinds = part.map((next) => kindOf(wholeText(text, next)));
  const isHeading = (next: Line) => /^#{1,6}\s/.test(wholeText(text, next));
  if (!isCode(kinds) || (follows && !part.some(isHeading))) return { last, edits: [] };

  const container = containerOf(text, line, line.base);
  const longest = part.reduce((most, next) => Math.max(most, longestTicks(wholeText(text, next))), 2);
  const fence = '`'.repeat(longest + 1);
  const edits: Edit[] = [insertion(line.start, `${container}${fence}\n`)];
  for (const next of part)
    edits.push({
      start: next.start,
      end: startOf(text, next),
      text: container + ' '.repeat(next.indent - line.base - CODE_INDENT),
    });
  edits.push(insertion((lines[last] as Line).end, `\n${container}${fence}`));
  return { last, edits, notice: { severity: 'warning', message: CODE_NOTICE } };
}

const longestTicks = (words: string) => Math.max(0, ...(words.match(/`+/g) ?? []).map((run) => run.length));

function isCode(kinds: readonly Kind[]): boolean {
  const count = (kind: Kind) => kinds.filter((item) => item === kind).length;
  if (count('block') > 0 || count('code') === 0) return false;
  return count('code') > count('prose') || (count('code') === count('prose') && kinds[0] === 'code');
}

/** Offset of a line's first character after its indentation, list marker included. */
function startOf(text: string, line: Line): number {
  let at = line.inner;
  while (at < line.end && /[ \t]/.test(text[at] as string)) at++;
  return at;
}

const wholeText = (text: string, line: Line) => text.slice(startOf(text, line), line.end).trimEnd();

type Kind = 'block' | 'code' | 'prose' | 'either';

const HAN = /\p{Script=Han}/u;

/** Whether an indented line looks like code, or like a paragraph whose first line was indented with spaces. */
function kindOf(words: string): Kind {
  const tag = /^<\/?([A-Z]\w*)/.exec(words)?.[1];
  if ((tag && blockNamed(tag)) || /^(?:`{3}|~{3}|\$\$)/.test(words)) return 'block';
  if (/^(?:[-+*]|\d{1,9}[.)]|>)(?:\s|$)|^\|/.test(words)) return 'either';
  if (/^(?:#|\/\/|\/\*|\*\/|--|;|\$ |>>>|@|<[a-z!/?]|[{}\])])/.test(words)) return 'code';
  if (!HAN.test(words)) return /[A-Za-z{}()[\];=]/.test(words) ? 'code' : 'either';
  return /^[A-Za-z_$][\w$.]*\s*(?:[=({[;:]|->|[A-Za-z_$][\w$.]*\s*[=({[;])/.test(words) &&
    /["'(){};=]/.test(words)
    ? 'code'
    : 'prose';
}
