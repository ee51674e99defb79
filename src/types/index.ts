import { articles, topics } from './articles.ts';
import { bases } from './bases.ts';
import { campaigns } from './campaigns.ts';
import { blockedDays, caravan, exhibitSets, schools, vehicles } from './caravan.ts';
import { documents } from './documents.ts';
import { events } from './events.ts';
import { experts } from './experts.ts';
import { facilities } from './facilities.ts';
import { holidays } from './holidays.ts';
import { honours } from './honours.ts';
import type { ContentType, ReferenceList, SettingsFile } from '../model/type.ts';
import { news } from './news.ts';
import { reportOutline } from './report.ts';
import { pages, redirects, settings, synonyms } from './site.ts';
import { sayings } from './sayings.ts';
import { standards } from './standards.ts';
import { indicators, statistics } from './statistics.ts';
import { teams } from './teams.ts';
import { organisations, townships } from './townships.ts';

const definitions = [
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

/** The content types, in the order that the site, the editor and the feeds list them. */
export const types: readonly ContentType[] = definitions;

type Definition = (typeof definitions)[number];
export type TypeName = Definition['name'];

/** The definition of the content type of that name, with its schema. */
export type TypeNamed<Name extends TypeName> = Extract<Definition, { name: Name }>;

/** The content type of that name, as in a folder, a form or an address; undefined when there is none. */
export const typeNamed = (name: unknown): ContentType | undefined => types.find((type) => type.name === name);

/** Reference lists, each one YAML file under `content/data/`. */
export const lists: readonly ReferenceList[] = [
  townships,
  schools,
  vehicles,
  exhibitSets,
  blockedDays,
  holidays,
  topics,
  indicators,
  organisations,
  synonyms,
  sayings,
  standards,
  redirects,
];

/** The reference list of that name; undefined when there is none. */
export const listNamed = (name: unknown): ReferenceList | undefined =>
  lists.find((list) => list.name === name);

/** Settings files under `content/data/`. */
export const settingsFiles: readonly SettingsFile[] = [settings, reportOutline];
