import { cleanCharacters } from '../model/clean-characters.ts';

/** Turning what people type, and what pages say, into the same comparable text. Pure; runs in old browsers. */

/** Longer input is cut: it is not typed by hand, and every later step stays bounded. In characters. */
export const MAX_QUERY_CHARS = 64;

/**
 * Takes out invisible characters, folds width (NFKC), case and traditional characters, drops dots inside words (`PM2.5` →
 * `pm25`), and turns everything that is neither letter nor digit into single spaces.
 *
 * @param simplifiedOf traditional character → simplified character; without it those stay
 */
export function normalize(raw: string, simplifiedOf?: ReadonlyMap<string, string>): string {
  return simplify(cleanCharacters(raw).normalize('NFKC').toLowerCase(), simplifiedOf)
    .replace(/([a-z0-9])\.(?=[a-z0-9])/g, '$1')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Letters and digits of other widths, ligatures, units in one character (㎏, ℃); not the punctuation of Chinese texts. */
const OTHER_FORMS =
  /[\u2100-\u214f\u3300-\u33ff\ufb00-\ufb06\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff66-\uffdc]+/g;

/** The text with the usual forms of its letters, as queries have them; it still reads as it was written. */
export const usualForms = (text: string): string =>
  cleanCharacters(text).replace(OTHER_FORMS, (forms) => forms.normalize('NFKC'));

/** Replaces traditional characters one for one; the length in UTF-16 units stays. */
export function simplify(text: string, simplifiedOf?: ReadonlyMap<string, string>): string {
  if (!simplifiedOf) return text;
  let simplified = '';
  for (const char of text) simplified += simplifiedOf.get(char) ?? char;
  return simplified;
}

/** A query as it is planned: normalised and cut to `MAX_QUERY_CHARS`. */
export const normalizeQuery = (raw: string, simplifiedOf?: ReadonlyMap<string, string>): string =>
  Array.from(normalize(raw.slice(0, MAX_QUERY_CHARS * 4), simplifiedOf))
    .slice(0, MAX_QUERY_CHARS)
    .join('')
    .trim();

const HAN = /^\p{Script=Han}$/u;

export const isHan = (char: string): boolean => HAN.test(char);

/** Runs of Han characters, and words of other letters and digits, in order: `e站更新 wifi` → `e`, `站更新`, `wifi`. */
export const runsOf = (text: string): string[] =>
  text.match(/\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu) ?? [];

/** Overlapping pairs of a run's characters; a single character stands for itself. */
export function bigrams(run: string): string[] {
  const chars = Array.from(run);
  if (chars.length < 2) return chars;
  return chars.slice(1).map((char, index) => `${chars[index]}${char}`);
}

/** The index terms of a text: bigrams of its Han runs, other words whole; each once, in order. */
export function termsOf(text: string): string[] {
  const terms = new Set<string>();
  for (const run of runsOf(text))
    for (const term of isHan(Array.from(run)[0] as string) ? bigrams(run) : [run]) terms.add(term);
  return Array.from(terms);
}
