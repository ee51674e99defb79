import type { CollectionEntry } from 'astro:content';
import { partsOf } from '../calendar/text.ts';
import { itemsOf } from '../loader/read.ts';
import { indicators, UNITS } from '../statistics/type.ts';

/** What the home page picks out of each list. */

type Article = CollectionEntry<'articles'>;

/** Articles for the month of a day: seasonal reminders first, then newest first. */
export function inSeason(articles: readonly Article[], day: string): Article[] {
  const month = String(partsOf(day).month) as Article['data']['season'][number];
  const fitting = articles.filter(({ data }) => data.season.includes(month));
  const first = fitting.filter(({ data }) => data.kind === 'season');
  return [...first, ...fitting.filter(({ data }) => data.kind !== 'season')];
}

/** Articles that editors recommend, then the newest others. Nothing that is shown already. */
export function featured(articles: readonly Article[], shown: readonly Article[]): Article[] {
  const others = articles.filter((article) => article.data.kind !== 'rumour' && !shown.includes(article));
  return [...others.filter(({ data }) => data.featured), ...others.filter(({ data }) => !data.featured)];
}

/** News that has not expired. */
export const current = (news: readonly CollectionEntry<'news'>[], day: string) =>
  news.filter(({ data }) => !data.expires || data.expires >= day);

export interface Headline {
  name: string;
  value: number;
  unit: string;
  approximate: boolean;
  year: number;
}

/** The latest known value of each indicator that the dictionary puts on the home page. */
export function headlines(snapshots: readonly CollectionEntry<'statistics'>[]): Headline[] {
  return itemsOf(indicators)
    .filter(({ headline }) => headline)
    .flatMap(({ id, name, unit }) => {
      const latest = snapshots.find(({ data }) => data.indicator === id && data.value !== undefined);
      if (!latest) return [];
      const { value = 0, approximate, date } = latest.data;
      return { name, value, unit: UNITS[unit], approximate, year: partsOf(date).year };
    });
}
