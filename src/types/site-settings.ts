import type { z } from 'zod';
import type { Content } from '../store/index.ts';
import { HOME_BLOCKS, settings } from './site.ts';

/** What a new, empty site shows before its settings are written. */
export const defaultSettings = settings.schema.parse({
  name: '科普门户',
  shortName: '科普',
  county: '本县',
  association: '县科学技术协会',
  description: '科普文章、科普活动、科普大篷车和科普基地。',
  url: 'http://127.0.0.1:4321',
  home: Object.keys(HOME_BLOCKS),
});

export type SiteSettings = z.output<typeof settings.schema>;

/** The site's settings, with sensible values where the file is missing or has errors. */
export const siteSettingsOf = (content: Pick<Content, 'settings'>): SiteSettings =>
  content.settings(settings).data ?? defaultSettings;

/** Where an article stands on the emergency page: those that the settings name come first, in their order. */
export const emergencyPlace = ({ emergency }: Pick<SiteSettings, 'emergency'>, id: string): number =>
  emergency.includes(id) ? emergency.indexOf(id) : emergency.length;

/** What the site's seal says. */
export const sealOf = ({ seal, shortName }: Pick<SiteSettings, 'seal' | 'shortName'>): string =>
  seal ?? shortName;

/** The largest line of the home page. */
export const sloganOf = ({ slogan }: Pick<SiteSettings, 'slogan'>): string => slogan ?? '把科学送到家门口';
