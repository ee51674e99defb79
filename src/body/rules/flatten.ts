import { bareAddresses, writeLink } from '../source/addresses.ts';
import type { Edit } from '../source/edits.ts';
import { endOfLine } from '../source/offsets.ts';

/** Text as it was typed: every mark that Markdown could read is escaped, every line stays a line. */

const MARK = /[!-/:-@[-`{-~]/;

/** Escapes on one line: the parser's time grows with the square of their number between two line breaks. */
const MAX_ESCAPES = 200;

/** What a link costs the parser, in escapes. */
const ESCAPES_OF_LINK = 10;

const LINK = /\[((?:\\.|[^[\]\\\n]){1,2000})\]\((?:[^()\s]|\([^()\s]*\)){1,2000}\)/y;

/**
 * Edits that make paragraphs of plain text of a stretch. Bare addresses become links here too: the parser would make
 * links of them in any case, with everything behind them. Done twice it changes nothing more.
 */
export function flattenEdits(text: string, start: number, end: number): Edit[] {
  const edits: Edit[] = [];
  const insert = (at: number, added: string) => edits.push({ start: at, end: at, text: added });
  const { found: links, hostless } = bareAddresses(text.slice(start, end));
  const linkAt = new Map(links.map((link) => [start + link.start, link]));
  const unlinkedAt = new Set(hostless.map((offset) => start + offset));
  let escapes = 0;
  for (let at = start; at < end; at++) {
    const character = text[at] as string;
    if ((at === start || text[at - 1] === '\n') && /^(?:import|export)/.test(text.slice(at, at + 6)))
      insert(at, ' ');
    if (unlinkedAt.has(at)) insert(at, UNLINKED);
    if (text[at - 1] === ':' && text.startsWith(UNLINKED, at)) {
      at += UNLINKED.length - 1;
      continue;
    }
    const link = linkAt.get(at);
    if (link) {
      if (escapes > MAX_ESCAPES) insert(at, '\\\n');
      escapes = escapes > MAX_ESCAPES ? 0 : escapes + ESCAPES_OF_LINK;
      edits.push({ start: at, end: start + link.end, text: writeLink(link.address) });
      at = start + link.end - 1;
    } else if (character === '\n') {
      escapes = 0;
      if (isLineInside(text, at, start, end)) {
        let from = at;
        while (text[from - 1] === ' ' || text[from - 1] === '\t') from--;
        edits.push({ start: from, end: at, text: '\\' });
      }
    } else if (character === '[' && writtenLinkEnd(text, at) > at) at = writtenLinkEnd(text, at) - 1;
    else if (character === '\\' && text[at + 1] === '\n') {
      escapes = 0;
      at++;
    } else if (MARK.test(character)) {
      if (++escapes > MAX_ESCAPES) {
        insert(at, '\\\n');
        escapes = 1;
      }
      if (character === '\\' && MARK.test(text[at + 1] ?? '')) at++;
      else insert(at, '\\');
    }
  }
  return edits;
}

/** Stands between `https:` and `//`, so that the parser does not make a link without a host of it. */
export const UNLINKED = '<small></small>';

/** Whether the line that ends at `at` and the next one both hold words. */
const isLineInside = (text: string, at: number, start: number, end: number) =>
  text.slice(Math.max(start, text.lastIndexOf('\n', at - 1) + 1), at).trim() !== '' &&
  text.slice(at + 1, Math.min(end, endOfLine(text, at + 1))).trim() !== '';

/** Where a link that `writeLink` wrote ends, or 0. */
function writtenLinkEnd(text: string, at: number): number {
  LINK.lastIndex = at;
  const [whole = '', shown = ''] = LINK.exec(text) ?? [];
  return whole !== '' && writeLink(shown.replace(/\\(.)/g, '$1')) === whole ? at + whole.length : 0;
}
