import { entries, siteSettings } from '../queries/index.ts';
import { emergencyPlace } from '../types/site-settings.ts';
import type { Article, Now } from './queries.ts';

/** An article that says what to do now. */
export type UrgentArticle = Article & { data: { now: Now } };

/** The articles of the emergency page: those that the settings name, in their order, then the others, newest first. */
export async function urgentArticles(): Promise<UrgentArticle[]> {
  const settings = siteSettings();
  return (await entries('articles'))
    .filter((article): article is UrgentArticle => article.data.now !== undefined)
    .sort((a, b) => emergencyPlace(settings, a.id) - emergencyPlace(settings, b.id));
}
