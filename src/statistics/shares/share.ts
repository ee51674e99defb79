import { type Figure, figuresOf } from '../figure.ts';
import type { Scope } from '../facets.ts';
import type { SourceRecord, YearRecords } from '../records.ts';
import { yearsWithFigures } from '../years.ts';

/** What some of a year's entries add to the figures of the whole: of a school, a base, a squad, a host. */

export interface ShareOfFigure {
  /** What these entries come to. */
  own: Figure;
  /** The whole county's figure of the year. */
  whole: Figure | undefined;
  /** Own as a share of the whole, 0 to 1; undefined where either is unknown or the sum would mean nothing. */
  ratio: number | undefined;
}

export interface YearShare {
  year: number;
  figures: ShareOfFigure[];
}

function ratioOf(own: Figure, whole: Figure | undefined): number | undefined {
  if (own.value === undefined || !whole?.value || whole.conflict.length > 0 || own.unit === 'percent')
    return undefined;
  if (own.incomplete || whole.incomplete) return undefined;
  return own.value <= whole.value ? own.value / whole.value : undefined;
}

const counties = new WeakMap<YearRecords, Map<number, ReadonlyMap<string, Figure>>>();

/** The county's figures of a year by indicator; asked for by every school and host, so worked out once. */
function countyFigures(records: YearRecords, year: number): ReadonlyMap<string, Figure> {
  const years = counties.get(records) ?? new Map<number, ReadonlyMap<string, Figure>>();
  counties.set(records, years);
  const known =
    years.get(year) ?? new Map(figuresOf(records, { year }).map((figure) => [figure.indicator.id, figure]));
  years.set(year, known);
  return known;
}

const besideCounty = (records: YearRecords, year: number, own: readonly Figure[]): YearShare => {
  const county = countyFigures(records, year);
  const figures = own.map((figure) => {
    const whole = county.get(figure.indicator.id);
    return { own: figure, whole, ratio: ratioOf(figure, whole) };
  });
  return { year, figures };
};

/** The figures within a scope next to the county's of the same year. */
export const shareWithin = (records: YearRecords, scope: Scope): YearShare =>
  besideCounty(records, scope.year, figuresOf(records, scope));

/**
 * The figures of some entries, year by year, latest first, next to the county's; years in which they have none are left out.
 *
 * @param entries some of `records.entries`
 */
export function sharesOf(records: YearRecords, entries: readonly SourceRecord[]): YearShare[] {
  if (entries.length === 0) return [];
  const own: YearRecords = { entries, snapshots: [], dictionary: records.dictionary };
  return yearsWithFigures(own)
    .map((year) => besideCounty(records, year, figuresOf(own, { year })))
    .filter(({ figures }) => figures.length > 0);
}
