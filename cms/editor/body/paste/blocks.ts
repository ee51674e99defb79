import { containsBlocks, isBlock, isElement } from './dom.ts';
import { MARKS, writeFormulaMarks } from './emphasis.ts';
import { escapeLinkMiddle, inlineOf, paragraph } from './inline.ts';
import { tableToMarkdown } from './table.ts';
import { addToWordList, listItem, type WordList, wordListLevel } from './word-list.ts';

/** The content of an element as Markdown blocks. */
export function toBlocks(parent: HTMLElement): string[] {
  const made: string[] = [];
  let inline: Node[] = [];
  let list: WordList | undefined;
  const add = (...texts: string[]) => made.push(...texts.filter((text) => text !== ''));
  const endList = () => {
    if (list) add(list.lines.join('\n'));
    list = undefined;
  };
  const endParagraph = () => {
    const text = paragraph(inlineOf(inline));
    inline = [];
    if (text === '') return;
    endList();
    add(text);
  };
  for (const child of parent.childNodes) {
    if (!isElement(child) || !(isBlock(child) || containsBlocks(child))) {
      inline.push(child);
      continue;
    }
    endParagraph();
    const level = wordListLevel(child);
    if (level !== undefined && !/^H\d$/.test(child.tagName)) {
      list ??= { lines: [], indents: [], counts: [] };
      addToWordList(list, child, level);
      continue;
    }
    const texts = blockOf(child);
    if (texts.length === 0) continue;
    endList();
    add(...texts);
  }
  endParagraph();
  endList();
  return made;
}

function blockOf(element: HTMLElement): string[] {
  const { tagName } = element;
  const heading = /^H(\d)$/.exec(tagName)?.[1];
  if (heading !== undefined) {
    const text = writeFormulaMarks(escapeLinkMiddle(inlineOf([...element.childNodes])))
      .replace(MARKS, '')
      .replace(/(?:\\\n|[ \n])+/g, ' ')
      .trim()
      .replace(/#+$/, '\\$&');
    // The page's title is its only first-level heading.
    return text === '' ? [] : [`${'#'.repeat(Math.max(2, Number(heading)))} ${text}`];
  }
  if (tagName === 'HR') return ['---'];
  if (tagName === 'TABLE') return tableToMarkdown(element as HTMLTableElement, toBlocks);
  if (tagName === 'PRE') return [`\`\`\`\n${(element.textContent ?? '').replace(/\n$/, '')}\n\`\`\``];
  if (tagName === 'BLOCKQUOTE') {
    const inside = toBlocks(element).join('\n\n');
    return inside === '' ? [] : [inside.replace(/^(?=.)/gm, '> ').replace(/^$/gm, '>')];
  }
  if (tagName === 'UL' || tagName === 'OL') return listToMarkdown(element);
  return toBlocks(element);
}

function listToMarkdown(element: HTMLElement): string[] {
  const lines: string[] = [];
  let count = element instanceof HTMLOListElement ? element.start - 1 : 0;
  let indent = 2;
  for (const child of element.childNodes) {
    // Word Online writes a nested list as a sibling of the items: it belongs to the item before.
    if (isElement(child) && (child.tagName === 'UL' || child.tagName === 'OL')) {
      lines.push(...listToMarkdown(child).map((text) => listItem(' '.repeat(indent), text, indent)));
      continue;
    }
    const parts =
      isElement(child) && child.tagName === 'LI' ? toBlocks(child) : [paragraph(inlineOf([child]))];
    const [first = '', ...rest] = parts;
    if (first === '') continue;
    count++;
    const marker = element.tagName === 'OL' ? `${count}. ` : '- ';
    indent = marker.length;
    const [second] = rest;
    const tight = second !== undefined && /^(?:- |1\. )/.test(second) ? '\n' : '\n\n';
    lines.push(listItem(marker, rest.length > 0 ? `${first}${tight}${rest.join('\n\n')}` : first, indent));
  }
  return lines.length > 0 ? [lines.join('\n')] : [];
}
