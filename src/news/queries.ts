import { type EntryOf, entries, entriesNamed, siteSettings } from '../queries/index.ts';
import { withZone } from '../calendar/clock.ts';
import { today } from '../calendar/today.ts';
import { byStart, type Happening } from '../happenings/queries.ts';
import { sectionOgAddress } from '../shell/share-picture.ts';
import { absolute } from '../ui/address.ts';
import { type ListPage, pagesOf } from '../ui/pagination/pages.ts';
import { organisation, publishedTime, publisher, type Schema } from '../ui/schema.ts';
import { isExpired } from './expiry.ts';
import type { NEWS_KINDS } from '../types/news.ts';

/** Queries of the news pages. */

export type News = EntryOf<'news'>;
export type NewsKind = keyof typeof NEWS_KINDS;

const NEWS_PER_PAGE = 20;

export const newsOf = async (kind?: NewsKind): Promise<News[]> =>
  (await entries('news')).filter(({ data }) => !kind || data.kind === kind);

/** Address of the list of everything, or of one kind. */
export const listAddress = (kind?: NewsKind) => (kind ? `/news/kind/${kind}/` : '/news/');

/** Pages of a list, for `getStaticPaths` of `[...page]`. */
export async function newsPages(
  kind?: NewsKind,
): Promise<{ params: { page?: string }; props: ListPage<News> }[]> {
  return pagesOf(await newsOf(kind), NEWS_PER_PAGE).map((props) => ({
    params: { page: props.page === 1 ? undefined : `page/${props.page}` } as { page?: string },
    props,
  }));
}

export const expired = ({ data }: News): boolean => isExpired(data, today());

/** Events and stops that a piece of news is about, in order of time. */
export async function happeningsOf({ data }: News): Promise<Happening[]> {
  const events: Happening[] = await entriesNamed('events', data.events);
  return [...events, ...(await entriesNamed('caravan', data.stops))].sort(byStart);
}

/** The newer and the older piece. */
export async function neighboursOf({ id }: News) {
  const all = await newsOf();
  const at = all.findIndex((news) => news.id === id);
  const crumb = (news: News | undefined) => news && { label: news.data.title, address: `/news/${news.id}/` };
  return { previous: at > 0 ? crumb(all[at - 1]) : undefined, next: crumb(all[at + 1]) };
}

/** schema.org NewsArticle. */
export const newsSchema = ({ id, data }: News): Schema => ({
  '@type': 'NewsArticle',
  headline: data.title,
  description: data.summary,
  url: absolute(`/news/${id}/`),
  image: absolute(data.cover?.src ?? sectionOgAddress('news')),
  inLanguage: 'zh-CN',
  mainEntityOfPage: absolute(`/news/${id}/`),
  datePublished: publishedTime(data.published, data),
  dateModified: data.updated ? publishedTime(data.updated) : publishedTime(data.published, data),
  expires: data.expires && withZone(`${data.expires}T23:59`),
  author: organisation(data.source ?? siteSettings().association),
  publisher: publisher(),
});
