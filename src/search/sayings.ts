import { flatten } from './flatten.ts';
import type { Query } from './query.ts';
import type { Meaning } from './words.ts';
import { bigrams, isHan, runsOf } from './text.ts';
import type { Title, TitleRow } from './title-row.ts';
import { withoutParticles } from './words.ts';

/** What people say for what articles are about, as editors keep it; see `src/types/sayings.ts`. Pure. */

/** As the browser fetches it. */
export interface SayingsFile {
  /** The articles that sayings lead to: their numbers where one file has all titles, else their rows. */
  rows: (TitleRow | number)[];
  /** Normalised sayings, parts of one with `…` between them, and what they lead to, as indexes of `rows`. */
  sayings: [words: string[], rows: number[]][];
  /** Sayings with the word that is looked up instead. */
  meanings: Meaning[];
}

/** Most characters that `…` stands for. */
const MAX_GAP = 5;

/** How much of a query's characters the sayings of an article must share for it to be worth showing. */
const MIN_LIKENESS = 0.5;

export interface Led {
  readonly title: Title;
  /** Whether the query holds a saying as it is. */
  readonly isSaid: boolean;
  /** Of those that are said, how many characters of the query; of the others, the part of its weight, 0 to 1. */
  readonly score: number;
}

/** Of two articles that a saying leads to the second comes later, whatever else it is. */
const LATER = 0.6;

/** What people say, made ready; see `readSayings`. */
export interface Sayings extends Pick<SayingsFile, 'sayings' | 'meanings'> {
  /** For each row, the characters and pairs of characters of what is said of it. */
  readonly rows: readonly { title: Title; terms: ReadonlySet<string> }[];
  /** The weight of those: the fewer rows have one, the more it tells. */
  readonly weights: ReadonlyMap<string, number>;
}

const UNKNOWN_WEIGHT = 1;

const bits = (text: string): string[] =>
  flatten(runsOf(text).map((run) => [...bigrams(run), ...Array.from(run)]));

/** @param titles those of the file's rows, in their order */
export function readSayings(
  { sayings, meanings }: Pick<SayingsFile, 'sayings' | 'meanings'>,
  titles: readonly Title[],
): Sayings {
  const terms = titles.map(({ chars }) => new Set(bits(chars.join(''))));
  for (const [words, targets] of sayings)
    for (const bit of flatten(words.map(bits))) terms[targets[0] as number]?.add(bit);
  const counts = new Map<string, number>();
  for (const held of terms) for (const bit of Array.from(held)) counts.set(bit, (counts.get(bit) ?? 0) + 1);
  const weightOf = (bit: string, count: number) =>
    Math.log(1 + titles.length / count) * (bit.length > 1 ? 1.5 : 1);
  const weights = new Map(
    Array.from(counts, ([bit, count]): [string, number] => [bit, weightOf(bit, count)]),
  );
  return {
    sayings,
    meanings,
    weights,
    rows: titles.map((title, index) => ({ title, terms: terms[index] as Set<string> })),
  };
}

export const NO_SAYINGS: Sayings = readSayings({ sayings: [], meanings: [] }, []);

/** The articles that a query's sayings lead to, the best first. */
export function ledBy(query: Query, { rows, sayings, weights }: Sayings): Led[] {
  const typed = unique([
    query.chars.join(''),
    ...[query.content, query.plain].map((text) => text.replace(/ /g, '')),
  ]);
  const said = new Map<number, number>();
  for (const [words, targets] of sayings) {
    const length = Math.max(0, ...typed.map((text) => coveredBy(text, words)));
    if (length > 0)
      for (const [place, target] of targets.entries())
        said.set(target, Math.max(said.get(target) ?? 0, length - LATER * place));
  }
  const bitsTyped = unique(bits(withoutParticles(`${query.content} ${query.plain}`)));
  const led = rows.map(({ title, terms }, index): Led => {
    const score = said.get(index);
    return score === undefined
      ? { title, isSaid: false, score: likeness(bitsTyped, terms, weights) }
      : { title, isSaid: true, score };
  });
  return led
    .filter(({ isSaid, score }) => isSaid || score >= MIN_LIKENESS)
    .sort((a, b) => Number(b.isSaid) - Number(a.isSaid) || b.score - a.score || a.title.doc - b.title.doc);
}

const unique = <Item>(items: readonly Item[]): Item[] => Array.from(new Set(items));

/** How many characters of a text the sayings of a group cover together. */
function coveredBy(text: string, words: readonly string[]): number {
  const covered = new Set<number>();
  for (const word of words) for (const at of placesOf(text, word)) covered.add(at);
  return covered.size;
}

/** The part of the weight of a query's characters that a row shares. */
function likeness(
  typed: readonly string[],
  terms: ReadonlySet<string>,
  weights: ReadonlyMap<string, number>,
) {
  let all = 0;
  let shared = 0;
  for (const bit of typed) {
    // Pairs of characters that nobody says are mere neighbours.
    if (bit.length > 1 && !weights.has(bit)) continue;
    const weight = weights.get(bit) ?? UNKNOWN_WEIGHT;
    all += weight;
    if (terms.has(bit)) shared += weight;
  }
  return all > 0 ? shared / all : 0;
}

/** The places of a saying's characters in a text that holds all its parts in order; none when it does not. */
export function placesOf(text: string, saying: string): number[] {
  const parts = saying.split('…');
  const first = parts[0] as string;
  const spread = (at: number, length: number) => Array.from({ length }, (_, index) => at + index);
  for (let start = text.indexOf(first); start >= 0; start = text.indexOf(first, start + 1)) {
    let end = start + first.length;
    const places = spread(start, first.length);
    const fits = parts.slice(1).every((part) => {
      const at = text.indexOf(part, end);
      if (at < 0 || at - end > MAX_GAP) return false;
      end = at + part.length;
      places.push(...spread(at, part.length));
      return true;
    });
    if (fits) return places;
  }
  return [];
}

/** Whether a text has a Han character: sayings are not looked up for anything else. */
export const hasHan = (text: string): boolean => Array.from(text).some(isHan);
