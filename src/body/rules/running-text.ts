import { writeLink } from '../source/addresses.ts';
import type { Edit } from '../source/edits.ts';
import { UNLINKED } from './flatten.ts';
import { inlineElement } from '../source/inline-html.ts';
import { isAnchor, type Source, WORDS } from '../source/masked.ts';
import type { Tag } from '../source/tags.ts';
import { characterAt, characterBefore, isEscaped } from '../source/offsets.ts';

/** Running text as an editor sees it: addresses are links, `~` `*` `$` between numbers are marks, a new line is a new line. */

/** Makes a link of every bare address in running text; in a link's own words it stays words. */
export function linkAddresses(
  { text, words, addresses, autolinks, hostless }: Source,
  kept: ReadonlyMap<number, Tag>,
  edits: Edit[],
) {
  const tags = [...kept.values()].sort((a, b) => a.start - b.start);
  let passed = 0;
  let isInAnchor = false;
  const isBare = (at: number) => {
    for (; passed < tags.length && (tags[passed] as Tag).end <= at; passed++)
      if (isAnchor(tags[passed] as Tag)) isInAnchor = tags[passed]?.kind === 'open';
    const isInTag = (tags[passed]?.start ?? at) < at;
    return words[at] === WORDS.text && !isInAnchor && !isInTag;
  };
  const typed = new Set(autolinks.map(({ start }) => start + 1));
  const bare = [...addresses, ...hostless.map((start) => ({ start, end: start, address: undefined }))];
  for (const { start, end, address } of bare.sort((a, b) => a.start - b.start)) {
    if (typed.has(start) || !isBare(start)) continue;
    const before = text[start - 1];
    if ((before === '!' && !isEscaped(text, start - 1)) || isEscaped(text, start))
      edits.push({ start: start - 1, end: start - 1, text: '\\' });
    edits.push({ start, end, text: address === undefined ? UNLINKED : writeLink(address) });
  }
}

/** Escapes the marks that are text. The label of `[3~5天]` has to stay as it is defined, so it is written twice. */
export function escapeMarks({ text, words, textMarks, tree }: Source, edits: Edit[]) {
  const found = textMarks
    .filter((at) => words[at] !== WORDS.none && !isEscaped(text, at))
    .sort((a, b) => a - b);
  for (const at of found) edits.push({ start: at, end: at, text: '\\' });
  for (const { type, referenceType, start, end } of tree.nodes) {
    if (!/^(link|image)Reference$/.test(type) || referenceType === 'full') continue;
    const labelStart = start + (type === 'imageReference' ? 1 : 0);
    const labelEnd = referenceType === 'collapsed' ? end - 2 : end;
    if (!hasBetween(found, labelStart, labelEnd)) continue;
    const label = text.slice(labelStart, labelEnd);
    edits.push({ start: labelEnd, end, text: label });
  }
}

/** Whether a sorted list has a number from `from` up to `to`. */
function hasBetween(sorted: readonly number[], from: number, to: number): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < from) low = middle + 1;
    else high = middle;
  }
  return low < sorted.length && (sorted[low] as number) < to;
}

/**
 * A line break that an editor typed is seen: Markdown makes a space of it, which between Han characters is a gap.
 * `<br>` at the end of a line is one break, not two.
 */
export function showLineBreaks({ text, tree }: Source, kept: ReadonlyMap<number, Tag>, edits: Edit[]) {
  const ends = new Map([...kept.values()].map((tag) => [tag.end, tag]));
  const breaks = (tag: Tag | undefined, side: Tag['kind']) =>
    tag !== undefined &&
    (tag.name === 'br' || (tag.kind === side && (isAnchor(tag) || inlineElement(tag.name) !== undefined)));
  for (const node of tree.nodes) {
    if (node.type !== 'text') continue;
    for (let at = text.indexOf('\n', node.start); at >= 0 && at < node.end; at = text.indexOf('\n', at + 1)) {
      let from = at;
      while (text[from - 1] === ' ' || text[from - 1] === '\t') from--;
      if (from < node.start) from = at;
      let to = at + 1;
      while (/[ \t>]/.test(text[to] ?? '')) to++;
      const isEdgeOfLink = /^link/.test(node.parent?.type ?? '') && (from <= node.start || to >= node.end);
      if (isEdgeOfLink || breaks(ends.get(from), 'open') || breaks(kept.get(to), 'close')) continue;
      edits.push({ start: from, end: at, text: '\\' });
    }
  }
}

/**
 * A line of a code span or formula that begins with `<` or `{` would begin a program: such lines are joined. So are
 * lines of code between Han characters, where the space that Markdown makes of a line break would be a gap.
 */
export function joinCodeLines({ text, tree }: Source, edits: Edit[]) {
  for (const node of tree.nodes) {
    if (node.type !== 'inlineCode' && node.type !== 'inlineMath') continue;
    for (const { 0: gap, index } of text.slice(node.start, node.end).matchAll(/[ \t]*\n[ \t>]*/g)) {
      const start = node.start + index;
      const end = start + gap.length;
      const isHan = HAN.test(characterBefore(text, start)) && HAN.test(characterAt(text, end));
      if (isHan && node.type === 'inlineCode') edits.push({ start, end, text: '' });
      else if (/[<{]/.test(text[end] ?? '')) edits.push({ start, end, text: ' ' });
    }
  }
}

const HAN = /\p{Script=Han}/u;
