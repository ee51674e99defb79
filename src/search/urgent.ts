import type { Query } from './query.ts';
import { normalize } from './text.ts';

/** Pages that help in an emergency, and what people type who need them. */
export interface UrgentGroup {
  /** Numbers of the pages. */
  docs: number[];
  /** File of the index that holds their rows. */
  file: string;
  /** Lead wherever they occur in a query: 「噎住」, with the editors' synonyms. */
  words: string[];
  /** Lead only as the whole query: 「120」, 「急救」 also stand in much else. */
  names: string[];
}

/** 「地震了」 is asked for as 「地震」, 「烫伤、被狗咬」 as either. */
const partsOf = (when: string): string[] =>
  when
    .split(/[、，]/)
    .map((part) => normalize(part).replace(/^(?:有人|可能|被|人)|了$/g, ''))
    .filter((part) => part.length > 1);

/**
 * What people type who need the page: the words of `when`, and those of every group of synonyms that has a word at the end of one of them:
 * 「抽风」 of 「孩子抽风」, but not 「农药」 of 「农药中毒」.
 *
 * @param when what happened, e.g. 「噎住了」
 */
export function urgentWords(when: string, synonyms: readonly (readonly string[])[]): string[] {
  const parts = partsOf(when);
  const groups = synonyms
    .map((group) => group.map((word) => normalize(word).replace(/ /g, '')))
    .filter((group) => group.some((word) => parts.some((part) => part.endsWith(word))));
  return [...new Set([...parts, ...groups.flat()])];
}

/** Shortest pinyin that is a cry for help; shorter ones are read as first letters. */
const MIN_PINYIN = 4;

/**
 * The groups of pages that lead the answer to a query, in their order.
 *
 * @param syllableOf for words in pinyin: 「xingeng」
 */
export function urgentFor(
  query: Query,
  urgent: readonly UrgentGroup[] = [],
  syllableOf: ReadonlyMap<string, string> = new Map(),
): UrgentGroup[] {
  const text = query.chars.join('');
  const content = query.content.replace(/ /g, '');
  const pinyin = text.length >= MIN_PINYIN && /^[a-z]+$/.test(text);
  const spells = (word: string) => Array.from(word, (char) => syllableOf.get(char) ?? char).join('') === text;
  return urgent.filter(
    ({ words, names }) =>
      words.some((word) => text.includes(word) || (pinyin && spells(word))) ||
      names.some((name) => name === text || name === content),
  );
}
