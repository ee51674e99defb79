import { hasKnownMonth } from '../calendar/precision.ts';
import { isHappening, type SourceRecord, type StopRecord } from './records.ts';

/** What a part of a figure can be counted by. */

export interface Facets {
  /** 1 to 12; undefined when the month is not on record. */
  month: number | undefined;
  campaign: string | undefined;
  strand: string | undefined;
  township: string | undefined;
  /** Keys of `AUDIENCES`. */
  audience: readonly string[];
  /** Type and kind, as `events/training`, `facilities/hall`; `caravan` for stops. */
  kind: string | undefined;
  /** Hosts and co-hosts by name. */
  host: readonly string[];
}

export type Dimension = keyof Facets;

/** What figures are asked of: a year, and within it any of the rest. */
export interface Scope {
  year: number;
  month?: number | undefined;
  campaign?: string | undefined;
  strand?: string | undefined;
  township?: string | undefined;
  audience?: string | undefined;
  kind?: string | undefined;
  host?: string | undefined;
}

const NOWHERE: Facets = {
  month: undefined,
  campaign: undefined,
  strand: undefined,
  township: undefined,
  audience: [],
  kind: undefined,
  host: [],
};

export const unknownFacets = (): Facets => NOWHERE;

/** The month of a day that is on record. */
export const monthNumber = (moment: string | undefined): number | undefined =>
  moment === undefined ? undefined : Number(moment.slice(5, 7));

/** A stop has stages instead of audiences. */
function stopAudience({ data }: StopRecord): string[] {
  const stages = data.stages ?? [];
  return [
    ...(stages.some((stage) => stage !== 'community') ? ['youth'] : []),
    ...(stages.includes('community') ? ['public'] : []),
  ];
}

const distinct = (names: readonly string[]) => [...new Set(names)];

const kindOf = (entry: SourceRecord): string | undefined =>
  'kind' in entry.data && entry.data.kind ? `${entry.collection}/${entry.data.kind}` : undefined;

/** The facets that all parts of an entry share; the month of those that have a day. */
export function facetsOf(entry: SourceRecord): Facets {
  const kind = kindOf(entry);
  if (isHappening(entry)) {
    const { start, campaign, strand, township, hosts = [], coHosts = [] } = entry.data;
    return {
      month: hasKnownMonth(entry.data) ? monthNumber(start) : undefined,
      campaign,
      strand,
      township,
      audience: entry.collection === 'caravan' ? stopAudience(entry) : distinct(entry.data.audience ?? []),
      kind: entry.collection === 'caravan' ? 'caravan' : kind,
      host: distinct([...hosts, ...coHosts]),
    };
  }
  if (entry.collection === 'campaigns')
    return { ...NOWHERE, campaign: entry.id, host: distinct(entry.data.hosts ?? []) };
  if (entry.collection === 'documents')
    return {
      ...NOWHERE,
      kind,
      month: monthNumber(entry.data.issued),
      host: distinct([entry.data.issuedBy ?? [], entry.data.partners ?? []].flat()),
    };
  if (entry.collection === 'honours' || entry.collection === 'teams')
    return { ...NOWHERE, kind, campaign: entry.data.campaign };
  return { ...NOWHERE, kind, township: entry.data.township };
}

/** The values of a facet, none when it is not on record. */
export function valuesOf(facets: Facets, dimension: Dimension): readonly string[] {
  const value = facets[dimension];
  if (value === undefined) return [];
  return typeof value === 'object' ? value : [String(value)];
}

const DIMENSIONS = Object.keys(NOWHERE) as Dimension[];

/** Whether the scope asks for more than a year. */
export const isNarrowed = (scope: Scope): boolean => DIMENSIONS.some((name) => scope[name] !== undefined);

export const isWithin = (facets: Facets, scope: Scope): boolean =>
  DIMENSIONS.every((name) => {
    const wanted = scope[name];
    return wanted === undefined || valuesOf(facets, name).includes(String(wanted));
  });
