import type { z } from 'zod';
import type { ContentType } from '../model/type.ts';
import type { Content } from '../store/index.ts';
import {
  figuresOf,
  isHeld,
  type SnapshotRecord,
  SOURCE_TYPES,
  type SourceRecord,
  type YearRecords,
} from '../statistics/index.ts';
import { schools } from '../types/caravan.ts';
import { type TypeName, type TypeNamed, typeNamed } from '../types/index.ts';
import { siteSettingsOf } from '../types/site-settings.ts';
import { indicators } from '../types/statistics.ts';
import { organisations, townships } from '../types/townships.ts';
import type { Source } from './document.ts';

/** What a report of a year is made of: its records, the dictionary, names. */

/** News give no figures, but a report may quote them. */
type SourceType = (typeof SOURCE_TYPES)[number] | 'news';

/** An entry that the report may tell of. */
export type ReportRecord<Name extends SourceType = SourceType> = Name extends SourceType
  ? { id: string; collection: Name; data: z.output<TypeNamed<Name>['schema']> }
  : never;

export interface Material {
  year: number;
  association: string;
  county: string;
  /** The records of all years, for the figures engine. */
  records: YearRecords;
  /** The records of the year that the report tells of, in the order of their days, then of their names. */
  ofYear: readonly ReportRecord[];
  /** Names by id. */
  names: Record<'townships' | 'schools' | 'organisations', ReadonlyMap<string, string>>;
  /** Absolute address of a path of the site. */
  address: (path: string) => string;
}

/** Whether a record belongs to the year; of events, only those that were held. */
function isOf(year: number, record: ReportRecord, teams: ReadonlySet<string>): boolean {
  switch (record.collection) {
    case 'events':
    case 'caravan':
      return record.data.start.startsWith(`${year}-`) && isHeld(record);
    case 'campaigns':
    case 'honours':
    case 'documents':
      return record.data.year === year;
    case 'news':
      return record.data.published.startsWith(`${year}-`);
    case 'facilities':
      return record.data.built === year;
    case 'bases':
      return record.data.honours.some((honour) => honour.year === year);
    case 'teams':
      return record.data.founded === year || teams.has(record.id);
  }
}

/** Teams that took part in the year's events or were honoured. */
function activeTeams(year: number, records: readonly ReportRecord[]): Set<string> {
  return new Set(
    records.flatMap((record) => {
      if (record.collection === 'events')
        return record.data.start.startsWith(`${year}-`) && isHeld(record) ? record.data.teams : [];
      return record.collection === 'honours' && record.data.year === year ? (record.data.team ?? []) : [];
    }),
  );
}

const dayOf = ({ data }: ReportRecord): string =>
  ('start' in data && data.start) || ('from' in data && data.from) || data.published;

/** Everything that a report of a year may be made of, from the content as it is published. */
export function readMaterial(
  content: Pick<Content, 'entries' | 'list' | 'settings' | 'basePath'>,
  year: number,
): Material {
  const entriesOf = (name: TypeName) =>
    content
      .entries(typeNamed(name) as ContentType)
      .entries.map(({ id, data }) => ({ id, collection: name, data }) as unknown);
  const entries = SOURCE_TYPES.flatMap(entriesOf) as ReportRecord[];
  const site = siteSettingsOf(content);
  const teams = activeTeams(year, entries);
  const namesOf = (items: readonly { id: string; name: string }[]) =>
    new Map(items.map(({ id, name }) => [id, name]));
  return {
    year,
    association: site.association,
    county: site.county,
    records: {
      entries: entries as readonly SourceRecord[],
      snapshots: entriesOf('statistics') as SnapshotRecord[],
      dictionary: content.list(indicators).items,
    },
    ofYear: [...entries, ...(entriesOf('news') as ReportRecord[])]
      .filter((record) => isOf(year, record, teams))
      .sort((a, b) => dayOf(a).localeCompare(dayOf(b)) || a.id.localeCompare(b.id)),
    names: {
      townships: namesOf(content.list(townships).items),
      schools: namesOf(content.list(schools).items),
      organisations: namesOf(content.list(organisations).items),
    },
    address: (path) => new URL(`${content.basePath.replace(/\/$/, '')}${path}`, site.url).href,
  };
}

/** The same year with other records, e.g. one figure changed. */
export const hasRecords = ({ ofYear, records, year }: Material): boolean =>
  ofYear.length > 0 || figuresOf(records, { year }).length > 0;

/** A record as footnotes name it; a figure typed by hand is found on the year's page. */
export function sourceOf(
  { address, year }: Pick<Material, 'address' | 'year'>,
  { collection, id, data }: { collection: string; id: string; data: { title: string } },
): Source {
  const path = typeNamed(collection)?.address?.(id) ?? `/statistics/${year}/`;
  return { id: `${collection}/${id}`, title: data.title, address: address(path) };
}
