import type { MendingFile } from '../mending.ts';
import { isHan, termsOf, normalize } from '../text.ts';
import type { SearchRecord } from './record.ts';
import { ALIKE_SHAPES } from './shapes.ts';

/** So many words tell what a mistyped one was meant to be; some 20 kB compressed, fetched only when nothing fits. */
const MAX_WORDS = 5000;

/** Words of a single text that no title has are seldom looked for. */
const MIN_TEXTS = 2;

const SHORT_WORD = /^\p{Script=Han}{2,4}$/u;

/**
 * The words of the site, those of most documents first, and the characters that look alike.
 *
 * @param counts how many documents have each word
 * @param spoken words that the editors' lists know
 */
export function mendingFile(
  records: readonly SearchRecord[],
  counts: ReadonlyMap<string, number>,
  spoken: readonly string[],
): MendingFile {
  const said = new Map<string, number>();
  for (const word of spoken) {
    for (const pair of pairsOf(word)) if (!counts.has(pair)) said.set(pair, said.get(pair) ?? 1);
    if (SHORT_WORD.test(word)) said.set(word, (said.get(word) ?? counts.get(word) ?? 0) + MIN_TEXTS);
  }
  const frequent = [...[...counts].filter(([word]) => !said.has(word)), ...said];
  const words = sorted(frequent.filter(([, documents]) => documents >= MIN_TEXTS)).slice(0, MAX_WORDS);
  // Seldom on a large site: those of one text make up the number.
  if (words.length < MAX_WORDS) {
    const titles = records.map(({ title }) => normalize(title));
    const joined = titles.join('\n');
    const once = new Map([...counts].filter(([, documents]) => documents < MIN_TEXTS));
    for (const [word, documents] of said) once.set(word, documents);
    for (const pair of titles.flatMap(pairsOf)) if (!counts.has(pair) && !said.has(pair)) once.set(pair, 1);
    const rare = [...once].filter(([word, documents]) => documents < MIN_TEXTS && joined.includes(word));
    words.push(...sorted(rare).slice(0, MAX_WORDS - words.length));
  }
  const ofLength = (length: number) =>
    words
      .map(([word]) => word)
      .filter((word) => word.length === length)
      .join('');
  return { words: { 2: ofLength(2), 3: ofLength(3), 4: ofLength(4) }, shapes: ALIKE_SHAPES };
}

type Counted = [word: string, documents: number];

const sorted = (words: Counted[]): Counted[] => words.sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));

/** The pairs of Han characters among the terms of a text. */
const pairsOf = (text: string): string[] =>
  termsOf(normalize(text)).filter((term) => term.length === 2 && [...term].every(isHan));
