import { labelOf } from '../../model/labels.ts';
import type { Problem } from '../../model/problems.ts';
import { caravan } from '../../types/caravan.ts';
import { warnOfClash } from './clash.ts';
import { warnOfBlockedDays } from './free-days.ts';
import { warnOfSite } from './site.ts';
import { isScheduled, type PlannedStop, type PlanningRule, type Reference, spanOf } from './stop.ts';
import { warnOfTravel } from './travel.ts';
import { warnOfSecondVisit } from './visited.ts';

export type { PlannedStop, Reference } from './stop.ts';

/** Help with planning: warnings about stops that are still to come, never a block. One rule a file, a line here. */
const rules: readonly PlanningRule[] = [
  warnOfClash,
  warnOfTravel,
  warnOfBlockedDays,
  warnOfSecondVisit,
  warnOfSite,
];

/** Where a stop is written, so that its warnings can say file and line. */
export interface Source {
  /** As problems show it. */
  file?: string;
  lineOf?: (path: readonly PropertyKey[]) => number | undefined;
}

/**
 * What is doubtful about a stop, seen with the other stops. Nothing is said about stops that are over or cancelled.
 *
 * @param others the whole schedule; an older version of the stop itself, known by its slug, is skipped
 */
export function planningWarnings(
  stop: PlannedStop & Source,
  others: readonly PlannedStop[],
  reference: Reference,
): Problem[] {
  if (!isScheduled(stop) || stop.data.state === 'completed') return [];
  const rest = others.filter(({ slug }) => slug !== stop.slug);
  return rules
    .flatMap((rule) => rule(stop, rest, reference))
    .map(({ field, message }) => ({
      severity: 'warning',
      file: stop.file ?? '',
      line: stop.lineOf?.([field]),
      field: `「${labelOf(caravan.schema, field)}」`,
      message,
    }));
}

const DAY_MINUTES = 24 * 60;

/** The warnings of a whole schedule; what concerns two stops is said once, at the later one. */
export function scheduleWarnings(stops: readonly (PlannedStop & Source)[], reference: Reference): Problem[] {
  const held = stops
    .filter(isScheduled)
    .sort((a, b) => spanOf(a).from - spanOf(b).from || (a.slug < b.slug ? -1 : 1));
  const problems: Problem[] = [];
  const bySchool = new Map<string, PlannedStop[]>();
  // Stops that end too long ago to be in the way are forgotten: a schedule of years stays quick to check.
  let recent: PlannedStop[] = [];
  for (const stop of held) {
    const { from } = spanOf(stop);
    recent = recent.filter((other) => spanOf(other).to + DAY_MINUTES > from);
    const visits = bySchool.get(stop.data.school ?? '') ?? [];
    problems.push(...planningWarnings(stop, [...new Set([...recent, ...visits])], reference));
    recent.push(stop);
    if (stop.data.school) bySchool.set(stop.data.school, [...visits, stop]);
  }
  return problems;
}
