import { isNarrowed, isWithin, type Scope } from './facets.ts';
import type { Part } from './part.ts';
import { partsOfYear } from './parts.ts';
import type { Indicator, SnapshotRecord, YearRecords } from './records.ts';
import { flowOutcome, stockOutcome } from './snapshots.ts';
import { type Sum, sum } from './sum.ts';

/** What one indicator comes to within a scope. */
export interface Figure extends Sum {
  indicator: Indicator;
  unit: Indicator['unit'];
  scope: Scope;
  /** Every entry that the value was added up from, blank ones too. Those with a value add up to `value`. */
  parts: Part[];
  /** Figures typed by hand for the year; none within a narrower scope. */
  snapshots: SnapshotRecord[];
  /** Different values for the same thing, in rising order; empty when nothing disagrees. */
  conflict: number[];
}

/** Where the events of a campaign come to more than it states: the two values, in rising order. */
function doubtful(parts: readonly Part[]): number[] {
  for (const { entry, stated, value } of parts) {
    if (stated === undefined || entry.collection !== 'campaigns' || value !== 0) continue;
    const members = parts.filter(
      ({ facets, entry: other }) => facets.campaign === entry.id && other.collection !== 'campaigns',
    );
    const known = sum(members);
    if (known > stated) return [stated, known];
  }
  return [];
}

function figureOf(indicator: Indicator, scope: Scope, records: YearRecords, all: readonly Part[]): Figure[] {
  const parts = isNarrowed(scope) ? all.filter(({ facets }) => isWithin(facets, scope)) : all;
  const snapshots = isNarrowed(scope) ? [] : snapshotsOf(records, indicator.id, scope.year);
  if (parts.length === 0 && snapshots.length === 0) return [];
  const isStock = indicator.nature === 'stock' && indicator.derived === undefined && snapshots.length > 0;
  const outcome = isStock ? stockOutcome(indicator, snapshots) : flowOutcome(indicator, parts, snapshots);
  const conflict = outcome.conflict.length > 0 ? outcome.conflict : doubtful(parts);
  return [{ indicator, unit: indicator.unit, scope, snapshots, ...outcome, conflict }];
}

const snapshotsOf = ({ snapshots }: YearRecords, indicator: string, year: number) =>
  snapshots.filter(({ data }) => data.indicator === indicator && data.date?.startsWith(`${year}-`));

/**
 * The figures of a year, or of what else the scope names, in the dictionary's order; indicators without any record are left
 * out. Cancelled events do not count.
 */
export function figuresOf(records: YearRecords, scope: Scope): Figure[] {
  const parts = partsOfYear(records, scope.year);
  return records.dictionary.flatMap((indicator) =>
    figureOf(indicator, scope, records, parts.get(indicator.id) ?? []),
  );
}

/** One figure; undefined when there is no record of it. */
export function figureOfIndicator(records: YearRecords, indicator: string, scope: Scope): Figure | undefined {
  const known = records.dictionary.find(({ id }) => id === indicator);
  if (!known) return undefined;
  return figureOf(known, scope, records, partsOfYear(records, scope.year).get(indicator) ?? [])[0];
}
