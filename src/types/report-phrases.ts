/**
 * The grammar of a phrase of the report outline: text with words in braces that the records fill in, 「培训{培训人数}」,
 * 「安装科普 e 站{数量|个}」. Braces and bars may be full-width, as Chinese keyboards type them.
 */

export type PhrasePart =
  | { text: string }
  | {
      /** What is wanted: a word of `src/report/phrases/words`, or an indicator's name. */
      word: string;
      /** What follows it after bars: a unit, or a pair of quotation marks. */
      options: string[];
    };

export interface ParsedPhrase {
  parts: PhrasePart[];
  /** What is wrong with the braces and what to do; undefined when nothing is. */
  fault: string | undefined;
}

const BRACED = /\{([^{}]*)\}/g;

/** Takes a phrase apart. Never throws: a phrase with a fault is all text. */
export function parsePhrase(phrase: string): ParsedPhrase {
  const source = phrase.replaceAll('｛', '{').replaceAll('｝', '}');
  const fail = (fault: string): ParsedPhrase => ({ parts: [{ text: phrase }], fault });
  const parts: PhrasePart[] = [];
  let end = 0;
  for (const match of source.matchAll(BRACED)) {
    if (match.index > end) parts.push({ text: source.slice(end, match.index) });
    end = match.index + match[0].length;
    const [word = '', ...options] = (match[1] ?? '').split(/[|｜]/).map((piece) => piece.trim());
    if (word === '') return fail('花括号里是空的，请写上词，如 {培训人数}，或者删去花括号');
    parts.push({ word, options });
  }
  if (end < source.length) parts.push({ text: source.slice(end) });
  const loose = parts.find((part) => 'text' in part && /[{}]/.test(part.text));
  if (loose) return fail('花括号没有成对，请检查「{」和「}」，里面不能再套花括号');
  return { parts, fault: undefined };
}

/** The words in braces, each with its options. */
export const wordsIn = (phrase: string) => parsePhrase(phrase).parts.filter((part) => 'word' in part);
