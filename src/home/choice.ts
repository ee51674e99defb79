import type { EntryOf } from '../queries/index.ts';
import { type Figure, figuresOf, type YearRecords, yearsWithFigures } from '../statistics/index.ts';
import { UNITS } from '../types/statistics.ts';

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

/**
 * The figures that the indicator dictionary puts on the home page, for the year that has most of them (the newest of
 * equals).
 */
export function yearInFigures(records: YearRecords): YearInFigures | undefined {
  return yearsWithFigures(records)
    .map((year) => ({ year, figures: figuresOf(records, { year }).flatMap(headline) }))
    .filter(({ figures }) => figures.length > 0)
    .sort((a, b) => b.figures.length - a.figures.length || b.year - a.year)[0];
}

function headline({ indicator, value, unit, incomplete, approximate }: Figure): YearInFigures['figures'] {
  if (!indicator.headline || value === undefined) return [];
  const qualifier = incomplete ? '至少' : approximate ? '约' : '';
  return [{ id: indicator.id, name: indicator.name, value, unit: UNITS[unit], qualifier }];
}
