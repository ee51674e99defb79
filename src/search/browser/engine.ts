import type { FullText } from './fulltext.ts';
import type { Attempt } from '../query.ts';

/** Looking up the attempts at a query in the full text. */

/** So many texts are read to see whether they hold the query as typed; a page of results. */
const TEXTS_COMPARED = 10;

/** Most results of an attempt at any of the terms; further ones share hardly a word with the query. */
const MAX_ANY = 30;

/** The part of the terms' weight that such a result must hold. */
const MIN_COVERAGE = 0.34;

export interface Scored {
  readonly doc: number;
  /** Above 0, at most 1. */
  readonly score: number;
}

/** The documents that an attempt finds, best first. */
export async function attempt(fullText: FullText, { need, terms }: Attempt): Promise<Scored[]> {
  if (need === 'any') return anyOf(fullText, terms);
  const found = await fullText.all(terms);
  return found.map(({ doc }, place) => ({ doc, score: 1 - place / (found.length + 10) }));
}

async function anyOf(fullText: FullText, terms: readonly string[]): Promise<Scored[]> {
  const answers = await Promise.all(terms.map((term) => fullText.all([term])));
  const most = Math.max(1, ...answers.map((ranked) => ranked.length));
  const scores = new Map<number, { score: number; weight: number }>();
  let total = 0;
  for (const [index, ranked] of answers.entries()) {
    if (ranked.length === 0) continue;
    // The rarer a term among this query's, the more it tells; a lone character tells less.
    const weight = Math.log(1 + most / ranked.length) * ((terms[index] as string).length > 1 ? 1 : 0.5);
    const best = ranked[0]?.score || 1;
    total += weight;
    for (const { doc, score } of ranked) {
      const known = scores.get(doc) ?? { score: 0, weight: 0 };
      scores.set(doc, { score: known.score + weight * (1 + score / best), weight: known.weight + weight });
    }
  }
  const found = Array.from(scores.entries())
    .map(([doc, { score, weight }]) => ({ doc, score: (score * weight) / total, coverage: weight / total }))
    .filter(({ coverage }) => coverage >= MIN_COVERAGE)
    .sort((a, b) => b.score - a.score || a.doc - b.doc)
    .slice(0, MAX_ANY);
  const best = found[0]?.score || 1;
  return found.map(({ doc, score }) => ({ doc, score: score / best }));
}

/**
 * Tells documents that hold the query's words as typed from those that hold all their pairs of characters apart. Only
 * the first are read, since they are about to be shown; when one of them is loose, the rest count as loose.
 *
 * @param isStrict whether what was not read counts as loose: numbers and foreign words stand in many places
 */
export async function splitByPhrase(
  fullText: FullText,
  docs: readonly number[],
  holds: (text: string) => boolean,
  isStrict: boolean,
): Promise<{ literal: number[]; loose: number[] }> {
  const literal: number[] = [];
  const loose: number[] = [];
  const texts = await Promise.all(
    docs.slice(0, TEXTS_COMPARED).map((doc) => fullText.read(doc).catch(() => undefined)),
  );
  for (const [index, kept] of texts.entries())
    (kept && holds(kept.text) ? literal : loose).push(docs[index] as number);
  const rest = docs.slice(TEXTS_COMPARED);
  return loose.length > 0 || isStrict
    ? { literal, loose: [...loose, ...rest] }
    : { literal: [...literal, ...rest], loose };
}
