import { highlightTerms, type Query, readQuery } from '../query.ts';
import type { Title } from '../title-row.ts';
import { type Answer, TIERS } from './answer.ts';
import type { FullText } from './fulltext.ts';
import { MAX_SUGGESTIONS, searchText, suggestText, type TextAnswer } from './text-search.ts';
import type { TitleIndex } from './titles.ts';

/** Queries that may name a day; what tells is fetched for them only. */
const MAY_BE_DAY =
  /[0-9０-９年月周週]|[一二三四五六七八九十][日号號]|星期|礼拜|禮拜|[今明昨前后後]天|[今明昨]日|[今明][早晚儿]|后儿/;

/** An answer, with the engine that it came from; without one where the full text could not be read. */
export interface WholeAnswer {
  readonly answer: Answer;
  readonly fullText: FullText | undefined;
}

/** Searches as `search` does, in the titles alone when files of the full text are missing or damaged. */
export async function searchWhole(
  index: TitleIndex,
  fullText: FullText | undefined,
  raw: string,
  accepts: (doc: number) => boolean,
): Promise<WholeAnswer> {
  if (fullText)
    try {
      return { answer: await search(index, fullText, raw, accepts), fullText };
    } catch {
      // What else is missing, the search without it tells.
    }
  return { answer: await search(index, undefined, raw, accepts), fullText: undefined };
}

/**
 * Searches days, titles and, where there is an engine, full texts.
 *
 * @param accepts whether a document passes the ticked filters; looser attempts go on until enough of these are found
 */
export async function search(
  index: TitleIndex,
  fullText: FullText | undefined,
  raw: string,
  accepts: (doc: number) => boolean = () => true,
): Promise<Answer> {
  const ofDays = MAY_BE_DAY.test(raw)
    ? await (await import('./day-search.ts')).searchDays(index, fullText, raw, accepts)
    : undefined;
  const answer = ofDays ?? answerOf(await searchText(index, fullText, raw, accepts));
  const order = Object.keys(TIERS);
  return {
    ...answer,
    found: [...answer.found].sort((a, b) => order.indexOf(a.tier) - order.indexOf(b.tier)),
  };
}

const answerOf = ({ query, found, corrected }: TextAnswer): Answer => ({
  query,
  found,
  corrected,
  terms: highlightTerms(corrected ? readQuery(corrected) : query),
});

/** Titles to offer while the visitor types, best first. */
export async function suggest(index: TitleIndex, raw: string): Promise<{ query: Query; titles: Title[] }> {
  const ofDays = MAY_BE_DAY.test(raw) ? await (await import('./day-search.ts')).suggestDays(index, raw) : [];
  if (ofDays.length > 0) return { query: readQuery(raw), titles: ofDays.slice(0, MAX_SUGGESTIONS) };
  return suggestText(index, raw);
}
