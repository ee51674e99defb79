import { isSafeAddress } from '../../src/model/block.ts';
import { showProblems } from './dialog.ts';

/**
 * What is pasted from Word, WPS or a web page, as Markdown. Pictures that only the writer's computer or a chat program
 * can open become a sentence that asks for them; no word of the text is lost.
 */

export interface CleanPaste {
  markdown: string;
  /** Addresses of the pictures that have to be uploaded, in the order of the text. */
  refused: string[];
}

const PLACEHOLDER = '（这里原有一张图片，请重新上传）';

const HAS_STRUCTURE =
  'h1,h2,h3,h4,h5,h6,b,strong,i,em,ul,ol,table,a[href],img,blockquote,sub,sup,[class^=Mso],[style*=mso-]';

/** Parses pasted HTML; nothing in it runs or is loaded. */
const parse = (html: string) => new DOMParser().parseFromString(html, 'text/html');

/** Whether pasted HTML holds more than plain text, such as headings, lists, tables or pictures. */
export const isFormatted = (html: string): boolean => parse(html).querySelector(HAS_STRUCTURE) !== null;

/** Pasted HTML as Markdown of the body. */
export function cleanPaste(html: string): CleanPaste {
  const { body } = parse(html);
  const refused = markPictures(body);
  for (const unseen of body.querySelectorAll('style,script,meta,link,title,xml,template,noscript'))
    unseen.remove();
  return { markdown: blocksOf(body).join('\n\n'), refused };
}

/**
 * Pasted HTML with a sentence in place of each picture that is not on this site; undefined when there is none.
 * For the rich-text editor, which reads the rest itself.
 */
export function withoutPictures(html: string): { html: string; refused: string[] } | undefined {
  const { body } = parse(html);
  const refused = markPictures(body);
  return refused.length > 0 ? { html: body.innerHTML, refused } : undefined;
}

/** Says which pictures were left out and what to do. */
export function askForPictures(refused: readonly string[]): void {
  const problems = refused.map((address) => ({
    severity: 'warning' as const,
    file: '',
    message: `「${address.length > 60 ? `${address.slice(0, 60)}…` : address || '没有地址的图片'}」`,
  }));
  const title = `有 ${refused.length} 张图片没有粘贴进来：请把光标放到「${PLACEHOLDER}」，删掉这句话，用「图片」按钮上传`;
  showProblems(title, problems);
}

/** Puts the sentence in place of each picture that the site does not have; gives their addresses. */
function markPictures(body: HTMLElement): string[] {
  const refused: string[] = [];
  for (const image of body.querySelectorAll('img')) {
    const address = image.getAttribute('src') ?? '';
    if (address.startsWith('/uploads/')) continue;
    refused.push(address);
    image.replaceWith(PLACEHOLDER);
  }
  return refused;
}

const BLOCKS = new Set(
  'ADDRESS ARTICLE ASIDE BLOCKQUOTE CENTER DD DIV DL DT FIGCAPTION FIGURE FOOTER H1 H2 H3 H4 H5 H6 HEADER HR LI MAIN NAV OL P PRE SECTION TABLE UL'.split(
    ' ',
  ),
);

const isElement = (node: Node): node is HTMLElement => node.nodeType === Node.ELEMENT_NODE;

const isBlock = (node: Node) => isElement(node) && BLOCKS.has(node.tagName);

const holdsBlocks = (element: HTMLElement): boolean =>
  [...element.children].some((child) => isBlock(child) || holdsBlocks(child as HTMLElement));

/** Word writes a list as paragraphs with the marker as text. */
const wordLevel = (element: Element): number | undefined => {
  const [, level] = /mso-list:[^;]*level(\d+)/.exec(element.getAttribute('style') ?? '') ?? [];
  return level === undefined ? undefined : Number(level);
};

/** The Markdown blocks of an element's content. */
function blocksOf(parent: HTMLElement): string[] {
  const made: string[] = [];
  let sentence: Node[] = [];
  let list: WordList | undefined;
  const add = (...texts: string[]) => made.push(...texts.filter((text) => text !== ''));
  const endList = () => {
    if (list) add(list.lines.join('\n'));
    list = undefined;
  };
  const endSentence = () => {
    const text = paragraph(inlineOf(sentence));
    sentence = [];
    if (text === '') return;
    endList();
    add(text);
  };
  for (const child of parent.childNodes) {
    if (!isElement(child) || !(isBlock(child) || holdsBlocks(child))) {
      sentence.push(child);
      continue;
    }
    endSentence();
    const level = wordLevel(child);
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
  endSentence();
  endList();
  return made;
}

interface WordList {
  lines: string[];
  /** Where the text of the last item of each level begins, in columns. */
  indents: number[];
  counts: number[];
}

function addToWordList(list: WordList, element: HTMLElement, level: number) {
  const ignored = [...element.querySelectorAll('[style]')].find((part) =>
    /mso-list:\s*ignore/i.test(part.getAttribute('style') ?? ''),
  );
  const ordered = /^[\s(（]*(?:\d+|[a-z]{1,4}|[一二三四五六七八九十]+)[.)、．）]/i.test(
    ignored?.textContent ?? '',
  );
  ignored?.remove();
  const text = paragraph(inlineOf([...element.childNodes]));
  if (text === '') return;
  const depth = Math.min(level, list.indents.length + 1);
  list.indents.length = depth - 1;
  list.counts.length = depth;
  const count = (list.counts[depth - 1] ?? 0) + 1;
  list.counts[depth - 1] = count;
  const marker = ordered ? `${count}. ` : '- ';
  const indent = list.indents.at(-1) ?? 0;
  list.indents.push(indent + marker.length);
  list.lines.push(item(' '.repeat(indent) + marker, text, indent + marker.length));
}

const item = (marker: string, text: string, indent: number) =>
  marker + text.replace(/\n(?=[^\n])/g, `\n${' '.repeat(indent)}`);

function blockOf(element: HTMLElement): string[] {
  const { tagName } = element;
  const heading = /^H(\d)$/.exec(tagName)?.[1];
  if (heading !== undefined) {
    const text = paragraph(inlineOf([...element.childNodes])).replace(/\s*\\?\n\s*/g, ' ');
    // A page has one first heading: its title.
    return text === '' ? [] : [`${'#'.repeat(Math.max(2, Number(heading)))} ${text.replaceAll('**', '')}`];
  }
  if (tagName === 'HR') return ['---'];
  if (tagName === 'TABLE') return table(element as HTMLTableElement);
  if (tagName === 'PRE') return [`\`\`\`\n${(element.textContent ?? '').replace(/\n$/, '')}\n\`\`\``];
  if (tagName === 'BLOCKQUOTE') {
    const inside = blocksOf(element).join('\n\n');
    return inside === '' ? [] : [inside.replace(/^(?=.)/gm, '> ').replace(/^$/gm, '>')];
  }
  if (tagName === 'UL' || tagName === 'OL') return list(element);
  return blocksOf(element);
}

function list(element: HTMLElement): string[] {
  const lines: string[] = [];
  let count = 0;
  let indent = 2;
  for (const child of element.childNodes) {
    // A list beside the items, as Word's web view writes it, belongs to the item before.
    if (isElement(child) && (child.tagName === 'UL' || child.tagName === 'OL')) {
      lines.push(...list(child).map((text) => item(' '.repeat(indent), text, indent)));
      continue;
    }
    const parts =
      isElement(child) && child.tagName === 'LI' ? blocksOf(child) : [paragraph(inlineOf([child]))];
    const [first = '', ...rest] = parts;
    if (first === '') continue;
    count++;
    const marker = element.tagName === 'OL' ? `${count}. ` : '- ';
    indent = marker.length;
    const [second] = rest;
    const tight = second !== undefined && /^(?:- |1\. )/.test(second) ? '\n' : '\n\n';
    lines.push(item(marker, rest.length > 0 ? `${first}${tight}${rest.join('\n\n')}` : first, indent));
  }
  return lines.length > 0 ? [lines.join('\n')] : [];
}

const MAX_SPAN = 50;

/** A table of GitHub's kind; the text of a merged cell stands in its first place. */
function table(element: HTMLTableElement): string[] {
  const before = element.caption ? blocksOf(element.caption) : [];
  const grid: (string | undefined)[][] = [...element.rows].map(() => []);
  [...element.rows].forEach((row, top) => {
    let column = 0;
    for (const cell of row.cells) {
      while (grid[top]?.[column] !== undefined) column++;
      const text = blocksOf(cell)
        .join('　')
        .replace(/\\?\n\s*/g, ' ')
        .replaceAll('|', '\\|');
      for (let down = 0; down < Math.min(cell.rowSpan, grid.length - top); down++)
        for (let across = 0; across < Math.min(cell.colSpan, MAX_SPAN); across++)
          (grid[top + down] as string[])[column + across] = down + across === 0 ? text : '';
      column += Math.min(cell.colSpan, MAX_SPAN);
    }
  });
  const rows = grid.filter((row) => row.some((text) => text));
  const [head] = rows;
  if (!head) return before;
  const width = Math.max(...rows.map((row) => row.length));
  // One cell is a frame around text, not a table.
  if (width === 1 && rows.length === 1)
    return [...before, ...[...element.rows].flatMap((row) => [...row.cells].flatMap(blocksOf))];
  const line = (cells: readonly (string | undefined)[]) =>
    `| ${Array.from({ length: width }, (_, index) => cells[index] ?? '').join(' | ')} |`;
  const rule = line(Array.from({ length: width }, () => '---'));
  return [...before, [line(head), rule, ...rows.slice(1).map(line)].join('\n')];
}

/** Markdown of what stands in a sentence. */
const inlineOf = (nodes: readonly Node[]): string => nodes.map(inline).join('');

function inline(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE)
    return escapeMarkdown((node.textContent ?? '').replace(/[\s\u00a0]+/g, spaceOf));
  if (!isElement(node)) return '';
  if (node.tagName === 'BR') return '\\\n';
  if (node.tagName === 'IMG')
    return `![${escapeMarkdown(node.getAttribute('alt') ?? '')}](${node.getAttribute('src')})`;
  const text = inlineOf([...node.childNodes]);
  if (node.tagName === 'SUB' || node.tagName === 'SUP') {
    const tag = node.tagName.toLowerCase();
    return text.trim() === '' ? text : `<${tag}>${text}</${tag}>`;
  }
  if (node.tagName === 'A') return link(text, node.getAttribute('href') ?? '');
  const style = node.getAttribute('style') ?? '';
  const weight = /(?:^|;)\s*font-weight:\s*(bold|bolder|normal|\d+)/i.exec(style)?.[1];
  const bold = weight ? /bold|[6-9]00/i.test(weight) : ['B', 'STRONG'].includes(node.tagName);
  if (bold) return around(text, '**');
  return ['I', 'EM'].includes(node.tagName) ? around(text, '*') : text;
}

/** Full-width spaces indent a Chinese paragraph and stay. */
const spaceOf = (space: string) => [...space].filter((one) => one === '　').join('') || ' ';

/** Marks emphasis; Markdown wants it tight around the words, and once. */
function around(text: string, mark: string): string {
  const inner = mark === '**' ? text.replaceAll(/(?<!\\)\*\*/g, '') : text;
  const [, before = '', words = '', after = ''] = /^(\s*)([\s\S]*?)((?:\\\n|\s)*)$/.exec(inner) ?? [];
  return words === '' ? text : `${before}${mark}${words}${mark}${after}`;
}

function link(text: string, address: string): string {
  const kept =
    text.trim() !== '' && /^(?:https?:|mailto:|tel:|\/(?!\/))/i.test(address) && isSafeAddress(address);
  return kept
    ? `[${text.trim()}](${address
        .replace(/[\s()<>]/g, encodeURIComponent)
        .replaceAll('(', '%28')
        .replaceAll(')', '%29')})`
    : text;
}

const escapeMarkdown = (text: string) => text.replace(/[\\`*_{}[\]<~$]/g, '\\$&');

/** A paragraph whose beginning is not taken for a heading, a list or a quotation. */
const paragraph = (text: string) =>
  text
    .replace(/\*\*\*\*/g, '')
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/^(?: |\\?\n)+|(?: |\\?\n)+$/g, '')
    .replace(/^(#{1,6}\s|>|[-+](?=\s|$)|-{3,}|={3,})/gm, '\\$1')
    .replace(/^(\d+)([.)])(?=\s)/gm, '$1\\$2');
