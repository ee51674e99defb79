import { inlineOf, paragraph } from './inline.ts';

/** Lists as Word writes them: paragraphs with `mso-list` styles and the marker as text. */

const markerOf = (element: Element) =>
  [...element.querySelectorAll('[style]')].find((part) =>
    /mso-list:\s*ignore/i.test(part.getAttribute('style') ?? ''),
  );

/**
 * Nesting level of a list item, from 1; undefined for other paragraphs, and for markers other than a number or a bullet, such
 * as 「一、」 and 「第二条」: Markdown has no such list, so the marker stays in the text.
 */
export const wordListLevel = (element: Element): number | undefined => {
  const [, level] = /mso-list:[^;]*level(\d+)/.exec(element.getAttribute('style') ?? '') ?? [];
  const marker = (markerOf(element)?.textContent ?? '').trim();
  const isPlain = /^(?:\d{1,9}[.)、．）]?|[^\p{Script=Han}\d])?$/u.test(marker);
  return level === undefined || !isPlain ? undefined : Number(level);
};

export interface WordList {
  lines: string[];
  /** Column at which the text of the last item of each level begins. */
  indents: number[];
  counts: number[];
}

export function addToWordList(list: WordList, element: HTMLElement, level: number) {
  const ignored = markerOf(element);
  const number = /^\s*(\d{1,9})[.)、．）]?\s*$/.exec(ignored?.textContent ?? '')?.[1];
  ignored?.remove();
  const text = paragraph(inlineOf([...element.childNodes]));
  if (text === '') return;
  const depth = Math.min(level, list.indents.length + 1);
  list.indents.length = depth - 1;
  list.counts.length = depth;
  const count = (list.counts[depth - 1] ?? Number(number ?? 1) - 1) + 1;
  list.counts[depth - 1] = count;
  const marker = number ? `${count}. ` : '- ';
  const indent = list.indents.at(-1) ?? 0;
  list.indents.push(indent + marker.length);
  list.lines.push(listItem(' '.repeat(indent) + marker, text, indent + marker.length));
}

/** An item whose further lines are indented to its text. */
export const listItem = (marker: string, text: string, indent: number) =>
  marker + text.replace(/\n(?=[^\n])/g, `\n${' '.repeat(indent)}`);
