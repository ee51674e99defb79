import { SECTIONS, USUAL_MENU } from '../types/sections.ts';
import type { SiteSettings } from '../types/site-settings.ts';
import type { Crumb } from '../ui/schema.ts';

/** Where the header and the footer lead. */

/** 紧急求助：每一页的页头都通到那里。 */
export const EMERGENCY_TITLE = '紧急求助';
export const EMERGENCY_ADDRESS = '/emergency/';

/** The main menu, as the settings have it. */
export const mainMenu = ({ menu }: Pick<SiteSettings, 'menu'>): readonly Crumb[] =>
  (menu.length > 0 ? menu : USUAL_MENU).map((name) => SECTIONS[name]);

/** Sections that the main menu does not lead to. */
export function otherSections(settings: Pick<SiteSettings, 'menu'>): readonly Crumb[] {
  const inMenu = mainMenu(settings);
  return Object.values(SECTIONS).filter((section) => !inMenu.includes(section));
}

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
