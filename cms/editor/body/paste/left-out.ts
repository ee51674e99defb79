import { styleOf } from './dom.ts';
import type { Notes } from './notes.ts';

/** What its author does not show any more: deletions that Word tracks, comments, hidden text, rows and columns. */

/** Takes it out of the pasted body and says so. */
export function leaveOut(body: HTMLElement, notes: Notes): void {
  takeOut(body, isTrackedDeletion, '修订里删去的字没有粘贴进来', notes);
  takeOut(body, isCommentMark, undefined, notes);
  takeOut(body, isComment, '批注没有粘贴进来', notes);
  hideColumns(body);
  takeOut(body, (element) => isHidden(element, body), '隐藏的内容没有粘贴进来', notes);
}

function takeOut(
  body: HTMLElement,
  is: (element: HTMLElement) => boolean,
  sentence: string | undefined,
  notes: Notes,
): void {
  const texts: string[] = [];
  for (const element of [...body.querySelectorAll<HTMLElement>('*')].filter(is)) {
    // What stood in one of them has gone with it.
    if (!body.contains(element)) continue;
    element.remove();
    const text = element.textContent ?? '';
    if (text.trim() !== '') texts.push(text);
  }
  if (sentence !== undefined && texts.length > 0) notes.add(sentence, texts);
}

/** `<del>` with an author or a time; on a web page `<del>` is what readers see struck out. */
const isTrackedDeletion = (element: HTMLElement) =>
  element.classList.contains('msoDel') ||
  (element.tagName === 'DEL' && (element.hasAttribute('cite') || element.hasAttribute('datetime')));

/** The mark in the text, such as [王1]; the commented words themselves stay. */
const isCommentMark = (element: HTMLElement) =>
  element.classList.contains('msocomanchor') ||
  element.classList.contains('MsoCommentReference') ||
  /mso-special-character:\s*comment/i.test(styleOf(element));

const isComment = (element: HTMLElement) =>
  /mso-element:\s*comment(?:-list)?\s*(?:;|$)/i.test(styleOf(element)) ||
  element.classList.contains('msocomtxt') ||
  element.classList.contains('MsoCommentText');

function isHidden(element: HTMLElement, body: HTMLElement): boolean {
  if (element.closest('math,.katex')) return false;
  const style = styleOf(element);
  if (/(?:^|;)\s*(?:display:\s*none|mso-hide:\s*(?:all|screen))/i.test(style)) return true;
  if (element.hidden) return true;
  // Some pages show their whole text by a script only.
  return /(?:^|;)\s*visibility:\s*(?:hidden|collapse)/i.test(style) && !holdsMost(element, body);
}

const lengthOf = ({ textContent }: Element) => (textContent ?? '').replace(/\s+/g, '').length;

const holdsMost = (element: HTMLElement, body: HTMLElement) => lengthOf(element) > lengthOf(body) / 2;

/** Excel hides a column by its `<col>`: marks the cells of it. */
function hideColumns(body: HTMLElement): void {
  for (const table of body.querySelectorAll('table')) {
    const hidden = hiddenColumns(table);
    if (hidden.size === 0) continue;
    for (const row of table.rows) {
      let column = 0;
      for (const cell of row.cells) {
        if (cell.colSpan === 1 && hidden.has(column)) cell.hidden = true;
        column += cell.colSpan;
      }
    }
  }
}

function hiddenColumns(table: HTMLTableElement): Set<number> {
  const hidden = new Set<number>();
  let column = 0;
  for (const col of table.querySelectorAll<HTMLTableColElement>('col')) {
    const isNone = /display:\s*none/i.test(styleOf(col));
    for (let index = 0; index < Math.min(col.span, 1000); index++, column++) if (isNone) hidden.add(column);
  }
  return hidden;
}
