import { boldOf, containsBlocks, textsIn } from './dom.ts';
import type { Notes } from './notes.ts';
import { wordListLevel } from './word-list.ts';

/**
 * Headings that were only made bold: a short bold line of its own that begins with 「一、」, 「（一）」 or 「1．」, the three ranks of
 * Chinese official documents (GB/T 9704—2012, 7.3.3). Headings made with a program's styles come as headings.
 */

/** By rank, the highest first. */
const NUMBERS = [
  /^[一二三四五六七八九十百]{1,4}、/,
  /^[（(][一二三四五六七八九十百]{1,4}[）)]/,
  /^\d{1,2}[．.、](?!\d)/,
] as const;

/** A longer line is a sentence. In characters. */
const LONGEST = 40;

const SENTENCE_END = /[。！？；，、!?;,]$/;

const LINES = 'p,div,h1,h2,h3,h4,h5,h6';
const FIRST_LEVEL = 2;
const LAST_LEVEL = 6;

interface Line {
  element: HTMLElement;
  /** Of a bold line with a number; undefined for any other. */
  rank: number | undefined;
}

/** Turns bold lines with numbers into headings below those that are there, without leaving out a level. */
export function recogniseHeadings(body: HTMLElement, notes: Notes): void {
  const lines = [...body.querySelectorAll<HTMLElement>(LINES)]
    .filter((element) => !containsBlocks(element) && (element.textContent ?? '').trim() !== '')
    .map((element) => ({ element, rank: rankOf(element) }));
  const found = new Set(lines.filter((line, index) => line.rank !== undefined && !isInRun(lines, index)));
  if (found.size > 0)
    notes.add(
      '加粗、带编号的整行改成了标题，不是标题的请改回来',
      [...found].map(({ element }) => element.textContent ?? ''),
    );
  const ranks = [...new Set([...found].map(({ rank }) => rank))].sort();
  let styled = FIRST_LEVEL - 1;
  let before = FIRST_LEVEL - 1;
  for (const line of lines) {
    const [, own] = /^H(\d)$/.exec(line.element.tagName) ?? [];
    if (own !== undefined) {
      styled = Math.max(FIRST_LEVEL, Number(own));
      before = styled;
    }
    if (!found.has(line)) continue;
    const level = Math.min(styled + 1 + ranks.indexOf(line.rank), before + 1, LAST_LEVEL);
    makeHeading(line.element, level);
    before = level;
  }
}

function rankOf(element: HTMLElement): number | undefined {
  if (!/^(?:P|DIV)$/.test(element.tagName) || element.closest('li,td,th,blockquote,pre')) return undefined;
  if (wordListLevel(element) !== undefined || element.querySelector('img,br,table')) return undefined;
  const text = (element.textContent ?? '').replace(/[\s\u00a0]+/g, '');
  if ([...text].length > LONGEST || SENTENCE_END.test(text)) return undefined;
  const rank = NUMBERS.findIndex((number) => number.test(text) && text.replace(number, '') !== '');
  const isBold = textsIn(element).every((part) => part.data.trim() === '' || isBoldIn(element, part));
  return rank === -1 || !isBold ? undefined : rank;
}

/** Lines of one rank with nothing between them are a list. */
function isInRun(lines: readonly Line[], index: number): boolean {
  const { rank } = lines[index] as Line;
  return [index - 1, index + 1].some((near) => lines[near]?.rank === rank);
}

/** Whether a text in the line is bold: what stands nearest around it decides. */
function isBoldIn(line: HTMLElement, text: Text): boolean {
  for (let around = text.parentElement; around; around = around.parentElement) {
    const bold = boldOf(around);
    if (bold !== undefined) return bold;
    if (around === line) return false;
  }
  return false;
}

function makeHeading(line: HTMLElement, level: number): void {
  const heading = line.ownerDocument.createElement(`h${level}`);
  heading.append(...line.childNodes);
  line.replaceWith(heading);
}
