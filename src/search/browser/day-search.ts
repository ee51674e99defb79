import { flatten } from '../flatten.ts';
import { countyDay } from '../../calendar/clock.ts';
import { type AskedDays, dayLabel, dayTerms, readDates } from '../dates.ts';
import { documentsOn, type Dated } from '../day-index.ts';
import { highlightTerms, readQuery } from '../query.ts';
import { isHan, normalize } from '../text.ts';
import type { Title } from '../title-row.ts';
import { withoutPlans, withoutQuestions } from '../words.ts';
import type { FullText } from './fulltext.ts';
import type { Answer, Found, Tier } from './answer.ts';
import { matchTitles, searchText } from './text-search.ts';
import type { TitleIndex } from './titles.ts';

/** Answers to whoever asks for a day; fetched when a query may name one. */

async function datedFor(
  index: TitleIndex,
  raw: string,
): Promise<{ asked: AskedDays; dated: Dated[] } | undefined> {
  const today = countyDay(new Date());
  const asked = readDates(raw, today);
  const dated = asked ? documentsOn(await index.days(), asked, today) : [];
  return asked && dated.length > 0 ? { asked, dated } : undefined;
}

/** What was asked about the days; empty when it was only what there is: a lone character names nothing. */
function subjectOf({ rest }: AskedDays): string {
  const subject = withoutPlans(withoutQuestions(normalize(rest)));
  return subject.length > 1 || !isHan(subject) ? subject : '';
}

/** A title with a day in it, typed or pasted as it is, is what was looked for. */
const PASTED_CHARS = 8;
const PASTED_SCORE = 0.8;

/** The answer to a query that names days; undefined when it names none that anything is known of. */
export async function searchDays(
  index: TitleIndex,
  fullText: FullText | undefined,
  raw: string,
  accepts: (doc: number) => boolean,
): Promise<Answer | undefined> {
  const found = new Map<number, Found>();
  const add = (tier: Tier, doc: number, title?: Title) => {
    if (!found.has(doc)) found.set(doc, { doc, tier, title });
  };
  const days = await datedFor(index, raw);
  if (!days) return undefined;
  const { asked, dated } = days;
  const query = readQuery(raw, await index.characters(raw));
  if (query.chars.length > PASTED_CHARS)
    for (const { title, how, score } of await matchTitles(index, query))
      if (how === 'full' && score >= PASTED_SCORE) add('full', title.doc, title);

  const subject = subjectOf(asked);
  const rest = subject ? await searchText(index, fullText, subject, accepts) : undefined;
  const ofSubject = new Set(rest?.found.map(({ doc }) => doc));
  const tierOf = ({ isNamed }: Dated): Tier => (isNamed && !rest ? 'full' : 'related');
  const isSingle = asked.ranges.every(({ from, to }) => from === to);
  const ofBoth: Tier = asked.isNamed ? 'lead' : 'full';
  for (const day of dated) if (ofSubject.has(day.doc)) add(day.isNamed ? ofBoth : 'related', day.doc);
  if (!rest || isSingle) for (const day of dated) add(tierOf(day), day.doc);
  // What is about the subject but not of the day holds less than was typed.
  const restTier = (tier: Tier): Tier => (tier === 'full' || asked.isNamed || isSingle ? 'related' : tier);
  for (const { doc, tier, title } of rest?.found ?? [])
    add(tier === 'lead' && !asked.isNamed ? tier : restTier(tier), doc, title);
  for (const day of dated) add(tierOf(day), day.doc);
  return {
    query,
    found: Array.from(found.values()),
    terms: [...dayTerms(asked), ...(rest ? highlightTerms(rest.query) : [])],
    days: dayLabel(asked),
  };
}

/** Titles to offer while a day is typed; none when it is not one. */
export async function suggestDays(index: TitleIndex, raw: string): Promise<Title[]> {
  const days = await datedFor(index, raw);
  if (!days || subjectOf(days.asked)) return [];
  const titleOf = new Map((await index.candidates(readQuery(raw))).map((title) => [title.doc, title]));
  return flatten(
    days.dated.map(({ doc }) => {
      const title = titleOf.get(doc);
      return title ? [title] : [];
    }),
  );
}
