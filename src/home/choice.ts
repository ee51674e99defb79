import type { EntryOf } from '../queries/index.ts';
import { monthDayText } from '../calendar/text.ts';
import { type Figure, type YearRecords, yearSoFar } from '../statistics/index.ts';
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
  /** 「2026 年到现在（截至11月28日）」, 「2022 年」. */
  title: string;
  year: number;
  figures: readonly { id: string; name: string; value: number; unit: string; qualifier: string }[];
}

/**
 * The figures that the indicator dictionary puts on the home page: of the running year so far, and of the last year that is
 * over. A year without any is left out.
 *
 * @param day `YYYY-MM-DD`
 */
export function yearsInFigures(records: YearRecords, day: string): YearInFigures[] {
  const { year, figures, lastComplete } = yearSoFar(records, day);
  return [
    { title: `${year} 年到现在（截至${monthDayText(day)}）`, year, figures: figures.flatMap(headline) },
    ...(lastComplete
      ? [
          {
            title: `${lastComplete.year} 年全年`,
            year: lastComplete.year,
            figures: lastComplete.figures.flatMap(headline),
          },
        ]
      : []),
  ].filter((one) => one.figures.length > 0);
}

function headline({ indicator, value, unit, incomplete, approximate }: Figure): YearInFigures['figures'] {
  if (!indicator.headline || value === undefined) return [];
  const qualifier = incomplete ? '至少' : approximate ? '约' : '';
  return [{ id: indicator.id, name: indicator.name, value, unit: UNITS[unit], qualifier }];
}
