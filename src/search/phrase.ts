import { cleanCharacters } from '../model/clean-characters.ts';
import { isHan, MAX_QUERY_CHARS, simplify } from './text.ts';

/** Whether a page holds the very words that were typed, which is what 「完全匹配」 says. Pure. */

/** Between Han characters a text may have spaces, line breaks and quotation marks. */
const BETWEEN_HAN = '[\\s“”‘’「」『』《》·]*';

/** Between a number and its unit, or a word and another: 「GB 2763」「12 月」. */
const BETWEEN_RUNS = '[^\\p{L}\\p{N}.]{0,3}';

const folded = (text: string, simplifiedOf?: ReadonlyMap<string, string>) =>
  simplify(cleanCharacters(text).normalize('NFKC').toLowerCase(), simplifiedOf);

/**
 * Makes the test of texts for a query: each of its words is there, as it was typed. A number is not found in a longer one
 * (12 in 2012, 2 in 2.5), nor a foreign word within another.
 *
 * @param isHalfTyped whether foreign words may go on
 */
export function phraseTest(
  raw: string,
  simplifiedOf?: ReadonlyMap<string, string>,
  isHalfTyped = false,
): (text: string) => boolean {
  const words = folded(raw.slice(0, MAX_QUERY_CHARS * 4), simplifiedOf)
    .split(/[^\p{L}\p{N}.]+/u)
    .map((word) => word.replace(/^\.+|\.+$/g, ''))
    .filter((word) => word);
  const patterns = words.map((word) => patternOf(word, isHalfTyped));
  return (text) => {
    const plain = folded(text, simplifiedOf);
    return patterns.length > 0 && patterns.every((pattern) => pattern.test(plain));
  };
}

function patternOf(word: string, isHalfTyped: boolean): RegExp {
  const runs = word.match(/\p{Script=Han}+|[^\p{Script=Han}]+/gu) ?? [];
  const body = runs
    .map((run) =>
      isHan(Array.from(run)[0] as string) ? Array.from(run).join(BETWEEN_HAN) : run.replace(/\./g, '\\.'),
    )
    .join(BETWEEN_RUNS);
  const isLetter = (char: string | undefined) => char !== undefined && !isHan(char);
  const before = isLetter(Array.from(word)[0]) ? '(?:^|[^a-z0-9.]|[^0-9]\\.)' : '';
  const last = Array.from(word).pop();
  const mayGoOn = isHalfTyped && last !== undefined && /[a-z]/.test(last);
  const after = isLetter(last) && !mayGoOn ? '(?![a-z0-9]|\\.[0-9])' : '';
  return new RegExp(before + body + after, 'u');
}
