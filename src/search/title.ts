import { soundAlike } from './characters.ts';
import type { Query } from './query.ts';
import { isHan, normalize, termsOf } from './text.ts';

/** One row of the title index, as the browser fetches it; see `readTitle`. */
export type TitleRow = [doc: number, title: string, address: string, kind: number, readings?: string];

/** A title made ready for matching. */
export interface Title {
  /** Number of the document, its place in `searchRecords()`. */
  readonly doc: number;
  readonly title: string;
  /** Site address without the base path. */
  readonly address: string;
  /** Chinese label, e.g. 「辟谣」. */
  readonly kind: string;
  /** The normalised title without spaces, one character an item. */
  readonly chars: readonly string[];
  /** The syllable of each character; undefined for letters, digits and rare characters. */
  readonly syllables: readonly (string | undefined)[];
}

/** How a title answers a query. */
export interface TitleMatch {
  readonly title: Title;
  /** `full`: holds what was typed, as text or as pinyin; `near`: after a slip or two; `part`: some of its words. */
  readonly how: 'full' | 'near' | 'part';
  /** Above 0, at most 1; comparable within one `how`. */
  readonly score: number;
}

/** The characters of a title that matching looks at. */
export const titleChars = (title: string): string[] => Array.from(normalize(title).replace(/ /g, ''));

/**
 * The row holds the document's number, title, address, the index of its kind in `kinds`, and `readings`:
 * `position:syllable` pairs where the title asks for another reading than the table's (`1:hang` for 银行).
 */
export function readTitle(
  row: TitleRow,
  kinds: readonly string[],
  syllableOf: ReadonlyMap<string, string>,
): Title {
  const [doc, title, address, kind, readings] = row;
  const chars = titleChars(title);
  const syllables = chars.map((char) => syllableOf.get(char));
  for (const reading of readings ? readings.split(' ') : []) {
    const [position, syllable] = reading.split(':');
    syllables[Number(position)] = syllable;
  }
  return { doc, title, address, kind: kinds[kind] ?? '', chars, syllables };
}

/** Whether and how a title answers a query. */
export function matchTitle(title: Title, query: Query): TitleMatch | undefined {
  const full = literalScore(title, query) || spelledScore(title, query);
  if (full > 0) return { title, how: 'full', score: full };
  const near = nearScore(title, query);
  if (near > 0) return { title, how: 'near', score: near };
  const part = partScore(title, query);
  return part > 0 ? { title, how: 'part', score: part } : undefined;
}

/** Above 0 when every word of the query stands in the title; 1 for the whole title. */
function literalScore({ chars }: Title, query: Query): number {
  const text = chars.join('');
  const joined = query.chars.join('');
  if (!joined) return 0;
  const covered = joined.length / Math.max(text.length, joined.length);
  const position = text.indexOf(joined);
  if (position >= 0) return covered === 1 ? 1 : (position === 0 ? 0.85 : 0.8) + 0.1 * covered;
  if (query.text.split(' ').every((word) => text.includes(word))) return 0.7 + 0.1 * covered;
  // Of a question, or words run together, the title may hold the words elsewhere.
  const all = query.words.length > 1 && query.words.every((word) => text.includes(word));
  return all ? 0.6 + 0.1 * covered : 0;
}

/** Shortest pinyin that is looked up; one letter fits half of all titles. */
const MIN_SPELLED = 2;

/** Above 0 when the query spells consecutive characters: full pinyin, first letters, or a mix (`qingzhu玉m`). */
function spelledScore(title: Title, query: Query): number {
  const letters = query.chars.join('');
  if (letters.length < MIN_SPELLED || !/[a-z]/.test(letters)) return 0;
  const length = title.chars.length;
  let best = 0;
  for (let start = 0; start < length; start++) {
    const exactness = spelledFrom(title, letters, start);
    if (exactness < 0) continue;
    // A match at the title's start is likelier meant; so is one in a short title.
    best = Math.max(best, 0.4 + 0.2 * exactness + (start === 0 ? 0.06 : 0) + 0.04 / length);
  }
  return best;
}

/**
 * How exactly the letters spell the characters from `start` on: 1 all in full pinyin, 0 first letters only, -1 not
 * at all. Keeps the set of positions that the letters can have reached, so that it is done in characters × letters.
 */
function spelledFrom({ chars, syllables }: Title, letters: string, start: number): number {
  let best = -1;
  let reached = new Map([[0, 0]]);
  for (let at = start; at < chars.length && reached.size > 0; at++) {
    const char = chars[at] as string;
    const syllable = syllables[at];
    const next = new Map<number, number>();
    const reach = (position: number, abbreviated: number) => {
      if (position === letters.length) best = Math.max(best, 1 - abbreviated / (at - start + 1));
      else if (abbreviated < (next.get(position) ?? Number.POSITIVE_INFINITY))
        next.set(position, abbreviated);
    };
    reached.forEach((abbreviated, position) => {
      if (letters.startsWith(char, position)) reach(position + char.length, abbreviated);
      if (!syllable || letters[position] !== syllable[0]) return;
      const rest = letters.slice(position);
      if (rest.startsWith(syllable)) reach(position + syllable.length, abbreviated);
      // The last syllable may be half typed.
      else if (rest.length > 1 && syllable.startsWith(rest)) reach(letters.length, abbreviated + 0.5);
      reach(position + 1, abbreviated + 1);
      if (/^[zcs]h/.test(rest) && syllable.startsWith(rest.slice(0, 2))) reach(position + 2, abbreviated + 1);
    });
    reached = next;
  }
  return best;
}

/** What a slip costs: writing a homophone, a near homophone, leaving out a character, anything else. */
const SLIP = { homophone: 0.3, alike: 0.5, missing: 0.7, other: 1 } as const;

/** What may be wrong, in the same measure, in a query of so many characters. */
function allowance(length: number): number {
  if (length < 3) return 2 * SLIP.homophone;
  if (length < 5) return SLIP.other;
  return length < 9 ? 1.5 : 2.5;
}

/**
 * Above 0 when the query stands in the title after a slip or two. Edit distance to the best substring (Sellers,
 * 1980), with cheaper substitution between characters that sound the same.
 */
function nearScore({ chars, syllables }: Title, query: Query): number {
  const length = query.chars.length;
  const limit = allowance(length);
  if (length < 2 || length > chars.length + limit || !query.chars.some(isHan)) return 0;
  let previous = [0, ...chars.map(() => 0)];
  for (let row = 0; row < length; row++) {
    const current = [row + 1];
    for (let column = 1; column <= chars.length; column++)
      current.push(
        Math.min(
          (previous[column - 1] as number) + slip(row, column - 1),
          (previous[column] as number) + SLIP.other,
          (current[column - 1] as number) + SLIP.missing,
        ),
      );
    if (Math.min(...current) > limit) return 0;
    previous = current;
  }
  const distance = Math.min(...previous);
  if (distance > limit) return 0;
  return (1 - distance / (length + 1)) * (0.9 + 0.1 * Math.min(1, length / chars.length));

  function slip(row: number, column: number): number {
    if (query.chars[row] === chars[column]) return 0;
    const typed = query.syllables[row];
    const written = syllables[column];
    if (!typed || !written) return SLIP.other;
    if (typed === written) return SLIP.homophone;
    return soundAlike(typed, written) ? SLIP.alike : SLIP.other;
  }
}

/** The part of a question that a title must answer to be worth showing. */
const MIN_COVERAGE = 0.4;

/** Above 0 when the title has a good part of the query's terms. */
function partScore({ chars }: Title, query: Query): number {
  const terms = termsOf(query.content);
  const text = chars.join('');
  const found = terms.filter((term) => term.length > 1 && text.includes(term)).length;
  const coverage = found / terms.length;
  return coverage >= MIN_COVERAGE
    ? coverage * (0.9 + 0.1 * Math.min(1, query.chars.length / chars.length))
    : 0;
}
