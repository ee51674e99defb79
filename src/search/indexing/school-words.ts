import { keptInShort, shortNames } from '../school-names.ts';
import { readingsOf } from './tables.ts';

/**
 * What else a school is looked for by, words with spaces between them: its short names (「青禾小学」), and the first letters
 * of all of them (`qhzzxxx`, `qhxx`).
 */
export function schoolWords(name: string): string {
  const chars = Array.from(name);
  const letters = readingsOf(chars).map((syllable, index) => syllable?.[0] ?? chars[index] ?? '');
  const initials = (['places', 'all'] as const).map((without) => {
    const kept = keptInShort(chars, without);
    return letters.filter((_, index) => kept[index]).join('');
  });
  return [...new Set([...shortNames(name), letters.join(''), ...initials])].join(' ');
}
