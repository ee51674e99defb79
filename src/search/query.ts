import { flatten } from './flatten.ts';
import { type Characters, NO_CHARACTERS } from './characters.ts';
import { bigrams, isHan, normalizeQuery, runsOf, termsOf } from './text.ts';
import { inPlainWords, type Meaning, withoutParticles, withoutQuestions } from './words.ts';

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
  /** `content` with folk words replaced by those of the site (娃 → 孩子). */
  readonly plain: string;
  /** The words of `content`, of two characters or more. */
  readonly words: readonly string[];
  /** `text` with one word replaced by a synonym, at most `MAX_VARIANTS`. */
  readonly variants: readonly string[];
  /** All words that stand for words of it, for the loosest attempt. */
  readonly alternatives: readonly string[];
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

/** Lone characters between particles may be nouns: 羊 in 「羊的病」. */
const MAX_LONE = 2;

/** Looking up one term of `any` can cost one more file of the index; long questions repeat themselves anyway. */
const MAX_ANY_TERMS = 12;

/**
 * Reads what was typed. Never throws, whatever the string.
 *
 * @param synonyms groups of words that stand for each other, as the editors keep them
 * @param meanings folk words with those that are looked up instead
 */
export function readQuery(
  raw: string,
  characters: Characters = NO_CHARACTERS,
  synonyms: readonly (readonly string[])[] = [],
  meanings: readonly Meaning[] = [],
): Query {
  const text = normalizeQuery(raw, characters.simplifiedOf);
  const chars = Array.from(text.replace(/ /g, ''));
  const content = withoutQuestions(text) || text;
  const plain = inPlainWords(content, meanings);
  return {
    text,
    chars,
    syllables: chars.map((char) => characters.syllableOf.get(char)),
    content,
    plain,
    words: wordsOf(content),
    variants: [
      ...(plain === content ? [] : [plain]),
      ...variantsOf(content, synonyms),
      ...(plain === content ? [] : variantsOf(plain, synonyms)),
    ].slice(0, MAX_VARIANTS),
    alternatives: alternativesOf(plain, synonyms),
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

/** Words that stand for words of the text. */
const alternativesOf = (text: string, synonyms: readonly (readonly string[])[]): string[] =>
  flatten(
    synonyms
      .map((group) => group.map((word) => normalizeQuery(word).replace(/ /g, '')))
      .filter((group) => group.some((word) => text.includes(word)))
      .map((group) => group.filter((word) => !text.includes(word))),
  );

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
  add({ need: 'any', terms: anyTerms(query), exact: false });
  return attempts;
}

/** What is looked up when not everything fits: pairs of characters between particles, lone nouns, words that stand for them. */
function anyTerms({ content, plain, words, alternatives }: Query): string[] {
  const cut = termsOf(withoutParticles(content === plain ? content : `${content} ${plain}`));
  const pairs = cut.filter((term) => term.length > 1);
  const own = new Set([
    ...words.filter((word) => word.length === 2 && Array.from(word).every(isHan)),
    ...pairs,
  ]);
  const terms = own.size > 0 ? Array.from(own) : termsOf(content);
  const lone = cut.filter((term) => term.length === 1 && isHan(term)).slice(0, MAX_LONE);
  return Array.from(
    new Set([
      ...spread(terms, MAX_ANY_TERMS),
      ...lone,
      ...termsOf(alternatives.slice(0, 3).join(' ')).slice(0, 4),
    ]),
  );
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
