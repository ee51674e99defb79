import { type Attempt, attemptsAt, type Query, readQuery } from '../query.ts';
import { phraseTest } from '../phrase.ts';
import { hasHan, NO_SAYINGS } from '../sayings.ts';
import { runsOf } from '../text.ts';
import type { Title } from '../title-row.ts';
import { matchTitle, type TitleMatch } from '../title.ts';
import { attempt, splitByPhrase } from './engine.ts';
import type { FullText } from './fulltext.ts';
import type { Found, Tier } from './answer.ts';
import type { TitleIndex } from './titles.ts';

/** With so many results nothing looser is looked for. */
const ENOUGH = 3;

/** Most titles shown that hold the query only after mending it. */
const MAX_NEAR = 5;

/** What the ways to an answer count; they add up. */
const WORTH = { words: 3, variant: 2.4, part: 2, led: 1.8, all: 1.4, any: 1 } as const;

/** Most suggestions shown while typing. */
export const MAX_SUGGESTIONS = 8;

/** Titles that answer so much of a question are worth offering while it is typed. */
const STRONG_PART = 0.6;

export interface TextAnswer {
  readonly query: Query;
  readonly found: readonly Found[];
  readonly corrected?: string | undefined;
}

/** What the titles, the editors' sayings and the full texts answer to a query without days. */
export async function searchText(
  index: TitleIndex,
  fullText: FullText | undefined,
  raw: string,
  accepts: (doc: number) => boolean,
): Promise<TextAnswer> {
  const query = await read(index, raw, true);
  if (!query.text) return { query, found: [] };

  const found = new Map<number, Found>();
  const add = (tier: Tier, doc: number, title?: Title) => {
    if (!found.has(doc)) found.set(doc, { doc, tier, title });
  };
  const count = (...tiers: Tier[]) =>
    Array.from(found.values()).filter(({ doc, tier }) => tiers.includes(tier) && accepts(doc)).length;

  const titles = await matchTitles(index, query);
  const { said, like } = await leads(index, query);
  const isWhole = titles.some(({ how, score }) => how === 'full' && score === 1);
  for (const title of isWhole ? [] : said) add('lead', title.doc, title);
  for (const { title, how } of titles) if (how === 'full') add('full', title.doc, title);
  for (const title of said) add('near', title.doc, title);

  const [exact, ...looser] = attemptsAt(query);
  const loose: number[] = [];
  if (fullText && exact) {
    const split = await exactly(index, fullText, query, raw, exact);
    for (const doc of split.literal) add('full', doc);
    loose.push(...split.loose);
  }
  for (const { title, how } of titles)
    if (how === 'short' || how === 'spelled') add('near', title.doc, title);
  const mended =
    count('lead', 'full') === 0 && found.size < ENOUGH
      ? await mendedAnswer(index, fullText, query)
      : undefined;
  for (const { doc, title } of mended?.found ?? []) add('near', doc, title);
  if (count('lead', 'full') < ENOUGH && said.length === 0)
    for (const { title } of titles.filter(({ how }) => how === 'near').slice(0, MAX_NEAR))
      add('near', title.doc, title);
  const isEnough = count('lead', 'full') >= ENOUGH;
  const wanted = {
    ...{ index, fullText, query, loose },
    ...(isEnough
      ? { titles: [], like: [], looser: looser.filter(({ always }) => always) }
      : { titles, like, looser }),
  };
  for (const { doc, title } of await looselyFound(wanted)) add('related', doc, title);
  return { query, found: Array.from(found.values()), corrected: mended?.text };
}

/** Reads a query with what is needed for it. */
async function read(index: TitleIndex, raw: string, withSayings: boolean): Promise<Query> {
  const [characters, { synonyms }, sayings] = await Promise.all([
    index.characters(raw),
    index.manifest(),
    withSayings ? index.sayings() : NO_SAYINGS,
  ]);
  return readQuery(raw, characters, synonyms, sayings.meanings);
}

/** The titles that editors and emergencies put first, and those that a query is only like. */
async function leads(index: TitleIndex, query: Query): Promise<{ said: Title[]; like: [Title, number][] }> {
  const urgent = await index.urgent(query);
  if (!hasHan(query.text)) return { said: urgent, like: [] };
  const isUrgent = await index.urgentDocs();
  const led = await index.led(query);
  const scoreOf = new Map(led.filter(({ isSaid }) => isSaid).map(({ title, score }) => [title.doc, score]));
  const place = ({ doc }: Title) => (scoreOf.get(doc) ?? URGENT_SCORE) + (isUrgent.has(doc) ? URGENCY : 0);
  const said = unique([...led.filter(({ isSaid }) => isSaid).map(({ title }) => title), ...urgent]);
  return {
    said: said.sort((a, b) => place(b) - place(a)),
    like: led.filter(({ isSaid }) => !isSaid).map(({ title, score }) => [title, score]),
  };
}

/** What an emergency counts that no saying leads to, and more than what else is said; in characters. */
const URGENT_SCORE = 2;
const URGENCY = 0.5;

const unique = (titles: readonly Title[]): Title[] =>
  Array.from(new Map(titles.map((title) => [title.doc, title])).values());

/** The documents that hold what was typed, and those that hold its parts. */
async function exactly(index: TitleIndex, fullText: FullText, query: Query, raw: string, exact: Attempt) {
  const docs = (await attempt(fullText, exact)).map(({ doc }) => doc);
  const runs = runsOf(query.text);
  const isStrict = /[a-z0-9]/.test(query.text);
  // Pairs of characters are found as they stand.
  if (!isStrict && runs.every((run) => run.length < 3)) return { literal: docs, loose: [] };
  const { simplifiedOf } = await index.characters(raw);
  const split = await splitByPhrase(fullText, docs, phraseTest(raw, simplifiedOf), isStrict);
  if (hasHan(query.text)) return split;
  // Of foreign words and numbers the engine finds others with the same beginning.
  const { literal } = await splitByPhrase(fullText, split.loose, phraseTest(raw, simplifiedOf, true), true);
  return { literal: split.literal, loose: literal };
}

/** The answer to the query with the likeliest word in place of a mistyped one, or with the words that its pinyin spells. */
async function mendedAnswer(index: TitleIndex, fullText: FullText | undefined, query: Query) {
  const isPinyin = /^[a-z ]{4,}$/.test(query.text);
  if (!isPinyin && !hasHan(query.text)) return undefined;
  // Seldom needed: fetched when nothing fits.
  const [{ mend, readMending, wordsSpelled }, { syllableOf }, file] = await Promise.all([
    import('../mending.ts'),
    index.characters(''),
    index.mending(),
  ]);
  if (!file) return undefined;
  const mending = readMending(file);
  const texts = isPinyin
    ? wordsSpelled(query.text, syllableOf, mending)
    : [mend(query.content, syllableOf, mending)];
  for (const text of texts ?? []) {
    const found = text ? await foundAs(index, fullText, text) : [];
    if (text && found.length > 0) return { text, found };
  }
  return undefined;
}

async function foundAs(index: TitleIndex, fullText: FullText | undefined, text: string) {
  const query = await read(index, text, true);
  const { said } = await leads(index, query);
  const found: { doc: number; title?: Title }[] = said.map((title) => ({ doc: title.doc, title }));
  for (const { title, how } of await matchTitles(index, query))
    if (how === 'full' || how === 'words' || how === 'short') found.push({ doc: title.doc, title });
  const [exact] = attemptsAt(query);
  if (fullText && exact) found.push(...(await attempt(fullText, exact)).map(({ doc }) => ({ doc })));
  return found;
}

interface Loosely {
  index: TitleIndex;
  fullText: FullText | undefined;
  query: Query;
  titles: readonly TitleMatch[];
  like: readonly [Title, number][];
  looser: readonly Attempt[];
  loose: readonly number[];
}

/** Documents that hold some of the query, or the same in other words: the more ways lead to one, the better. */
async function looselyFound({ index, fullText, query, titles, like, looser, loose }: Loosely) {
  const scores = new Map<number, { doc: number; score: number; title?: Title | undefined }>();
  const add = (doc: number, score: number, title?: Title) => {
    const known = scores.get(doc);
    scores.set(doc, { doc, score: (known?.score ?? 0) + score, title: title ?? known?.title });
  };
  for (const { title, how, score } of titles)
    if (how === 'words' || how === 'part') add(title.doc, WORTH[how] * score, title);
  for (const [title, score] of like) add(title.doc, WORTH.led * score, title);
  for (const doc of loose) add(doc, WORTH.all);
  const characters = await index.characters('');
  for (const variant of query.variants)
    for (const { title, how, score } of await matchTitles(index, readQuery(variant, characters)))
      if (how === 'full' || how === 'words') add(title.doc, WORTH.variant * score, title);
  if (fullText)
    for (const next of looser)
      for (const { doc, score } of await attempt(fullText, next)) add(doc, WORTH[next.need] * score);
  return Array.from(scores.values()).sort((a, b) => b.score - a.score || a.doc - b.doc);
}

/** Titles to offer while the visitor types, best first. */
export async function suggestText(
  index: TitleIndex,
  raw: string,
): Promise<{ query: Query; titles: Title[] }> {
  const query = await read(index, raw, false);
  if (!query.text) return { query, titles: [] };
  const matches = await matchTitles(index, query);
  const urgent = await index.urgent(query);
  const full = matches.filter(({ how }) => ['full', 'words', 'spelled', 'short'].includes(how));
  for (const variant of query.variants)
    if (urgent.length + full.length < MAX_SUGGESTIONS)
      full.push(
        ...(await matchTitles(index, readQuery(variant, await index.characters('')))).filter(
          ({ how }) => how === 'full',
        ),
      );
  if (full.length > 0 || urgent.length > 0)
    return { query, titles: offered([...urgent, ...full.map(({ title }) => title)]) };
  const said = query.chars.length > 1 ? (await leads(index, await read(index, raw, true))).said : [];
  const near = matches.filter(({ how, score }) => how === 'near' || score >= STRONG_PART);
  return { query, titles: offered(said.length > 0 ? said : near.map(({ title }) => title)) };
}

const offered = (titles: readonly Title[]): Title[] => unique(titles).slice(0, MAX_SUGGESTIONS);

/** The titles that answer a query, best first; of those that pinyin spells, what to do in an emergency. */
export async function matchTitles(index: TitleIndex, query: Query): Promise<TitleMatch[]> {
  const isUrgent = await index.urgentDocs();
  const matches: TitleMatch[] = [];
  for (const title of await index.candidates(query)) {
    const match = matchTitle(title, query);
    if (match) matches.push(match);
  }
  const place = ({ how, title, score }: TitleMatch) =>
    score + (how === 'spelled' && score > WHOLE_PINYIN && isUrgent.has(title.doc) ? 1 : 0);
  return matches.sort((a, b) => place(b) - place(a) || a.title.doc - b.title.doc);
}

/** Score of a title that holds all of the pinyin, not its first letters. */
const WHOLE_PINYIN = 0.58;
