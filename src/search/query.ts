import { type Characters, NO_CHARACTERS } from './characters.ts';
import { bigrams, isHan, normalizeQuery, runsOf, termsOf } from './text.ts';

/** A query, read: what was typed, what of it carries meaning, and the same with synonyms put in. Pure. */
export interface Query {
  /** Normalised text, words separated by single spaces; empty when nothing searchable was typed. */
  readonly text: string;
  /** `text` without its spaces, one character an item. */
  readonly chars: readonly string[];
  /** The syllable of each of `chars`; undefined for letters, digits and rare characters. */
  readonly syllables: readonly (string | undefined)[];
  /** `text` without question words; equals `text` when nothing else is left. */
  readonly content: string;
  /** The words of `content`, of two characters or more. */
  readonly words: readonly string[];
  /** `text` with one word replaced by a synonym, at most `MAX_VARIANTS`. */
  readonly variants: readonly string[];
}

/** At which terms the full text is looked up, one attempt after the other; see `search.ts`. */
export interface Attempt {
  /** `all`: every term must be there; `any`: the more the better. */
  readonly need: 'all' | 'any';
  readonly terms: readonly string[];
  /** Whether what it finds holds just what was typed. */
  readonly exact: boolean;
  /** Tried even when enough has been found (synonyms). */
  readonly always?: boolean;
}

const MAX_VARIANTS = 4;

/** Looking up one term of `any` can cost one more file of the index; long questions repeat themselves anyway. */
const MAX_ANY_TERMS = 12;

/** Longest first, so that 「什么时候」 goes before 「什么」. */
const QUESTION_WORDS = [
  ...[
    '什么时候',
    '是什么意思',
    '是不是真的',
    '为什么会',
    '有什么用',
    '怎么回事',
    '可不可以',
    '有什么',
    '为什么',
    '是什么',
  ],
  ...[
    '怎么办',
    '怎么样',
    '怎么会',
    '是不是',
    '能不能',
    '要不要',
    '会不会',
    '有没有',
    '好不好',
    '该不该',
    '多少钱',
    '请问',
  ],
  ...[
    '什么',
    '怎么',
    '怎样',
    '如何',
    '为何',
    '何时',
    '哪些',
    '哪个',
    '哪里',
    '哪儿',
    '哪天',
    '多少',
    '多久',
    '多长',
    '几个',
  ],
  ...['可以', '应该', '应当', '需要', '一下', '吗', '呢', '吧', '啊', '呀'],
];
const QUESTION = new RegExp(QUESTION_WORDS.join('|'), 'g');

/**
 * Reads what was typed. Never throws, whatever the string.
 *
 * @param synonyms groups of words that stand for each other, as the editors keep them
 */
export function readQuery(
  raw: string,
  characters: Characters = NO_CHARACTERS,
  synonyms: readonly (readonly string[])[] = [],
): Query {
  const text = normalizeQuery(raw, characters.simplifiedOf);
  const chars = Array.from(text.replace(/ /g, ''));
  const content = text.replace(QUESTION, ' ').replace(/ +/g, ' ').trim();
  return {
    text,
    chars,
    syllables: chars.map((char) => characters.syllableOf.get(char)),
    content: content || text,
    words: wordsOf(content || text),
    variants: variantsOf(content || text, synonyms),
  };
}

function variantsOf(text: string, synonyms: readonly (readonly string[])[]): string[] {
  const variants = new Set<string>();
  for (const group of synonyms) {
    const words = group.map((word) => normalizeQuery(word)).filter((word) => word);
    const [typed] = words.filter((word) => text.includes(word)).sort((a, b) => b.length - a.length);
    if (!typed) continue;
    const rest = text.replace(typed, ' ');
    for (const word of words)
      if (word !== typed && !rest.includes(word)) variants.add(text.replace(typed, () => word));
  }
  return Array.from(variants).slice(0, MAX_VARIANTS);
}

/** The attempts at a query, the strictest first; the first that finds enough ends the search. */
export function attemptsAt(query: Query): Attempt[] {
  const attempts: Attempt[] = [];
  const seen = new Set<string>();
  const add = (attempt: Attempt) => {
    const key = `${attempt.need} ${attempt.terms.join(' ')}`;
    if (attempt.terms.length > 0 && !seen.has(key)) attempts.push(attempt);
    seen.add(key);
  };
  add({ need: 'all', terms: termsOf(query.text), exact: true });
  for (const variant of query.variants)
    add({ need: 'all', terms: termsOf(variant), exact: false, always: true });
  add({ need: 'all', terms: runsTerms(query.content), exact: false });
  add({
    need: 'all',
    terms: termsOf(query.words.join(' ')),
    exact: false,
  });
  add({ need: 'any', terms: spread(termsOf(query.content), MAX_ANY_TERMS), exact: false });
  return attempts;
}

/** Terms of what is left of a question: single characters between question words are dropped, unless all are. */
function runsTerms(text: string): string[] {
  const runs = runsOf(text);
  const long = runs.filter((run) => run.length > 1);
  return termsOf((long.length > 0 ? long : runs).join(' '));
}

/**
 * Words of two characters and more; single characters side by side count as one (the segmenter does not know 青贮).
 * Without `Intl.Segmenter` (before Chrome 87, Firefox 125) whole runs.
 */
function wordsOf(text: string): string[] {
  const runs = runsOf(text);
  if (typeof Intl === 'undefined' || typeof Intl.Segmenter === 'undefined')
    return runs.filter((run) => run.length > 1);
  const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });
  const words: string[] = [];
  for (const run of runs) {
    let singles = '';
    const end = () => {
      if (singles.length > 1 || !isHan(singles)) words.push(singles);
      singles = '';
    };
    for (const { segment } of Array.from(segmenter.segment(run))) {
      if (Array.from(segment).length === 1) {
        singles += segment;
        continue;
      }
      end();
      words.push(segment);
    }
    end();
  }
  return words.filter((word) => word);
}

/** At most `count` of the terms, evenly from beginning to end. */
function spread(terms: readonly string[], count: number): string[] {
  if (terms.length <= count) return [...terms];
  return Array.from(
    { length: count },
    (_, index) => terms[Math.floor((index * terms.length) / count)] as string,
  );
}

/** Words to show as hits in titles and excerpts, longest first. */
export function highlightTerms(query: Query): string[] {
  const terms = new Set<string>();
  for (const text of [query.text, query.content, ...query.variants]) {
    for (const run of text.split(' ')) terms.add(run);
    for (const word of wordsOf(text)) terms.add(word);
  }
  for (const run of runsOf(query.content))
    for (const pair of bigrams(run)) if (pair.length > 1) terms.add(pair);
  return Array.from(terms)
    .filter((term) => term)
    .sort((a, b) => b.length - a.length);
}
