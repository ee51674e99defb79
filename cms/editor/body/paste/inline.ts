import { isSafeAddress } from '../../../../src/model/block.ts';
import { cleanCharacters } from '../../../../src/model/clean-characters.ts';
import { boldOf, isElement } from './dom.ts';
import {
  BOLD,
  EMPHASIS,
  emphasize,
  ITALIC,
  MARKS,
  markFormula,
  STRUCK,
  writeEmphasis,
  writeFormulaMarks,
} from './emphasis.ts';
import { NOTE, TEX } from './marked.ts';

/** Inline content of a paragraph as Markdown. */

/** Markdown of inline nodes, with emphasis still as `MARKS`. */
export const inlineOf = (nodes: readonly Node[]): string => nodes.map(inline).join('');

function inline(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE) return textOf(node);
  if (!isElement(node)) return '';
  if (node.tagName === 'BR') return '\\\n';
  if (node.tagName === 'IMG')
    return `![${escapeMarkdown(node.getAttribute('alt') ?? '')}](${node.getAttribute('src')})`;
  const tex = node.getAttribute(TEX);
  if (tex !== null) return markFormula(tex);
  const note = node.getAttribute(NOTE);
  if (note !== null) return `[^${note}]`;
  const text = inlineOf([...node.childNodes]);
  if (node.tagName === 'DEL') return isBlank(text) ? text : emphasize(text, STRUCK);
  if (node.tagName === 'SUB' || node.tagName === 'SUP') {
    const tag = node.tagName.toLowerCase();
    // An emphasis inside might pair with one outside.
    const plain = text.replace(EMPHASIS, '').replace(/\\\n/g, ' ');
    return isBlank(text) ? text : `<${tag}>${plain}</${tag}>`;
  }
  if (node.tagName === 'A') return link(text, node.getAttribute('href') ?? '');
  if (boldOf(node)) return emphasize(text, BOLD);
  return ['I', 'EM'].includes(node.tagName) ? emphasize(text, ITALIC) : text;
}

/** Word breaks the lines of its HTML; between Chinese characters a line break is no space. */
const WRAPPED =
  /(?<=[\p{Script=Han}，。、；：！？”’》）])[ \t]*\r?\n\s*(?=[\p{Script=Han}，。、；：！？“‘《（])/gu;

/** Full-width spaces indent a Chinese paragraph and stay. */
const spaceOf = (space: string) => [...space].filter((one) => one === '　').join('') || ' ';

/** Whether inline Markdown has no text. */
const isBlank = (text: string) => text.replace(MARKS, '').replace(/\\\n|\s/g, '') === '';

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

/** Text of a node with Markdown's special characters escaped and bare URLs linked. */
function textOf(node: Node): string {
  const text = cleanCharacters(node.textContent ?? '')
    .replace(MARKS, '')
    .replace(WRAPPED, '')
    .replace(/[\s\u00a0]+/g, spaceOf);
  const isInLink = node.parentElement?.closest('a') !== null;
  return text
    .split(BARE_ADDRESS)
    .map((part, index, parts) => {
      if (index % 2 === 0) return escapeMarkdown(part);
      // Only before a space: other text right after the URL would become part of it.
      if (!isInLink && /^\s/.test(parts[index + 1] ?? '')) return part;
      const linkText = escapeMarkdown(part);
      return isInLink ? linkText : link(linkText, part);
    })
    .join('');
}

const BARE_ADDRESS = /(?<![A-Za-z0-9])(https?:\/\/[\w./?=%#:,@+-]*[\w/])/i;

const escapeMarkdown = (text: string) =>
  text.replace(/[\\`*_{}[\]<~$]|!$|&(?=[#a-z])/gi, '\\$&').replace(/:(?=\/\/)|@|(?<=www)\./gi, '\\$&');

/** Escapes `](` in text, which Markdown would take for the middle of a link. */
export const escapeLinkMiddle = (text: string) => text.replace(/(?<!\\)((?:\\\\)*)\\\]\(/g, '$1\\]\\(');

/** A paragraph of inline Markdown; a beginning like `#`, `1.` or `>` is escaped. */
export const paragraph = (text: string) =>
  writeFormulaMarks(escapeLinkMiddle(writeEmphasis(text)))
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/^(?: |\\?\n)+|(?: |\\?\n)+$/g, '')
    .replace(/^(#{1,6}(?=\s|$)|>|\+(?=\s|$)|-+(?=\s|$)|-{3,}|=+(?=\s|$))/gm, '\\$1')
    .replace(/^(\d+)([.)])(?=\s|$)/gm, '$1\\$2');
