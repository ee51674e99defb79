import { addDays } from '../calendar/days.ts';
import { today } from '../calendar/today.ts';
import type { Problem } from '../model/problems.ts';
import type { Corpus } from './corpus.ts';

/** Days after an event within which its results are expected. */
const RESULTS_DUE_DAYS = 14;

/** The last day of an event or a stop, `YYYY-MM-DD`. */
export const lastDayOf = (data: Readonly<Record<string, unknown>>): string =>
  String(data.end ?? data.start ?? '').slice(0, 10);

/**
 * What an event or a stop that is over lacks: a `state` that says so, or `results`; undefined when nothing does, and for
 * one that is still to come or was cancelled.
 */
export function lackOf(
  data: Readonly<Record<string, unknown>>,
  now = today(),
): 'state' | 'results' | undefined {
  const last = lastDayOf(data);
  if (!last || last >= now || data.state === 'cancelled') return undefined;
  if (data.state !== 'completed') return 'state';
  return Array.isArray(data.results) && data.results.length > 0 ? undefined : 'results';
}

/** Events and stops that are over and still say that they are to come, or have no results. */
export function checkResults({ files }: Pick<Corpus, 'files'>, now = today()): Problem[] {
  return files.flatMap(({ kind, data, file, entry }): Problem[] => {
    if (kind !== 'events' && kind !== 'caravan') return [];
    const warn = (field: string, label: string, message: string): Problem[] => [
      { severity: 'warning', file, line: entry.lineOf([field]), field: `「${label}」`, message },
    ];
    const lack = lackOf(data, now);
    const last = lastDayOf(data);
    if (lack === 'state') return warn('state', '状态', `${last} 已经过去，请改成「完成」或「取消」`);
    if (lack !== 'results' || addDays(last, RESULTS_DUE_DAYS) >= now) return [];
    return warn('results', '活动成果', `办完已超过 ${RESULTS_DUE_DAYS} 天，请补填成果`);
  });
}
