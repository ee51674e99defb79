import { missingPicture } from '../../../src/model/missing-picture.ts';
import { isSafeAddress } from '../../../src/model/block.ts';
import { siteRoot } from '../client/address.ts';
import { showProblems } from '../dialogs/dialog.ts';

/**
 * What is pasted from Word, WPS or a web page, as Markdown. Pictures that only the writer's computer or a chat program
 * can open become a sentence that asks for them; no word of the text is lost.
 */

export interface CleanPaste {
  markdown: string;
  /** Addresses of the pictures that have to be uploaded, in the order of the text. */
  refused: string[];
}

const HAS_STRUCTURE =
  'h1,h2,h3,h4,h5,h6,p ~ p,b,strong,i,em,ul,ol,table,a[href],img,blockquote,sub,sup,[class^=Mso],[style*=mso-]';

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

/** Says which pictures were left out and what to do. */
export function listRemovedPictures(refused: readonly string[]): void {
  const problems = refused.map((address) => ({
    severity: 'warning' as const,
    file: '',
    message: `「${address.length > SHOWN_LENGTH ? `${address.slice(0, SHOWN_LENGTH)}…` : address || '没有地址的图片'}」`,
  }));
  const title = `有 ${refused.length} 张图片没有粘贴进来：请把光标放到「${missingPicture('')}」，删掉这句话，用「图片」按钮上传`;
  showProblems(title, problems);
}

const SHOWN_LENGTH = 60;

/** Puts a sentence in place of each picture that the site does not have; gives their addresses. */
function markPictures(body: HTMLElement): string[] {
  const refused: string[] = [];
  for (const image of body.querySelectorAll('img,v\\:imagedata')) {
    const address = image.getAttribute('src') ?? '';
    const uploaded = uploadedPath(address);
    if (uploaded) {
      image.setAttribute('src', uploaded);
      continue;
    }
    refused.push(address);
    image.replaceWith(missingPicture((image.getAttribute('alt') ?? '').replace(/\s+/g, ' ').trim()));
  }
  return refused;
}

/** `/uploads/…` of a picture of this site, also when it was copied from a page of the site. */
function uploadedPath(address: string): string | undefined {
  const own = location.origin + siteRoot;
  const path = address.startsWith(own) ? `/${address.slice(own.length)}` : address;
  return /^\/uploads\/[A-Za-z0-9][A-Za-z0-9._/-]*$/.test(path) ? path : undefined;
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

const ignoredPart = (element: Element) =>
  [...element.querySelectorAll('[style]')].find((part) =>
    /mso-list:\s*ignore/i.test(part.getAttribute('style') ?? ''),
  );

/**
 * Level of an item of a list, which Word writes as a paragraph with the marker as text. Undefined where the marker is
 * more than a number or a bullet, such as 「一、」 and 「第二条」: Markdown has no such list, so it stays in the text.
 */
const wordLevel = (element: Element): number | undefined => {
  const [, level] = /mso-list:[^;]*level(\d+)/.exec(element.getAttribute('style') ?? '') ?? [];
  const marker = (ignoredPart(element)?.textContent ?? '').trim();
  const isPlain = /^(?:\d{1,9}[.)、．）]?|[^\p{Script=Han}\d])?$/u.test(marker);
  return level === undefined || !isPlain ? undefined : Number(level);
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
  const ignored = ignoredPart(element);
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
  list.lines.push(item(' '.repeat(indent) + marker, text, indent + marker.length));
}

const item = (marker: string, text: string, indent: number) =>
  marker + text.replace(/\n(?=[^\n])/g, `\n${' '.repeat(indent)}`);

function blockOf(element: HTMLElement): string[] {
  const { tagName } = element;
  const heading = /^H(\d)$/.exec(tagName)?.[1];
  if (heading !== undefined) {
    const text = withoutLikeness(inlineOf([...element.childNodes]))
      .replace(MARKS, '')
      .replace(/(?:\\\n|[ \n])+/g, ' ')
      .trim()
      .replace(/#+$/, '\\$&');
    // A page has one first heading: its title.
    return text === '' ? [] : [`${'#'.repeat(Math.max(2, Number(heading)))} ${text}`];
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
  let count = element instanceof HTMLOListElement ? element.start - 1 : 0;
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
  // A table around tables or headings arranges a page; its cells are read one after the other.
  if (element.querySelector('table,h1,h2,h3,h4,h5,h6'))
    return [...before, ...[...element.rows].flatMap((row) => [...row.cells].flatMap(blocksOf))];
  // A cell holds one line.
  for (const inner of element.querySelectorAll('blockquote,pre,hr')) {
    const plain = document.createElement('div');
    plain.append(...inner.childNodes);
    inner.replaceWith(plain);
  }
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
  if (node.nodeType === Node.TEXT_NODE) return textOf(node);
  if (!isElement(node)) return '';
  if (node.tagName === 'BR') return '\\\n';
  if (node.tagName === 'IMG')
    return `![${escapeMarkdown(node.getAttribute('alt') ?? '')}](${node.getAttribute('src')})`;
  const text = inlineOf([...node.childNodes]);
  if (node.tagName === 'SUB' || node.tagName === 'SUP') {
    const tag = node.tagName.toLowerCase();
    return isBlank(text) ? text : `<${tag}>${text.replace(/\\\n/g, ' ')}</${tag}>`;
  }
  if (node.tagName === 'A') return link(text, node.getAttribute('href') ?? '');
  const style = node.getAttribute('style') ?? '';
  const weight = /(?:^|;)\s*font-weight:\s*(bold|bolder|normal|\d+)/i.exec(style)?.[1];
  const bold = weight ? /bold|[6-9]00/i.test(weight) : ['B', 'STRONG'].includes(node.tagName);
  if (bold) return around(text, BOLD);
  return ['I', 'EM'].includes(node.tagName) ? around(text, ITALIC) : text;
}

/** Word wraps the lines of its HTML; between Chinese characters that is no space. */
const WRAPPED =
  /(?<=[\p{Script=Han}，。、；：！？”’》）])[ \t]*\r?\n\s*(?=[\p{Script=Han}，。、；：！？“‘《（])/gu;

/** Full-width spaces indent a Chinese paragraph and stay. */
const spaceOf = (space: string) => [...space].filter((one) => one === '　').join('') || ' ';

/** Beginnings and ends of bold and italics until a paragraph is whole; private characters, which no text holds. */
const BOLD = ['\ue000', '\ue001'] as const;
const ITALIC = ['\ue002', '\ue003'] as const;
const MARKS = /[\ue000-\ue003]/g;

/** Whether Markdown of a sentence has no words. */
const isBlank = (text: string) => text.replace(MARKS, '').replace(/\\\n|\s/g, '') === '';

const around = (text: string, [open, close]: readonly [string, string]) => open + text + close;

/** Writes bold and italics: once, tight around the words, and italics only where no bold touches them. */
function writeEmphasis(text: string): string {
  let bold = 0;
  let italic = 0;
  const outermost = text.replace(MARKS, (mark) => {
    if (mark === BOLD[0]) return bold++ === 0 ? mark : '';
    if (mark === BOLD[1]) return --bold === 0 ? mark : '';
    if (mark === ITALIC[0]) return italic++ === 0 && bold === 0 ? mark : '';
    return --italic === 0 && bold === 0 ? mark : '';
  });
  return outermost
    .replace(/\ue002([^\ue003]*\ue000[^\ue003]*)\ue003/g, '$1')
    .replace(/\ue001\ue000|\ue003\ue002/g, '')
    .replace(/\ue001\ue002([^\ue003]*)\ue003/g, '\ue001$1')
    .replace(/\ue002([^\ue003]*)\ue003(?=\ue000)/g, '$1')
    .replace(/([\ue000\ue002])((?:\\\n|\s)*)([^\ue000-\ue003]*?)((?:\\\n|\s)*)([\ue001\ue003])/g, tight)
    .replace(/[\ue000\ue001]/g, '**')
    .replace(/[\ue002\ue003]/g, '*');
}

/**
 * Markdown knows no emphasis that begins or ends with a punctuation mark right beside a letter; around punctuation alone
 * it shows nothing and may be taken for text.
 */
function tight(
  match: string,
  open: string,
  before: string,
  words: string,
  after: string,
  ...rest: unknown[]
) {
  const [close, at, whole] = rest as [string, number, string];
  const isLost =
    !/[\p{L}\p{N}]/u.test(words) ||
    (before === '' && /[a-z\d]/i.test(whole[at - 1] ?? '') && /^[^\p{L}\p{N}]/u.test(words)) ||
    (after === '' && /[a-z\d]/i.test(whole[at + match.length] ?? '') && /[^\p{L}\p{N}]$/u.test(words));
  return before + (words === '' || isLost ? words : open + words + close) + after;
}

function link(text: string, address: string): string {
  const kept =
    !isBlank(text) && /^(?:https?:|mailto:|tel:|\/(?!\/))/i.test(address) && isSafeAddress(address);
  return kept
    ? `[${text.replace(/\\\n/g, ' ').trim()}](${address
        .replace(/[\s()<>]/g, encodeURIComponent)
        .replaceAll('(', '%28')
        .replaceAll(')', '%29')})`
    : text;
}

/** Text with the marks of Markdown escaped; a bare address is a link. */
function textOf(node: Node): string {
  const text = (node.textContent ?? '')
    .replace(MARKS, '')
    .replace(WRAPPED, '')
    .replace(/[\s\u00a0]+/g, spaceOf);
  const isInLink = node.parentElement?.closest('a') !== null;
  return text
    .split(BARE_ADDRESS)
    .map((part, index, parts) => {
      if (index % 2 === 0) return escapeMarkdown(part);
      // What follows an address directly would become part of it.
      if (!isInLink && /^\s/.test(parts[index + 1] ?? '')) return part;
      const shown = escapeMarkdown(part);
      return isInLink ? shown : link(shown, part);
    })
    .join('');
}

const BARE_ADDRESS = /(?<![A-Za-z0-9])(https?:\/\/[\w./?=%#:,@+-]*[\w/])/i;

const escapeMarkdown = (text: string) =>
  text.replace(/[\\`*_{}[\]<~$]|!$|&(?=[#a-z])/gi, '\\$&').replace(/:(?=\/\/)|@|(?<=www)\./gi, '\\$&');

/** `](` that is text must not look like the middle of a link, with the tag after it for an address. */
const withoutLikeness = (text: string) => text.replace(/(?<!\\)((?:\\\\)*)\\\]\(/g, '$1\\]\\(');

/** A paragraph whose beginning is not taken for a heading, a list or a quotation. */
const paragraph = (text: string) =>
  withoutLikeness(writeEmphasis(text))
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/^(?: |\\?\n)+|(?: |\\?\n)+$/g, '')
    .replace(/^(#{1,6}(?=\s|$)|>|\+(?=\s|$)|-+(?=\s|$)|-{3,}|=+(?=\s|$))/gm, '\\$1')
    .replace(/^(\d+)([.)])(?=\s|$)/gm, '$1\\$2');
