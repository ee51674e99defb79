import { heldIn } from './derived.ts';
import { facetsOf, isWithin, type Scope } from './facets.ts';
import type { Figure } from './figure.ts';
import type { Part } from './part.ts';
import { onceEach } from './parts.ts';
import { type Indicator, isHappening, sessionsOf, type YearRecords } from './records.ts';
import { sumOf } from './sum.ts';

/** Sessions of all events and stops: no entry of the dictionary, so that a chart of activity needs none. */
const ACTIVITY: Indicator = {
  id: 'activity',
  name: '活动和站次',
  unit: 'session',
  nature: 'flow',
  summable: true,
  headline: false,
};

/** How many sessions of events and stops were held within a scope, each entry by its number of sessions. */
export function activityOf({ entries }: YearRecords, scope: Scope): Figure {
  const parts = heldIn(onceEach(entries.filter(isHappening)), scope.year)
    .map((entry): Part => ({
      entry,
      value: sessionsOf(entry),
      approximate: false,
      method: 'measured',
      item: undefined,
      facets: facetsOf(entry),
    }))
    .filter(({ facets }) => isWithin(facets, scope));
  return {
    indicator: ACTIVITY,
    unit: ACTIVITY.unit,
    scope,
    snapshots: [],
    conflict: [],
    parts,
    ...sumOf(ACTIVITY, parts),
    value: parts.reduce((total, { value = 0 }) => total + value, 0),
  };
}
