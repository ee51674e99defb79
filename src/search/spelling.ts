import type { Query } from './query.ts';
import { keptInShort } from './school-names.ts';
import type { Title } from './title-row.ts';

/** Matching titles with their pinyin: whole, first letters, half typed, or mixed with characters. Pure. */

type Spelled = Pick<Title, 'chars' | 'syllables'>;

/** Shortest pinyin that is looked up; one letter fits half of all titles. */
const MIN_SPELLED = 2;

/** Shortest pinyin of a word that stands apart from the others. */
const MIN_APART = 3;

/** What words apart are worth against the same letters side by side. */
const APART = 0.8;

/** Above 0 when the query spells consecutive characters, or its words do, one here and one there. */
export function spelledScore(title: Spelled, query: Pick<Query, 'chars' | 'text'>): number {
  const letters = query.chars.join('');
  if (letters.length < MIN_SPELLED || !/[a-z]/.test(letters)) return 0;
  const together = lettersScore(title, letters) || shortSpelled(title, letters);
  if (together > 0) return together;
  const words = query.text.split(' ');
  if (words.length > 1) return apart(title, words);
  if (!/^[a-z]+$/.test(letters)) return 0;
  let best = 0;
  for (let at = MIN_APART; at <= letters.length - MIN_APART; at++)
    best = Math.max(best, apart(title, [letters.slice(0, at), letters.slice(at)], true));
  return best;
}

/** How well letters spell a school as it is called for short: qhxx or qhzxxx for 青禾镇中心小学. */
function shortSpelled({ chars, syllables }: Spelled, letters: string): number {
  const scores = (['places', 'all'] as const).map((without) => {
    const kept = keptInShort(chars, without);
    if (kept.every((one) => one)) return 0;
    const short = {
      chars: chars.filter((_, index) => kept[index]),
      syllables: syllables.filter((_, index) => kept[index]),
    };
    return lettersScore(short, letters);
  });
  return Math.max(...scores);
}

/** The score of the word that fits worst; 0 when one does not fit. */
function apart(title: Spelled, words: readonly string[], inFull = false): number {
  let worst = 1;
  for (const word of words) {
    if (word.length < MIN_SPELLED) return 0;
    worst = Math.min(worst, lettersScore(title, word, inFull));
    if (worst === 0) return 0;
  }
  return APART * worst;
}

/** How well letters spell consecutive characters of a title. */
function lettersScore(title: Spelled, letters: string, inFull = false): number {
  const length = title.chars.length;
  let best = 0;
  for (let start = 0; start < length; start++) {
    const exactness = spelledFrom(title, letters, start);
    if (exactness < (inFull ? 1 : 0)) continue;
    // A match at the title's start is likelier meant; so is one in a short title.
    best = Math.max(best, 0.4 + 0.2 * exactness + (start === 0 ? 0.06 : 0) + 0.04 / length);
  }
  return best;
}

/**
 * How exactly the letters spell the characters from `start` on: 1 all in full pinyin, 0 first letters only, -1 not
 * at all. Keeps the set of positions that the letters can have reached, so that it is done in characters × letters.
 */
function spelledFrom({ chars, syllables }: Spelled, letters: string, start: number): number {
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
