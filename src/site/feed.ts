import { ARTICLE_KINDS, articles, topics } from '../types/articles.ts';
import { changedOn } from '../articles/queries.ts';
import { caravan } from '../types/caravan.ts';
import { lastChange, whenText } from '../happenings/happening.ts';
import { changeText } from '../happenings/changes/text.ts';
import { formerTime } from '../happenings/changes/history.ts';
import { addressOf as happeningAddress, type Happening, placeOf } from '../happenings/queries.ts';
import { events } from '../types/events.ts';
import { EVENT_STATES } from '../calendar/states.ts';
import { type Dated, hasExactDay } from '../calendar/precision.ts';
import { absolute } from '../ui/address.ts';
import { LOGO } from '../ui/schema.ts';
import { entries, siteSettings, itemOf } from '../queries/index.ts';
import { NEWS_KINDS, news } from '../types/news.ts';
import { ogAddress } from '../shell/share-picture.ts';
import { lastingAddress } from '../redirects/queries.ts';
import { withZone } from '../calendar/clock.ts';
import type { Feed, FeedItem } from '../feeds/feed.ts';

const ITEMS_IN_FEED = 50;

/** The latest of some days and moments; a bare day counts as its first minute. */
const latest = (...moments: (string | undefined)[]): string =>
  moments.reduce<string>((last, moment) => (moment && moment > last ? moment : last), '');

/** A feed wants a whole date of every item: what was filed later without one is no news, and is left out. */
const isDatedExactly = ({ data }: { data: Dated }) => hasExactDay(data);

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
      url: absolute(articles.address(id)),
      id: absolute(lastingAddress(articles, id)),
      title: data.kind === 'rumour' ? `${ARTICLE_KINDS.rumour}：${data.title}` : data.title,
      summary: data.summary,
      published: withZone(data.published),
      updated: withZone(changedOn(data)),
      author: data.author,
      tags: [ARTICLE_KINDS[data.kind], itemOf(topics, data.topic)?.name].filter((tag) => tag !== undefined),
      image: absolute(ogAddress('articles', id)),
    })),
    ...(await entries('news')).filter(isDatedExactly).map(({ id, data }) => ({
      url: absolute(news.address(id)),
      id: absolute(lastingAddress(news, id)),
      title: data.title,
      summary: data.summary,
      published: withZone(data.published),
      updated: withZone(latest(data.published, data.updated)),
      author: data.source ?? site.association,
      tags: [NEWS_KINDS[data.kind]],
    })),
    ...(await entries('events')).filter(isDatedExactly).map(happeningItem),
    // Stops are in the schedule already; only their changes are news.
    ...(await entries('caravan'))
      .filter((stop) => formerTime(stop.data) && isDatedExactly(stop))
      .map(happeningItem),
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
    icon: absolute(LOGO.address),
    author: site.association,
    items: items.slice(0, ITEMS_IN_FEED),
  };
}
