import { addDays } from '../calendar/days.ts';
import { today } from '../calendar/today.ts';
import type { Problem } from '../model/problems.ts';
import type { Corpus } from './corpus.ts';

/** Days after an event within which its results are expected. */
const RESULTS_DUE_DAYS = 14;

/** Events and stops that are over and still say that they are to come, or have no results. */
export function checkResults({ files }: Pick<Corpus, 'files'>, now = today()): Problem[] {
  return files.flatMap(({ kind, data, file, entry }): Problem[] => {
    if (kind !== 'events' && kind !== 'caravan') return [];
    const warn = (field: string, label: string, message: string): Problem[] => [
      { severity: 'warning', file, line: entry.lineOf([field]), field: `「${label}」`, message },
    ];
    const last = String(data.end ?? data.start).slice(0, 10);
    if (data.state !== 'cancelled' && data.state !== 'completed' && last < now)
      return warn('state', '状态', `${last} 已经过去，请改成「完成」或「取消」`);
    const lacksResults = data.state === 'completed' && (data.results as unknown[]).length === 0;
    if (!lacksResults || addDays(last, RESULTS_DUE_DAYS) >= now) return [];
    return warn('results', '活动成果', `办完已超过 ${RESULTS_DUE_DAYS} 天，请补填成果`);
  });
}
