import { simplify } from '../text.ts';

/** A piece of shown text; `hit` pieces are marked. */
export interface Piece {
  readonly text: string;
  readonly hit: boolean;
}

/** Length of an excerpt, in UTF-16 units; three lines on a phone. */
const EXCERPT_CHARS = 90;

/** Marks every occurrence of the terms; where they overlap, the longer ones (which come first) win. */
export function highlight(
  text: string,
  terms: readonly string[],
  simplifiedOf?: ReadonlyMap<string, string>,
): Piece[] {
  return pieces(text, 0, text.length, hitsIn(text, terms, simplifiedOf));
}

/**
 * The stretch of a text that shows most of the terms, the longest ones counting most, with its hits marked.
 * Begins and ends with `…` where the text goes on.
 */
export function excerpt(
  text: string,
  terms: readonly string[],
  simplifiedOf?: ReadonlyMap<string, string>,
): Piece[] {
  const plain = text.replace(/\s+/g, ' ').trim();
  const hits = hitsIn(plain, terms, simplifiedOf);
  const start = bestStart(plain, hits);
  const end = Math.min(plain.length, start + EXCERPT_CHARS);
  const shown = pieces(plain, start, end, hits);
  if (start > 0) shown.unshift({ text: '…', hit: false });
  if (end < plain.length) shown.push({ text: '…', hit: false });
  return shown;
}

type Hit = readonly [start: number, end: number];

function hitsIn(text: string, terms: readonly string[], simplifiedOf?: ReadonlyMap<string, string>): Hit[] {
  // Lower-casing one character at a time keeps positions; `İ`.toLowerCase() has two units.
  const lower = simplify(text, simplifiedOf).replace(/[A-ZＡ-Ｚ]/g, (letter) => letter.toLowerCase());
  const taken: boolean[] = [];
  const hits: Hit[] = [];
  for (const term of terms)
    for (let at = lower.indexOf(term); at >= 0 && term; at = lower.indexOf(term, at + term.length)) {
      const end = at + term.length;
      if (taken[at] || taken[end - 1]) continue;
      for (let position = at; position < end; position++) taken[position] = true;
      hits.push([at, end]);
    }
  return hits.sort((a, b) => a[0] - b[0]);
}

/** Where to begin: the window over the hits with the greatest sum of squared lengths, a little before its first hit. */
function bestStart(text: string, hits: readonly Hit[]): number {
  const lead = 12;
  let best = 0;
  let bestWeight = 0;
  for (const [index, first] of hits.entries()) {
    let weight = 0;
    for (let later = index; later < hits.length; later++) {
      const [start, end] = hits[later] as Hit;
      if (end > first[0] - lead + EXCERPT_CHARS) break;
      weight += (end - start) ** 2;
    }
    if (weight <= bestWeight) continue;
    bestWeight = weight;
    best = first[0];
  }
  if (best <= lead) return 0;
  // Begin after a full stop or comma when one is near.
  const before = text.slice(Math.max(0, best - 2 * lead), best);
  const stop = Math.max(...['。', '，', '；', '：', '？', '！', ' '].map((mark) => before.lastIndexOf(mark)));
  const start = stop >= 0 ? best - before.length + stop + 1 : best - lead;
  return Math.max(0, Math.min(start, text.length - EXCERPT_CHARS));
}

function pieces(text: string, start: number, end: number, hits: readonly Hit[]): Piece[] {
  const found: Piece[] = [];
  let position = start;
  const push = (to: number, hit: boolean) => {
    if (to > position) found.push({ text: text.slice(position, to), hit });
    position = Math.max(position, to);
  };
  for (const [from, to] of hits) {
    if (to <= start || from >= end) continue;
    push(Math.max(from, start), false);
    push(Math.min(to, end), true);
  }
  push(end, false);
  return found;
}
