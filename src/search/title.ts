import { soundAlike } from './characters.ts';
import type { Query } from './query.ts';
import { isAbbreviated, shortNames } from './school-names.ts';
import { spelledScore } from './spelling.ts';
import { isHan, termsOf } from './text.ts';
import type { Title } from './title-row.ts';

/** How a title answers a query. */
export interface TitleMatch {
  readonly title: Title;
  /**
   * `full`: holds what was typed; `words`: its words, apart; `spelled`: its pinyin; `short`: is a school whose name was
   * shortened; `near`: holds it after a slip or two; `part`: some of its words.
   */
  readonly how: 'full' | 'words' | 'spelled' | 'short' | 'near' | 'part';
  /** Above 0, at most 1; comparable within one `how`. */
  readonly score: number;
}

/** Whether and how a title answers a query. */
export function matchTitle(title: Title, query: Query): TitleMatch | undefined {
  const literal = literalScore(title, query);
  if (literal > 0) return { title, how: 'full', score: literal };
  const kinds = {
    short: shortScore,
    words: wordsScore,
    spelled: spelledScore,
    near: nearScore,
    part: partScore,
  };
  for (const how of ['short', 'words', 'spelled', 'near', 'part'] as const) {
    const score = kinds[how](title, query);
    if (score > 0) return { title, how, score };
  }
  return undefined;
}

/** Above 0 when every word of the query stands in the title; 1 for the whole title. */
function literalScore({ chars }: Title, query: Query): number {
  const text = chars.join('');
  const joined = query.chars.join('');
  if (!joined) return 0;
  const covered = joined.length / Math.max(text.length, joined.length);
  const position = placeOf(text, joined);
  if (position >= 0) return covered === 1 ? 1 : (position === 0 ? 0.85 : 0.8) + 0.1 * covered;
  return query.text.split(' ').every((word) => placeOf(text, word) >= 0) ? 0.7 + 0.1 * covered : 0;
}

/** Where a word begins in a text, -1 when nowhere; a number is not found within a longer one, nor a foreign word. */
function placeOf(text: string, word: string): number {
  const isLetter = (char: string | undefined) => char !== undefined && /[a-z0-9]/.test(char);
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const end = at + word.length;
    const joins =
      (isLetter(text[at - 1]) && isLetter(word[0])) ||
      (isLetter(text[end]) && isLetter(word[word.length - 1]));
    if (!joins) return at;
  }
  return -1;
}

/** Of a question, or words run together, the title may hold the words elsewhere. */
function wordsScore({ chars }: Title, query: Query): number {
  const text = chars.join('');
  const all = query.words.length > 1 && query.words.every((word) => placeOf(text, word) >= 0);
  return all ? 0.6 + 0.1 * Math.min(1, query.chars.length / text.length) : 0;
}

/** Above 0 when a shortened name of the school in the title holds the query, shortened as well. */
function shortScore({ chars }: Title, query: Query): number {
  if (query.chars.length < 4 && isAbbreviated(query.chars.join(''), chars.join('')))
    return 0.9 + 0.1 / chars.length;
  const asked = shortNames(query.content.replace(/ /g, ''));
  if (asked.length === 0) return 0;
  const names = shortNames(chars.join(''));
  const held = names.some((name) => asked.some((part) => name.includes(part)));
  return held ? 0.9 + 0.1 / chars.length : 0;
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
