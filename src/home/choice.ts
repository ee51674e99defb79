import { type EntryOf, itemsOf } from '../queries/index.ts';
import { partsOf } from '../calendar/days.ts';
import { totalsOf } from '../statistics/totals.ts';
import { indicators, UNITS } from '../types/statistics.ts';

/** What the home page picks out of each list. */

type Article = EntryOf<'articles'>;

/** Articles that editors recommend, then the newest others. Nothing that is shown already. */
export function featured(articles: readonly Article[], shown: readonly Article[]): Article[] {
  const others = articles.filter((article) => article.data.kind !== 'rumour' && !shown.includes(article));
  return [...others.filter(({ data }) => data.featured), ...others.filter(({ data }) => !data.featured)];
}

/** News that has not expired. */
export const current = (news: readonly EntryOf<'news'>[], day: string) =>
  news.filter(({ data }) => !data.expires || data.expires >= day);

export interface YearInFigures {
  year: number;
  figures: readonly { id: string; name: string; value: number; unit: string; qualifier: string }[];
}

type Record = EntryOf<'events' | 'caravan' | 'campaigns'>;

const yearOf = ({ data }: Record) => ('year' in data ? data.year : partsOf(data.start).year);

/**
 * The figures that the indicator dictionary puts on the home page, for the year that has most of them (the newest of
 * equals): flows added up from the records' results, stocks from the snapshots.
 */
export function yearInFigures(
  records: readonly Record[],
  snapshots: readonly EntryOf<'statistics'>[],
): YearInFigures | undefined {
  const dictionary = itemsOf(indicators).filter(({ headline }) => headline);
  const years = new Set([...records.map(yearOf), ...snapshots.map(({ data }) => partsOf(data.date).year)]);
  const figuresOf = (year: number): YearInFigures['figures'] => {
    const totals = totalsOf(
      records.filter((record) => yearOf(record) === year),
      dictionary,
    );
    const known = snapshots.filter(({ data }) => partsOf(data.date).year === year);
    return dictionary.flatMap(({ id, name, unit }) => {
      const found =
        totals.find(({ indicator, value }) => indicator.id === id && value !== undefined) ??
        known.find(({ data }) => data.indicator === id && data.value !== undefined)?.data;
      if (found?.value === undefined) return [];
      const atLeast = 'incomplete' in found && found.incomplete;
      const qualifier = atLeast ? '至少' : found.approximate ? '约' : '';
      return { id, name, value: found.value, unit: UNITS[unit], qualifier };
    });
  };
  return [...years]
    .map((year) => ({ year, figures: figuresOf(year) }))
    .filter(({ figures }) => figures.length > 0)
    .sort((a, b) => b.figures.length - a.figures.length || b.year - a.year)[0];
}
