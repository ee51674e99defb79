import { type Figure, figuresOf } from './figure.ts';
import { heldIn } from './derived.ts';
import { type Indicator, isHappening, type YearRecords } from './records.ts';
import type { Scope } from './facets.ts';
import { partsOfYear } from './parts.ts';

/** Figures over several years. */

/** One indicator over the compared years. */
export interface Comparison {
  indicator: Indicator;
  /** In the order of the years; undefined where a year has no record of it. */
  figures: (Figure | undefined)[];
  /** Against the year before it in the comparison; undefined for the first, and where either is unknown or incomplete. */
  changes: (Change | undefined)[];
}

export interface Change {
  /** In the indicator's unit, negative when it fell. */
  difference: number;
  /** Difference as a share of the earlier value; undefined when that is zero. */
  ratio: number | undefined;
}

const isSettled = (figure: Figure | undefined): figure is Figure & { value: number } =>
  figure?.value !== undefined && !figure.incomplete && figure.conflict.length === 0;

function changeOf(before: Figure | undefined, after: Figure | undefined): Change | undefined {
  if (!isSettled(before) || !isSettled(after)) return undefined;
  const difference = Math.round((after.value - before.value) * 1e6) / 1e6;
  return { difference, ratio: before.value === 0 ? undefined : difference / before.value };
}

/** The figures of several years next to each other, in the dictionary's order. `within` narrows each year the same way. */
export function compareYears(
  records: YearRecords,
  years: readonly number[],
  within: Omit<Scope, 'year'> = {},
): Comparison[] {
  const columns = years.map(
    (year) => new Map(figuresOf(records, { ...within, year }).map((figure) => [figure.indicator.id, figure])),
  );
  return records.dictionary.flatMap((indicator) => {
    const figures = columns.map((column) => column.get(indicator.id));
    if (figures.every((figure) => figure === undefined)) return [];
    const changes = figures.map((figure, at) => (at === 0 ? undefined : changeOf(figures[at - 1], figure)));
    return [{ indicator, figures, changes }];
  });
}

/** Years that hold a figure, latest first. */
export function yearsWithFigures(records: YearRecords): number[] {
  const { entries, snapshots } = records;
  const candidates = entries.flatMap((entry): (number | undefined)[] => {
    if (isHappening(entry))
      return (entry.data.results ?? []).length > 0 || heldIn([entry], yearIn(entry.data.start)).length > 0
        ? [yearIn(entry.data.start)]
        : [];
    const { data } = entry;
    if (entry.collection === 'campaigns')
      return (entry.data.results ?? []).length > 0 ? [entry.data.year] : [];
    if (entry.collection === 'bases')
      return [...(entry.data.honours ?? []), ...(entry.data.visitors ?? [])].map(({ year }) => year);
    return ['year' in data ? data.year : undefined, 'built' in data ? data.built : undefined];
  });
  const typed = snapshots.map(({ data }) => yearIn(data.date));
  const years = new Set(
    [...candidates, ...typed].filter((year): year is number => year !== undefined && Number.isFinite(year)),
  );
  return [...years].filter((year) => hasFlows(records, year)).sort((a, b) => b - a);
}

const yearIn = (moment: string | undefined) => Number(moment?.slice(0, 4));

/** A squad that merely goes on to exist makes no year of figures. */
function hasFlows(records: YearRecords, year: number): boolean {
  const parts = partsOfYear(records, year);
  return (
    records.snapshots.some(({ data }) => yearIn(data.date) === year) ||
    records.dictionary.some(({ id, nature }) => nature === 'flow' && (parts.get(id) ?? []).length > 0)
  );
}

export interface YearSoFar {
  year: number;
  /** Last day that is in it, `YYYY-MM-DD`. */
  until: string;
  figures: Figure[];
  /** The latest year before it that has figures. */
  lastComplete: { year: number; figures: Figure[] } | undefined;
}

/** The figures of the running year up to a day (`YYYY-MM-DD`), with those of the last year that is over. */
export function yearSoFar(records: YearRecords, today: string): YearSoFar {
  const year = yearIn(today);
  const last = yearsWithFigures(records).find((other) => other < year);
  return {
    year,
    until: today,
    figures: figuresOf(records, { year }),
    lastComplete:
      last === undefined ? undefined : { year: last, figures: figuresOf(records, { year: last }) },
  };
}
