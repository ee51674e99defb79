import { addDays } from '../calendar/days.ts';
import { firstPossibleDay, hasKnownMonth, lastPossibleDay } from '../calendar/precision.ts';
import { today } from '../calendar/today.ts';
import type { Problem } from '../model/problems.ts';
import type { Corpus } from './corpus.ts';
import { earlyHappening, type Happening } from './early-figures.ts';

/** Days after an event within which its results are expected. */
const RESULTS_DUE_DAYS = 14;

/**
 * What an event or a stop that is over lacks: a `state` that says so, or `results`; undefined when nothing does, and for
 * one that is still to come or was cancelled. An inexact day is over when its month or year is.
 */
export function lackOf(happening: Happening, now = today()): 'state' | 'results' | undefined {
  const { state, results = [] } = happening;
  if (firstPossibleDay(happening) > now || state === 'cancelled') return undefined;
  if (state !== 'completed') return lastPossibleDay(happening) < now ? 'state' : undefined;
  // Taken over from old papers: what they do not say cannot be asked for.
  return results.length > 0 || !hasKnownMonth(happening) ? undefined : 'results';
}

/**
 * Events and stops that are over and still say that they are to come, or have no results; and those that have results
 * before they can have taken place.
 */
export function checkResults({ files }: Pick<Corpus, 'files'>, now = today()): Problem[] {
  return files.flatMap((checked): Problem[] => {
    const { kind, data, file, entry } = checked;
    if (kind !== 'events' && kind !== 'caravan') return [];
    const warn = (field: string, label: string, message: string): Problem[] => [
      { severity: 'warning', file, line: entry.lineOf([field]), field: `「${label}」`, message },
    ];
    const happening = data as unknown as Happening;
    const early = earlyHappening(checked, now);
    if (early.length > 0) return early;
    const lack = lackOf(happening, now);
    const last = lastPossibleDay(happening);
    if (lack === 'state') return warn('state', '状态', `${last} 已经过去，请改成「完成」或「取消」`);
    if (lack !== 'results' || addDays(last, RESULTS_DUE_DAYS) >= now) return [];
    return warn('results', '活动成果', `办完已超过 ${RESULTS_DUE_DAYS} 天，请补填成果`);
  });
}
