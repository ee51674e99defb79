import { ARTICLE_KINDS, articles } from './articles.ts';
import { bases } from './bases.ts';
import { campaigns } from './campaigns.ts';
import { documents } from './documents.ts';
import { events } from './events.ts';
import { experts } from './experts.ts';
import { facilities } from './facilities.ts';
import { honours } from './honours.ts';
import { news } from './news.ts';
import { statistics } from './statistics.ts';
import { teams } from './teams.ts';

/** The sections of the site that a menu can lead to: name in settings → what visitors read and where it leads. */
export const SECTIONS = {
  articles: { label: articles.label, address: '/articles/' },
  rumours: { label: ARTICLE_KINDS.rumour, address: '/rumours/' },
  events: { label: events.label, address: '/events/' },
  caravan: { label: '大篷车', address: '/caravan/' },
  bases: { label: bases.label, address: '/bases/' },
  townships: { label: '乡镇', address: '/townships/' },
  statistics: { label: statistics.label, address: '/statistics/' },
  news: { label: news.label, address: '/news/' },
  campaigns: { label: campaigns.label, address: '/campaigns/' },
  facilities: { label: facilities.label, address: '/facilities/' },
  experts: { label: experts.label, address: '/experts/' },
  teams: { label: teams.label, address: '/teams/' },
  organisations: { label: '单位和科协', address: '/organisations/' },
  honours: { label: honours.label, address: '/honours/' },
  documents: { label: documents.label, address: '/documents/' },
} as const;

export type SectionName = keyof typeof SECTIONS;

/** With search and the emergency page, so many make two rows on a phone. */
export const MOST_IN_MENU = 7;

/** The main menu while the settings name none. */
export const USUAL_MENU = Object.keys(SECTIONS).slice(0, MOST_IN_MENU) as SectionName[];

/** Labels of the sections, for a form. */
export const SECTION_LABELS = Object.fromEntries(
  Object.entries(SECTIONS).map(([name, { label }]) => [name, label]),
) as Record<SectionName, string>;
