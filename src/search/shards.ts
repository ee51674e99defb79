import { foldedSound } from './characters.ts';
import { bucketOf, type TextSection } from './fulltext/sections.ts';
import type { Query } from './query.ts';
import { isHan } from './text.ts';
import type { TitleRow } from './title-row.ts';
import type { UrgentGroup } from './urgent.ts';

/**
 * Titles are kept in files small enough to fetch while the visitor types. Each title is filed under several keys: the
 * sounds of two characters side by side (`qin zu`) and of each one (`qin`), the first letters of two or three characters
 * from a word's beginning (`.qz`, `.qzy`), the first two letters of other words (`_wi`). A key says which file; a small site has one file only.
 */

/** What the browser fetches first. Everything else is named by content, so that it can be cached for ever. */
export interface Manifest {
  /** File of the syllables of characters. */
  syllables: string;
  /** File of the traditional characters. */
  traditional: string;
  /** File of the facets. */
  facets: string;
  /** Groups of words that stand for each other. */
  synonyms: string[][];
  /** What people type who are in trouble. */
  urgent: UrgentGroup[];
  /** File of what people say. */
  sayings: string;
  /** File of the days of documents. */
  days: string;
  /** File of the words that mistyped ones were meant to be. */
  mending: string;
  /** What titles and full text are put together from. */
  sections: readonly TextSection[];
}

/** The most files fetched for one query, of each section. */
const MAX_FILES = 3;

/** Titles filed under one key: of more that share two sounds, the rest of a query or the full text has to tell. */
const MAX_TITLES = { pair: 300, single: 150 } as const;

const pairOf = (one: string, other: string) => `${foldedSound(one)} ${foldedSound(other)}`;

/**
 * The keys that a title is filed under.
 *
 * @param starts positions in `chars` where words begin
 */
export function keysOf(
  chars: readonly string[],
  syllables: readonly (string | undefined)[],
  starts: readonly number[],
): string[] {
  const keys = new Set<string>();
  for (const [index, char] of chars.entries()) {
    const [syllable, next] = [syllables[index], syllables[index + 1]];
    if (syllable) keys.add(foldedSound(syllable));
    if (syllable && next) keys.add(pairOf(syllable, next));
    if (!syllable && !isHan(char))
      keys.add(`_${char}${isHan(chars[index + 1] ?? '一') ? '' : chars[index + 1]}`);
  }
  const initials = chars.map((char, index) => syllables[index]?.[0] ?? char).join('');
  for (const start of starts)
    for (const length of [2, 3]) {
      const letters = initials.slice(start, start + length);
      if (letters.length === length && /^[a-z]+$/.test(letters)) keys.add(`.${letters}`);
    }
  return Array.from(keys);
}

/** A row of a file of titles with the keys that it is filed under. */
export interface KeyedRow {
  readonly row: TitleRow;
  readonly keys: readonly string[];
}

/**
 * Packs rows into files, as JSON; sizes in UTF-16 units. Rows that all fit into `whole` go into one file; otherwise files
 * hold about `size`, and a row once however many of their keys name it.
 */
export function packTitles(rows: readonly KeyedRow[], whole: number, size: number): string[] {
  const texts = rows.map(({ row }) => JSON.stringify(row));
  const lengthOf = (index: number) => (texts[index] as string).length + 1;
  if (rows.reduce((sum, _, index) => sum + lengthOf(index), 0) <= whole) return [`[${texts.join()}]`];

  const byKey = new Map<string, number[]>();
  for (const [index, { keys }] of rows.entries())
    for (const key of keys) {
      const filed = byKey.get(key);
      if (filed) filed.push(index);
      else byKey.set(key, [index]);
    }
  // Of too many the short ones: the more of a title a key is, the likelier it is meant.
  for (const [key, filed] of byKey) {
    const most = /^[a-z]+$/.test(key) ? MAX_TITLES.single : MAX_TITLES.pair;
    if (filed.length > most)
      byKey.set(key, filed.sort((a, b) => lengthOf(a) - lengthOf(b) || a - b).slice(0, most));
  }
  const units = Array.from(byKey.values(), (filed) =>
    filed.reduce((sum, index) => sum + lengthOf(index), 0),
  ).reduce((sum, length) => sum + length, 0);
  const files = Array.from({ length: Math.ceil(units / size) }, () => new Set<number>());
  for (const [key, filed] of byKey) for (const index of filed) files[bucketOf(key, files.length)]?.add(index);
  return files.map(
    (held) =>
      `[${[...held]
        .sort((a, b) => a - b)
        .map((index) => texts[index])
        .join()}]`,
  );
}

/** The files of a section that are worth fetching for a query, by their numbers. */
export function filesFor(query: Query, known: ReadonlySet<string>, files: number): number[] {
  if (files === 1) return [0];
  const wanted = new Set<number>();
  for (const key of keysFor(query, known)) if (wanted.size < MAX_FILES) wanted.add(bucketOf(key, files));
  return Array.from(wanted);
}

/** The keys that tell most about a query first. */
function keysFor({ chars, syllables, words, text }: Query, known: ReadonlySet<string>): string[] {
  const soundOf = new Map(chars.map((char, index) => [char, syllables[index]]));
  const pairsOf = (part: readonly string[]) =>
    part.slice(1).reduce<string[]>((pairs, char, index) => {
      const [one, other] = [soundOf.get(part[index] as string), soundOf.get(char)];
      return one && other ? pairs.concat(pairOf(one, other)) : pairs;
    }, []);
  const ofWords = words.map((word) => pairsOf(Array.from(word))[0]);
  const pairs = pairsOf(chars);
  const sounds = syllables.filter((syllable): syllable is string => syllable !== undefined).map(foldedSound);
  const letters = text.match(/[a-z0-9]+/g) ?? [];
  const keys = [
    ...ofWords.filter((pair): pair is string => pair !== undefined).slice(0, MAX_FILES - 1),
    ...spread(pairs, MAX_FILES),
    // With a wrong one in the middle of three, both pairs are wrong.
    ...(pairs.length < 3 ? sounds.slice(0, 1) : []),
    ...letters.slice(0, 2).reduce<string[]>((all, typed) => all.concat(keysOfLetters(typed, known)), []),
    ...(pairs.length === 0 ? sounds.slice(-1) : []),
  ];
  return Array.from(new Set(keys));
}

/** Letters may be pinyin, its last syllable half typed, first letters, or a word. */
function keysOfLetters(typed: string, known: ReadonlySet<string>): string[] {
  const pinyin: string[] = [];
  const heads = syllablesAt(typed, known);
  for (const first of heads) {
    const rest = typed.slice(first.length);
    const [second] = syllablesAt(rest, known);
    if (second) pinyin.push(pairOf(first, second));
    else if (rest) pinyin.push(`.${first[0]}${rest[0]}`);
  }
  const whole = heads.slice(0, 1).map(foldedSound);
  const others = [`.${typed.slice(0, 3)}`, `_${typed.slice(0, 2)}`];
  if (heads[0] === typed) return [...whole, ...pinyin, ...others];
  return isSpelled(typed.slice(0, MAX_SPELLED), known)
    ? [...pinyin.slice(0, 2), ...others, ...whole]
    : [...others, ...pinyin.slice(0, 2), ...whole];
}

/** So many letters tell whether it is pinyin; every one may double the ways to cut them. */
const MAX_SPELLED = 12;

/** Whether letters are syllables throughout, the last perhaps half typed. */
function isSpelled(letters: string, known: ReadonlySet<string>): boolean {
  if (letters.length < 2) return false;
  return syllablesAt(letters, known).some((first) => {
    const rest = letters.slice(first.length);
    return rest === '' || isSpelled(rest, known) || Array.from(known).some((whole) => whole.startsWith(rest));
  });
}

/** The syllables that letters may begin with, the longest first. */
function syllablesAt(letters: string, known: ReadonlySet<string>): string[] {
  const found: string[] = [];
  for (let length = Math.min(6, letters.length); length > 0; length--)
    if (known.has(letters.slice(0, length))) found.push(letters.slice(0, length));
  return found;
}

/** At most `count` of the keys, evenly from beginning to end. */
const spread = (keys: readonly string[], count: number): string[] =>
  keys.length <= count
    ? [...keys]
    : Array.from({ length: count }, (_, index) => keys[Math.floor((index * keys.length) / count)] as string);
