import { flatten } from './flatten.ts';
import { soundAlike } from './characters.ts';
import { isHan } from './text.ts';

/** Finding the word that was meant where a character of another one of the same sound or shape was typed. Pure. */

/** As the browser fetches it, when nothing on the site holds what was typed. */
export interface MendingFile {
  /** Words of the site by their length, one after the other without spaces, the most frequent first. */
  words: { 2: string; 3: string; 4: string };
  /** Groups of characters that look alike, with spaces between them; a character may stand in several. */
  shapes: string;
}

export interface Mending {
  readonly words: ReadonlySet<string>;
  /** Groups that a character stands in. */
  readonly shapesOf: ReadonlyMap<string, ReadonlySet<number>>;
}

export function readMending({ words, shapes }: MendingFile): Mending {
  const all = new Set<string>();
  for (const length of [2, 3, 4] as const)
    for (let at = 0; at < words[length].length; at += length) all.add(words[length].slice(at, at + length));
  const shapesOf = new Map<string, Set<number>>();
  for (const [index, group] of shapes.split(' ').entries())
    for (const char of Array.from(group)) shapesOf.set(char, (shapesOf.get(char) ?? new Set()).add(index));
  return { words: all, shapesOf };
}

/** What another character costs; a longer word bears a stranger one. */
const COST = { sound: 1, shape: 1.2, near: 1.5, rare: 2, other: 3 } as const;

/** Longer queries are looked up by their parts anyway. */
const MAX_CHARS = 10;

const LENGTHS = [4, 3, 2] as const;

interface Change {
  at: number;
  word: string;
  cost: number;
}

/**
 * The query with the likeliest word put in for a wrong one; undefined when it has none. Words that the site knows are
 * left alone: 中风 never becomes 中蜂.
 */
export function mend(
  text: string,
  syllableOf: ReadonlyMap<string, string>,
  mending: Mending,
): string | undefined {
  const chars = Array.from(text);
  if (chars.filter(isHan).length < 2 || chars.length > MAX_CHARS) return undefined;
  const isKnown = knownIn(chars, mending.words);
  const changes: Change[] = [];
  for (const length of LENGTHS)
    for (let at = 0; at + length <= chars.length; at++) {
      const part = chars.slice(at, at + length);
      if (!part.every(isHan) || part.every((_, index) => isKnown[at + index])) continue;
      const change = changeAt(part, at, isKnown, mending, syllableOf);
      if (change) changes.push(change);
    }
  const [best] = changes.sort((a, b) => a.cost - b.cost);
  if (!best) return undefined;
  return [...chars.slice(0, best.at), best.word, ...chars.slice(best.at + Array.from(best.word).length)].join(
    '',
  );
}

/** Which characters belong to a word that the site knows. */
function knownIn(chars: readonly string[], words: ReadonlySet<string>): boolean[] {
  const known = chars.map((char) => !isHan(char));
  for (const length of LENGTHS)
    for (let at = 0; at + length <= chars.length; at++)
      if (words.has(chars.slice(at, at + length).join('')))
        for (let index = at; index < at + length; index++) known[index] = true;
  return known;
}

/** The likeliest word of that length with one other character, which no known word may hold. */
function changeAt(
  part: readonly string[],
  at: number,
  isKnown: readonly boolean[],
  { words, shapesOf }: Mending,
  syllableOf: ReadonlyMap<string, string>,
): Change | undefined {
  let best: Change | undefined;
  let place = 0;
  for (const word of Array.from(words)) {
    place++;
    if (word.length !== part.length) continue;
    const written = Array.from(word);
    const wrong = written.map((_, index) => index).filter((index) => written[index] !== part[index]);
    const index = wrong[0];
    if (wrong.length !== 1 || index === undefined || isKnown[at + index]) continue;
    const typed = part[index] as string;
    // Of longer words more is right; of two equally likely words the more frequent is meant.
    const cost = costOf(typed, written[index] as string) - 0.35 * part.length + place / 20_000;
    if (cost < COST.other - 0.35 * 2.5 && (!best || cost < best.cost)) best = { at, word, cost };
  }
  return best;

  function costOf(typed: string, char: string): number {
    const groups = shapesOf.get(char);
    const alike = Array.from(shapesOf.get(typed) ?? []).some((group) => groups?.has(group));
    const [one, other] = [syllableOf.get(typed), syllableOf.get(char)];
    if (one && one === other) return alike ? COST.sound - 0.3 : COST.sound;
    if (alike) return COST.shape;
    // Hardly anybody means a character that is in no table.
    if (!one) return COST.rare;
    return other && soundAlike(one, other) ? COST.near : COST.other;
  }
}

/** So many words of one sound are tried. */
const MAX_SAME_SOUND = 2;

/**
 * Words of the site that the pinyin spells, one after the other: 「xiaomai bozhong」 → 小麦 播种; the likeliest writings
 * first, undefined when some of the letters spell no word.
 */
export function wordsSpelled(
  text: string,
  syllableOf: ReadonlyMap<string, string>,
  { words }: Mending,
): string[] | undefined {
  const writings = new Map<string, string[]>();
  for (const word of Array.from(words)) {
    const pinyin = Array.from(word, (char) => syllableOf.get(char) ?? '-').join('');
    const known = writings.get(pinyin);
    if (!known) writings.set(pinyin, [word]);
    else if (known.length < MAX_SAME_SOUND) known.push(word);
  }
  const parts = text.split(' ').map((letters) => fewestWords(letters, writings));
  if (parts.some((part) => part === undefined)) return undefined;
  const spelled = flatten(parts.map((part) => part ?? []));
  const likeliest = spelled.map((pinyin) => (writings.get(pinyin) as string[])[0] as string);
  // One word at a time in its other writing: two wrong ones are seldom typed.
  const others = flatten(
    spelled.map((pinyin, index) =>
      (writings.get(pinyin) as string[])
        .slice(1)
        .map((word) => likeliest.map((one, at) => (at === index ? word : one))),
    ),
  );
  return [likeliest, ...others].map((writing) => writing.join(' '));
}

/** Cuts letters into as few known words as possible; undefined when they cannot be cut. */
function fewestWords(letters: string, known: ReadonlyMap<string, unknown>): string[] | undefined {
  const cut: (string[] | undefined)[] = [[]];
  for (let end = 1; end <= letters.length; end++)
    for (let start = 0; start < end; start++) {
      const before = cut[start];
      const best = cut[end];
      const word = letters.slice(start, end);
      if (before && known.has(word) && (!best || before.length + 1 < best.length))
        cut[end] = [...before, word];
    }
  return cut[letters.length];
}
