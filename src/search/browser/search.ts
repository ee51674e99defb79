import type { FullText } from './fulltext.ts';
import { type Attempt, attemptsAt, type Query, readQuery } from '../query.ts';
import { normalize, runsOf } from '../text.ts';
import { matchTitle, type Title, type TitleMatch } from '../title.ts';
import type { TitleIndex } from './titles.ts';

/** How sure a result is, in the order shown. */
export const TIERS = { full: '完全匹配', near: '您是不是要找', related: '相关' } as const;

export type Tier = keyof typeof TIERS;

export interface Found {
  /** Number of the document. */
  readonly doc: number;
  readonly tier: Tier;
  /** Known when the title index found it. */
  readonly title?: Title | undefined;
}

export interface Answer {
  readonly query: Query;
  /** Best first, tier by tier, each document once. */
  readonly found: readonly Found[];
}

/** With so many results nothing looser is looked for. */
const ENOUGH = 3;

/** Most titles shown that hold the query only after mending it. */
const MAX_NEAR = 5;

/** So many texts are read to see whether they hold the query as typed; a page of results. */
const TEXTS_COMPARED = 10;

/** Titles that answer so much of a question come before texts that do. */
const STRONG_PART = 0.6;

/** Most results of an attempt at any of the terms; further ones share hardly a word with the query. */
const MAX_ANY = 30;

/** The part of the terms' weight that such a result must hold. */
const MIN_COVERAGE = 0.34;

/** Most suggestions shown while typing. */
const MAX_SUGGESTIONS = 8;

/**
 * Searches titles and, where there is an engine, full texts.
 *
 * @param accepts whether a document passes the ticked filters; looser attempts go on until enough of these are found
 */
export async function search(
  index: TitleIndex,
  fullText: FullText | undefined,
  raw: string,
  accepts: (doc: number) => boolean = () => true,
): Promise<Answer> {
  const [characters, { synonyms }] = await Promise.all([index.characters(raw), index.manifest()]);
  const query = readQuery(raw, characters, synonyms);
  if (!query.text) return { query, found: [] };

  const found = new Map<number, Found>();
  const add = (tier: Tier, doc: number, title?: Title) => {
    if (!found.has(doc)) found.set(doc, { doc, tier, title });
  };
  const enough = () =>
    Array.from(found.values()).filter(({ doc, tier }) => tier !== 'near' && accepts(doc)).length >= ENOUGH;

  const titles = await matchTitles(index, query);
  const [exact, ...looser] = attemptsAt(query);
  for (const { title, how } of titles) if (how === 'full') add('full', title.doc, title);
  if (fullText && exact) {
    const { literal, loose } = await splitByLiteralMatch(fullText, query, await attempt(fullText, exact));
    for (const doc of literal) add('full', doc);
    for (const doc of loose) add('related', doc);
  }
  if (!enough())
    for (const { title } of titles.filter(({ how }) => how === 'near').slice(0, MAX_NEAR))
      add('near', title.doc, title);

  for (const variant of query.variants)
    for (const { title, how } of await matchTitles(index, readQuery(variant, characters)))
      if (how === 'full') add('related', title.doc, title);
  const parts = titles.filter(({ how }) => how === 'part');
  if (!enough())
    for (const { title, score } of parts) if (score >= STRONG_PART) add('related', title.doc, title);
  if (fullText)
    for (const next of looser)
      if (next.always || !enough()) for (const doc of await attempt(fullText, next)) add('related', doc);
  if (!enough()) for (const { title } of parts) add('related', title.doc, title);

  const urgent = await index.urgent(query);
  for (const title of urgent) add('near', title.doc, title);
  const order = Object.keys(TIERS);
  const leads = urgent.map(({ doc }) => doc);
  const place = ({ doc }: Found) => (leads.indexOf(doc) < 0 ? leads.length : leads.indexOf(doc));
  return {
    query,
    found: Array.from(found.values()).sort(
      (a, b) => order.indexOf(a.tier) - order.indexOf(b.tier) || place(a) - place(b),
    ),
  };
}

/** Titles to offer while the visitor types, best first. */
export async function suggest(index: TitleIndex, raw: string): Promise<{ query: Query; titles: Title[] }> {
  const [characters, { synonyms }] = await Promise.all([index.characters(raw), index.manifest()]);
  const query = readQuery(raw, characters, synonyms);
  if (!query.text) return { query, titles: [] };
  const matches = await matchTitles(index, query);
  const full = matches.filter(({ how }) => how === 'full');
  for (const variant of query.variants)
    if (full.length < MAX_SUGGESTIONS)
      full.push(
        ...(await matchTitles(index, readQuery(variant, characters))).filter(({ how }) => how === 'full'),
      );
  const offered =
    full.length > 0 ? full : matches.filter(({ how, score }) => how === 'near' || score >= STRONG_PART);
  const titles = new Map(
    [...(await index.urgent(query)), ...offered.map(({ title }) => title)].map((title) => [title.doc, title]),
  );
  return { query, titles: Array.from(titles.values()).slice(0, MAX_SUGGESTIONS) };
}

async function matchTitles(index: TitleIndex, query: Query): Promise<TitleMatch[]> {
  const matches: TitleMatch[] = [];
  for (const title of await index.candidates(query)) {
    const match = matchTitle(title, query);
    if (match) matches.push(match);
  }
  return matches.sort((a, b) => b.score - a.score || a.title.doc - b.title.doc);
}

/**
 * Tells documents that hold the query's runs as typed from those that hold all their pairs of characters apart. Only
 * the first are read, since they are about to be shown; when one of them is loose, the rest count as loose.
 */
async function splitByLiteralMatch(fullText: FullText, query: Query, docs: readonly number[]) {
  const runs = runsOf(query.text);
  if (runs.every((run) => run.length < 3)) return { literal: docs, loose: [] };
  const literal: number[] = [];
  const loose: number[] = [];
  const texts = await Promise.all(docs.slice(0, TEXTS_COMPARED).map((doc) => fullText.read(doc)));
  for (const [index, { text }] of texts.entries()) {
    const plain = normalize(text).replace(/ /g, '');
    (runs.every((run) => plain.includes(run)) ? literal : loose).push(docs[index] as number);
  }
  const rest = docs.slice(TEXTS_COMPARED);
  return loose.length > 0
    ? { literal, loose: [...loose, ...rest] }
    : { literal: [...literal, ...rest], loose };
}

/** The documents that an attempt finds, best first. */
async function attempt(fullText: FullText, { need, terms }: Attempt): Promise<number[]> {
  if (need === 'all') return (await fullText.all(terms)).map(({ doc }) => doc);

  const answers = await Promise.all(terms.map((term) => fullText.all([term])));
  const most = Math.max(1, ...answers.map((ranked) => ranked.length));
  const scores = new Map<number, { score: number; weight: number }>();
  let total = 0;
  for (const ranked of answers) {
    if (ranked.length === 0) continue;
    // The rarer a term among this query's, the more it tells.
    const weight = Math.log(1 + most / ranked.length);
    const best = ranked[0]?.score || 1;
    total += weight;
    for (const { doc, score } of ranked) {
      const known = scores.get(doc) ?? { score: 0, weight: 0 };
      scores.set(doc, { score: known.score + weight * (1 + score / best), weight: known.weight + weight });
    }
  }
  return Array.from(scores.entries())
    .map(([doc, { score, weight }]) => ({ doc, score: (score * weight) / total, coverage: weight / total }))
    .filter(({ coverage }) => coverage >= MIN_COVERAGE)
    .sort((a, b) => b.score - a.score || a.doc - b.doc)
    .slice(0, MAX_ANY)
    .map(({ doc }) => doc);
}
