import { reasonText } from './text.ts';
import { caravan } from '../../types/caravan.ts';
import type { Feed } from '../../feeds/feed.ts';
import { withZone } from '../../calendar/clock.ts';
import { absolute } from '../../ui/address.ts';
import { LOGO } from '../../ui/schema.ts';
import { siteSettings } from '../../queries/index.ts';
import { lastingAddress } from '../../redirects/queries.ts';
import { addressOf, type Happening, shortName } from '../queries.ts';
import { changeLog } from './queries.ts';
import { events } from '../../types/events.ts';
import { EVENT_STATES } from '../../calendar/states.ts';

/** Address of the public change log of events or of stops. */
export const changesAddress = (kind: Happening['collection']): string => `/${kind}/changes/`;

/** The public change logs, and their Atom feeds. */
export const CHANGE_LOGS = {
  caravan: { title: '大篷车变更记录', section: { label: '大篷车', address: '/caravan/' } },
  events: { title: '活动变更记录', section: { label: events.label, address: '/events/' } },
} as const satisfies Record<Happening['collection'], object>;

const CHANGES_IN_FEED = 100;

/** The latest changes, one item for each announcement: a second move of the same stop is news again. */
export async function changesFeed(kind: Happening['collection']): Promise<Feed> {
  const { association } = siteSettings();
  const log = (await changeLog([kind])).slice(0, CHANGES_IN_FEED);
  return {
    title: `${CHANGE_LOGS[kind].title} · ${siteSettings().name}`,
    description: '改期、取消、恢复和换地点，宣布一次记一次。',
    home: absolute(changesAddress(kind)),
    icon: absolute(LOGO.address),
    author: association,
    items: log.map(({ happening, on, number, state, text, reason }) => ({
      id: `${absolute(lastingAddress(kind === 'events' ? events : caravan, happening.id))}#change-${number}`,
      url: absolute(addressOf(happening)),
      title: `【${EVENT_STATES[state]}】${shortName(happening)}`,
      summary: `${text}${reasonText(reason)}`,
      published: withZone(on),
      updated: withZone(on),
      author: happening.data.hosts[0] ?? association,
      tags: [EVENT_STATES[state]],
    })),
  };
}
