import { ARTICLE_KINDS, articles } from '../types/articles.ts';
import { addressOf, changedOn, topicName } from '../articles/queries.ts';
import { caravan } from '../types/caravan.ts';
import { changeText, lastChange, whenText } from '../happenings/happening.ts';
import { formerTime } from '../happenings/history.ts';
import { addressOf as happeningAddress, type Happening, placeOf } from '../happenings/queries.ts';
import { EVENT_STATES, events } from '../types/events.ts';
import { absolute } from '../ui/address.ts';
import { entries, siteSettings } from '../queries/index.ts';
import { NEWS_KINDS, news } from '../types/news.ts';
import { ogAddress } from '../share/address.ts';
import { lastingAddress } from '../site/queries.ts';

/** One thing in the feeds. Moments carry the zone: `2026-11-06T00:00:00+08:00`. */
interface FeedItem {
  /** Full address. */
  url: string;
  /** Stays when the page moves, and tells several items of one page apart; absent where the address does both. */
  id?: string;
  title: string;
  summary: string;
  published: string;
  updated: string;
  author: string;
  tags: string[];
  image?: string;
}

export interface Feed {
  title: string;
  description: string;
  /** Full address of the site, and of the folder that holds the feeds. */
  home: string;
  author: string;
  items: FeedItem[];
}

const ITEMS_IN_FEED = 50;

/** A day or moment of ours (Asia/Shanghai) with its zone, as RFC 3339 wants it. */
export const withZone = (moment: string): string =>
  `${moment.length > 10 ? `${moment.slice(0, 16)}:00` : `${moment}T00:00:00`}+08:00`;

/** The latest of some days and moments; a bare day counts as its first minute. */
const latest = (...moments: (string | undefined)[]): string =>
  moments.reduce<string>((last, moment) => (moment && moment > last ? moment : last), '');

function happeningItem(happening: Happening): FeedItem {
  const { data, collection } = happening;
  const changed = formerTime(data) ? `【${EVENT_STATES[data.state]}】` : '';
  return {
    url: absolute(happeningAddress(happening)),
    id: absolute(lastingAddress(collection === 'events' ? events : caravan, happening.id)),
    title: `${changed}${data.title}`,
    summary: [changeText(data) ?? whenText(data), placeOf(happening), data.summary]
      .filter(Boolean)
      .join('。'),
    published: withZone(data.published),
    updated: withZone(lastChange(data)),
    author: data.hosts[0] ?? siteSettings().association,
    tags: [collection === 'events' ? events.label : caravan.label, EVENT_STATES[data.state]],
    image: absolute(ogAddress(collection, happening.id)),
  };
}

/** What changed last on the site: articles, news, events and stops that were moved or cancelled, the newest change first. */
export async function feed(): Promise<Feed> {
  const site = siteSettings();
  const items: FeedItem[] = [
    ...(await entries('articles')).map(({ id, data }) => ({
      url: absolute(addressOf(id)),
      id: absolute(lastingAddress(articles, id)),
      title: data.kind === 'rumour' ? `${ARTICLE_KINDS.rumour}：${data.title}` : data.title,
      summary: data.summary,
      published: withZone(data.published),
      updated: withZone(changedOn(data)),
      author: data.author,
      tags: [ARTICLE_KINDS[data.kind], topicName(data.topic)].filter((tag) => tag !== undefined),
      image: absolute(ogAddress('articles', id)),
    })),
    ...(await entries('news')).map(({ id, data }) => ({
      url: absolute(news.address?.(id) ?? '/'),
      id: absolute(lastingAddress(news, id)),
      title: data.title,
      summary: data.summary,
      published: withZone(data.published),
      updated: withZone(latest(data.published, data.updated)),
      author: data.source ?? site.association,
      tags: [NEWS_KINDS[data.kind]],
    })),
    ...(await entries('events')).map(happeningItem),
    // A stop is in the schedule; what must be told is that it has changed.
    ...(await entries('caravan')).filter(({ data }) => formerTime(data)).map(happeningItem),
  ];
  items.sort(
    (a, b) =>
      b.updated.localeCompare(a.updated) ||
      b.published.localeCompare(a.published) ||
      a.url.localeCompare(b.url),
  );
  return {
    title: site.name,
    description: site.description,
    home: absolute('/'),
    author: site.association,
    items: items.slice(0, ITEMS_IN_FEED),
  };
}
