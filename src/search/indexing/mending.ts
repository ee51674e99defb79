import type { MendingFile } from '../mending.ts';
import { isHan, termsOf, normalize } from '../text.ts';
import type { SearchRecord } from './record.ts';
import { ALIKE_SHAPES } from './shapes.ts';
import type { TextReading } from './texts.ts';

/** So many words tell what a mistyped one was meant to be; some 20 kB compressed, fetched only when nothing fits. */
const MAX_WORDS = 5000;

/** Words of a single text that no title has are seldom looked for. */
const MIN_TEXTS = 2;

/**
 * The words of the site, those of most documents first, and the characters that look alike.
 *
 * @param spoken words that the editors' lists know
 */
export function mendingFile(
  records: readonly SearchRecord[],
  texts: readonly TextReading[],
  spoken: readonly string[],
): MendingFile {
  const counts = new Map<string, number>();
  const count = (word: string, by: number) => counts.set(word, (counts.get(word) ?? 0) + by);
  for (const { words } of texts) for (const word of words) count(word, 1);
  for (const word of [...spoken, ...records.map(({ title }) => title)].flatMap((text) =>
    termsOf(normalize(text)),
  ))
    if (word.length === 2 && [...word].every(isHan) && !counts.has(word)) count(word, 1);
  for (const word of spoken) if (/^\p{Script=Han}{2,4}$/u.test(word)) count(word, MIN_TEXTS);
  const titles = records.map(({ title }) => normalize(title)).join('\n');
  const words = [...counts]
    .filter(([word, documents]) => documents >= MIN_TEXTS || titles.includes(word))
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, MAX_WORDS)
    .map(([word]) => word);
  const ofLength = (length: number) => words.filter((word) => word.length === length).join('');
  return { words: { 2: ofLength(2), 3: ofLength(3), 4: ofLength(4) }, shapes: ALIKE_SHAPES };
}
