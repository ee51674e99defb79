import { articles, topics } from './articles/type.ts';
import { bases } from './bases/type.ts';
import { campaigns } from './campaigns/type.ts';
import { blockedDays, caravan, exhibitSets, schools, vehicles } from './caravan/type.ts';
import { documents } from './documents/type.ts';
import { events } from './events/type.ts';
import { experts } from './experts/type.ts';
import { facilities } from './facilities/type.ts';
import { honours } from './honours/type.ts';
import type { ContentType, ReferenceList, SettingsFile } from './model/type.ts';
import { news } from './news/type.ts';
import { pages, redirects, settings, synonyms } from './site/type.ts';
import { indicators, statistics } from './statistics/type.ts';
import { teams } from './teams/type.ts';
import { organisations, townships } from './townships/type.ts';

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
