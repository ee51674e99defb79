import { type EntryOf, entries, entriesNamed, entryOf, itemsOf } from '../queries/index.ts';
import type { ListPage } from '../ui/pagination/pages.ts';
import { pageKey } from '../queries/page-key.ts';
import { once } from '../runtime/current.ts';
import { AUDIENCES } from '../model/common.ts';
import { ARTICLE_KINDS, MONTHS, topics } from '../types/articles.ts';

/** Queries of the article pages. */

export type Article = EntryOf<'articles'>;

/** What to do now, of an article that says so. */
export type Now = NonNullable<Article['data']['now']>;

export const LIST_PAGE_SIZE = 20;
/** Filter pages are short: they are cut only where scrolling them would be tiresome. */
export const FILTER_PAGE_SIZE = 40;
const RELATED_SHOWN = 6;
/** Unhurried reading of Chinese on a screen, characters a minute. */
const CHARACTERS_PER_MINUTE = 350;

/** The ways to narrow the list; each value has a page of its own, so that it works as a plain link. */
export const FILTERS = { topic: '主题', audience: '适合人群', kind: '种类', month: '农时' } as const;
export type FilterName = keyof typeof FILTERS;

export interface Filter {
  name: FilterName;
  value: string;
  label: string;
  description?: string | undefined;
  /** First page of its list. */
  address: string;
  articles: Article[];
}

/** Every value of every filter with its articles, newest first; seasonal reminders lead a month's list. */
export const filters = once(everyFilter);

async function everyFilter(): Promise<Filter[]> {
  const all = await entries('articles');
  const values: [FilterName, string, string, string?][] = [
    ...itemsOf(topics).map(
      ({ id, name, description }) =>
        ['topic', id, name, description] as [FilterName, string, string, string?],
    ),
    ...Object.entries(AUDIENCES).map(([id, name]) => ['audience', id, name] as [FilterName, string, string]),
    ...Object.entries(ARTICLE_KINDS).map(([id, name]) => ['kind', id, name] as [FilterName, string, string]),
    ...Object.entries(MONTHS).map(([id, name]) => ['month', id, name] as [FilterName, string, string]),
  ];
  return values.map(([name, value, label, description]) => ({
    name,
    value,
    label,
    description,
    address: filterAddress(name, value),
    articles: chosenBy(all, name, value),
  }));
}

/** How many articles each filter lets through, as the lists show it next to its name. */
const counts = once(async () =>
  (await filters()).map(({ name, value, label, articles }) => [name, value, label, articles.length]),
);

/** Key of a page of a list; see `src/queries/page-key.ts`. */
export async function listKey({
  items,
  page,
  pages,
  filter,
}: ListPage<Article> & { filter?: Filter }): Promise<string> {
  const { articles: _, ...narrowed } = filter ?? {};
  return pageKey(items, { id: `${page}/${pages}`, data: [narrowed, await counts()] });
}

/** Kinds with a section of their own: one list has one address. */
const SECTIONS: Readonly<Record<string, string>> = { rumour: '/rumours/', experiment: '/experiments/' };

export const filterAddress = (name: FilterName, value: string): string =>
  (name === 'kind' && SECTIONS[value]) || `/articles/${name}/${value}/`;

/** The articles that a filter lets through. */
export function chosenBy(all: readonly Article[], name: FilterName, value: string): Article[] {
  if (name === 'topic') return all.filter(({ data }) => data.topic === value);
  if (name === 'kind') return all.filter(({ data }) => data.kind === value);
  if (name === 'audience')
    return all.filter(({ data }) => (data.audience as readonly string[]).includes(value));
  const fitting = all.filter(({ data }) => (data.season as readonly string[]).includes(value));
  const isSeasonal = ({ data }: Article) => data.kind === 'season';
  return [...fitting.filter(isSeasonal), ...fitting.filter((article) => !isSeasonal(article))];
}

/** Articles of one kind, newest first. */
export const ofKind = async (kind: keyof typeof ARTICLE_KINDS) =>
  (await entries('articles')).filter(({ data }) => data.kind === kind);

/** Who names whom, and the newest of each topic; computed once for all articles. */
const neighbours = new WeakMap<object, { naming: Map<string, Article[]>; newest: Map<string, Article[]> }>();

function neighboursIn(all: Article[]) {
  const known = neighbours.get(all);
  if (known) return known;
  const naming = new Map<string, Article[]>();
  const newest = new Map<string, Article[]>();
  const add = (map: Map<string, Article[]>, key: string, article: Article) =>
    map.set(key, [...(map.get(key) ?? []), article]);
  for (const article of all) {
    for (const slug of article.data.related) add(naming, slug, article);
    if ((newest.get(article.data.topic)?.length ?? 0) <= RELATED_SHOWN)
      add(newest, article.data.topic, article);
  }
  neighbours.set(all, { naming, newest });
  return { naming, newest };
}

/** Articles to read next: those named, those that name this one, then the newest of the same topic. */
export async function relatedTo(article: Article): Promise<Article[]> {
  const { naming, newest } = neighboursIn(await entries('articles'));
  const named = await entriesNamed('articles', article.data.related);
  const sameTopic = newest.get(article.data.topic) ?? [];
  const found = new Map(
    [...named, ...(naming.get(article.id) ?? []), ...sameTopic].map((item) => [item.id, item]),
  );
  found.delete(article.id);
  return [...found.values()].slice(0, RELATED_SHOWN);
}

/** The expert who reviewed an article. */
export const reviewerOf = (article: Article) => entryOf('experts', article.data.reviewer);

/** Bases where an article's subject can be seen. */
export const basesOf = (article: Article) => entriesNamed('bases', article.data.bases);

/** Whether the day by which the article should have been read again has passed. */
export const isOverdue = ({ nextReview }: Pick<Article['data'], 'nextReview'>, day: string): boolean =>
  nextReview !== undefined && nextReview < day;

/** The last day on which something about the article changed. */
export const changedOn = ({ published, updated, corrections }: Article['data']): string =>
  [published, updated ?? '', ...corrections.map(({ date }) => date)].reduce((last, day) =>
    day > last ? day : last,
  );

/** Minutes that reading takes, at least one. */
export const readingMinutes = (text: string): number =>
  Math.max(1, Math.round(text.replace(/\s/g, '').length / CHARACTERS_PER_MINUTE));

export { stepsOf } from './advice.ts';
