import { entries, siteSettings } from '../queries/index.ts';
import type { Article, Now } from './queries.ts';

/** An article that says what to do now. */
export type UrgentArticle = Article & { data: { now: Now } };

/** The articles of the emergency page: those that the settings name, in their order, then the others, newest first. */
export async function urgentArticles(): Promise<UrgentArticle[]> {
  const first = siteSettings().emergency;
  const place = ({ id }: Article) => (first.includes(id) ? first.indexOf(id) : first.length);
  return (await entries('articles'))
    .filter((article): article is UrgentArticle => article.data.now !== undefined)
    .sort((a, b) => place(a) - place(b));
}
