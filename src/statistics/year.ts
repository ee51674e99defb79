import { type Indicator, type Total, totalsOf, type WithResults } from './totals.ts';

/** The figures of one year: what the records add up to, compared with what was reported by hand, and where they disagree. */

/** An event, a stop or a campaign. Events and stops have a day, campaigns a year. */
export interface Recorded extends WithResults {
  data: WithResults['data'] & {
    title: string;
    start?: string | undefined;
    year?: number | undefined;
    state?: string | undefined;
    campaign?: string | undefined;
    township?: string | undefined;
  };
}

/** A figure reported by hand for a day. */
export interface Snapshot {
  id: string;
  data: {
    title: string;
    indicator: string;
    date: string;
    value?: number | undefined;
    approximate?: boolean | undefined;
    source: string;
    note?: string | undefined;
  };
}

export interface Figure<Entry extends Recorded = Recorded, Manual extends Snapshot = Snapshot> {
  indicator: Indicator;
  unit: Indicator['unit'];
  /** Undefined: not recorded, or the records disagree. */
  value: number | undefined;
  approximate: boolean;
  /** The real figure is at least `value`. */
  incomplete: boolean;
  /** What the value was added up from; absent when it was reported by hand. */
  total: Total<Entry> | undefined;
  snapshots: Manual[];
  /** Different values for the same thing, in rising order; empty when nothing disagrees. */
  conflict: number[];
}

const yearOf = ({ data }: Recorded): number => data.year ?? Number(data.start?.slice(0, 4));

/** Records that count for a year: those of the year, without cancelled ones. */
export const recordsOfYear = <Entry extends Recorded>(records: readonly Entry[], year: number): Entry[] =>
  records.filter((record) => yearOf(record) === year && record.data.state !== 'cancelled');

/**
 * Leaves out what would be counted twice: where a campaign states an indicator itself, that is the figure of the whole
 * campaign, and the same indicator of its events and stops is part of it.
 */
function withoutIncluded<Entry extends Recorded>(records: readonly Entry[]): Entry[] {
  const stated = new Set(
    records
      .filter(({ data }) => data.year !== undefined)
      .flatMap(({ id, data }) =>
        data.results.filter(({ value }) => value !== undefined).map(({ indicator }) => `${id}/${indicator}`),
      ),
  );
  return records.map((record) => {
    const { campaign, results, year } = record.data;
    if (year !== undefined || campaign === undefined) return record;
    const own = results.filter(({ indicator }) => !stated.has(`${campaign}/${indicator}`));
    return own.length === results.length ? record : { ...record, data: { ...record.data, results: own } };
  });
}

const distinct = (values: readonly (number | undefined)[]) =>
  [...new Set(values.filter((value) => value !== undefined))].sort((a, b) => a - b);

/** Stocks: the latest day counts; two values for that day disagree. */
function stockOf(snapshots: readonly Snapshot[]) {
  const last = snapshots
    .map(({ data }) => data.date)
    .sort()
    .at(-1);
  const latest = snapshots.filter(({ data }) => data.date === last);
  const values = distinct(latest.map(({ data }) => data.value));
  return {
    value: values.length === 1 ? values[0] : undefined,
    approximate: latest.some(({ data }) => data.approximate),
    incomplete: false,
    conflict: values.length > 1 ? values : [],
  };
}

/** Flows: what the records add up to, else what was reported; a complete sum and a report that differ disagree. */
function flowOf(total: Total<Recorded> | undefined, snapshots: readonly Snapshot[]) {
  const reported = distinct(snapshots.map(({ data }) => data.value));
  const single = reported.length === 1 ? reported[0] : undefined;
  const rough = snapshots.some(({ data }) => data.approximate);
  if (reported.length > 1)
    return { value: undefined, approximate: rough, incomplete: false, conflict: reported };
  if (total?.value === undefined)
    return { value: single, approximate: rough, incomplete: false, conflict: [] as number[] };
  const { value, approximate, incomplete } = total;
  if (single === undefined || single === value)
    return { value, approximate, incomplete: incomplete && single === undefined, conflict: [] };
  const explained = incomplete && single > value;
  if (explained) return { value: single, approximate: rough, incomplete: false, conflict: [] };
  return { value, approximate, incomplete, conflict: distinct([value, single]) };
}

/** The figures of a year in the dictionary's order; indicators without any record are left out. */
export function figuresOf<Entry extends Recorded, Manual extends Snapshot>(
  year: number,
  records: readonly Entry[],
  snapshots: readonly Manual[],
  dictionary: readonly Indicator[],
): Figure<Entry, Manual>[] {
  const totals = new Map(
    totalsOf(withoutIncluded(recordsOfYear(records, year)), dictionary).map((total) => [
      total.indicator.id,
      total,
    ]),
  );
  return dictionary.flatMap((indicator) => {
    const total = totals.get(indicator.id);
    const own = snapshots.filter(
      ({ data }) => data.indicator === indicator.id && data.date.startsWith(`${year}-`),
    );
    if (!total && own.length === 0) return [];
    const counted = indicator.nature === 'stock' && own.length > 0 ? stockOf(own) : flowOf(total, own);
    return [{ indicator, unit: indicator.unit, total, snapshots: own, ...counted }];
  });
}

/** Years that hold a result or a reported figure, latest first. */
export function yearsWithFigures(records: readonly Recorded[], snapshots: readonly Snapshot[]): number[] {
  const years = [
    ...records.filter(({ data }) => data.results.length > 0 && data.state !== 'cancelled').map(yearOf),
    ...snapshots.map(({ data }) => Number(data.date.slice(0, 4))),
  ];
  return [...new Set(years)].filter(Number.isFinite).sort((a, b) => b - a);
}
