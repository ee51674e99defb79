import { articles, topics } from './articles.ts';
import { bases } from './bases.ts';
import { campaigns } from './campaigns.ts';
import { blockedDays, caravan, exhibitSets, schools, vehicles } from './caravan.ts';
import { documents } from './documents.ts';
import { events } from './events.ts';
import { experts } from './experts.ts';
import { facilities } from './facilities.ts';
import { honours } from './honours.ts';
import type { ContentType, ReferenceList, SettingsFile } from '../model/type.ts';
import { news } from './news.ts';
import { pages, redirects, settings, synonyms } from './site.ts';
import { indicators, statistics } from './statistics.ts';
import { teams } from './teams.ts';
import { organisations, townships } from './townships.ts';

/** The content types, in the order that the site, the editor and the feeds list them. */
export const types = [
  articles,
  events,
  caravan,
  bases,
  facilities,
  campaigns,
  experts,
  teams,
  honours,
  documents,
  news,
  statistics,
  pages,
] as const satisfies readonly ContentType[];

/** Reference lists, each one YAML file under `content/data/`. */
export const lists = [
  townships,
  schools,
  vehicles,
  exhibitSets,
  blockedDays,
  topics,
  indicators,
  organisations,
  synonyms,
  redirects,
] as const satisfies readonly ReferenceList[];

/** Settings files under `content/data/`. */
export const settingsFiles = [settings] as const satisfies readonly SettingsFile[];
