import { articles, ARTICLE_KINDS } from '../types/articles.ts';
import { bases } from '../types/bases.ts';
import { campaigns } from '../types/campaigns.ts';
import { documents } from '../types/documents.ts';
import { events } from '../types/events.ts';
import { experts } from '../types/experts.ts';
import { facilities } from '../types/facilities.ts';
import { honours } from '../types/honours.ts';
import { news } from '../types/news.ts';
import { statistics } from '../types/statistics.ts';
import { teams } from '../types/teams.ts';
import { townships } from '../types/townships.ts';
import type { Crumb } from '../ui/schema.ts';

/** Where the header and the footer lead. */

/** 紧急求助：每一页的页头都通到那里。 */
export const EMERGENCY_TITLE = '紧急求助';
export const EMERGENCY_ADDRESS = '/emergency/';

/** Seven at most: with search they make two rows of four on a phone. */
export const MAIN_NAVIGATION: readonly Crumb[] = [
  { label: articles.label, address: '/articles/' },
  { label: ARTICLE_KINDS.rumour, address: '/rumours/' },
  { label: events.label, address: '/events/' },
  { label: '大篷车', address: '/caravan/' },
  { label: bases.label, address: '/bases/' },
  { label: '乡镇', address: '/townships/' },
  { label: statistics.label, address: '/statistics/' },
];

export const FOOTER_NAVIGATION: readonly Crumb[] = [
  { label: news.label, address: '/news/' },
  { label: campaigns.label, address: '/campaigns/' },
  { label: facilities.label, address: '/facilities/' },
  { label: experts.label, address: '/experts/' },
  { label: teams.label, address: '/teams/' },
  { label: '单位和科协', address: '/organisations/' },
  { label: honours.label, address: '/honours/' },
  { label: documents.label, address: '/documents/' },
  { label: townships.label, address: '/townships/' },
];

/** Pages about the site itself. */
export const SITE_NAVIGATION: readonly Crumb[] = [
  { label: EMERGENCY_TITLE, address: EMERGENCY_ADDRESS },
  { label: '网站地图', address: '/sitemap/' },
  { label: '使用帮助', address: '/help/' },
  { label: '关于本站', address: '/about-site/' },
  { label: '无障碍声明', address: '/accessibility/' },
  { label: '离线阅读', address: '/offline/' },
  { label: '订阅更新', address: '/feed.xml' },
  { label: '开放数据', address: '/open-data/' },
];
