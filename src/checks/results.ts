import { addDays } from '../calendar/days.ts';
import { type Dated, firstPossibleDay, hasKnownMonth, lastPossibleDay } from '../calendar/precision.ts';
import { today } from '../calendar/today.ts';
import type { Problem } from '../model/problems.ts';
import type { Corpus } from './corpus.ts';

/** Days after an event within which its results are expected. */
const RESULTS_DUE_DAYS = 14;

interface Happening extends Dated {
  start: string;
  end?: string | undefined;
  state: string;
  results: readonly { value?: number | undefined }[];
}

/**
 * Events and stops that are over and still say that they are to come, or have no results; and those that have results
 * before they can have taken place. An inexact day is over when its month or year is.
 */
export function checkResults({ files }: Pick<Corpus, 'files'>, now = today()): Problem[] {
  return files.flatMap(({ kind, data, file, entry }): Problem[] => {
    if (kind !== 'events' && kind !== 'caravan') return [];
    const warn = (field: string, label: string, message: string): Problem[] => [
      { severity: 'warning', file, line: entry.lineOf([field]), field: `「${label}」`, message },
    ];
    const happening = data as unknown as Happening;
    const { state, results } = happening;
    if (firstPossibleDay(happening) > now) {
      if (state === 'completed')
        return warn('state', '状态', '还没有到日子，不能是「完成」；请核对状态和日期');
      const isEarly = results.some(({ value }) => value !== undefined);
      return isEarly ? warn('results', '活动成果', '活动还没有办，先有了成果；请核对日期和成果') : [];
    }
    const last = lastPossibleDay(happening);
    if (state !== 'cancelled' && state !== 'completed' && last < now)
      return warn('state', '状态', `${last} 已经过去，请改成「完成」或「取消」`);
    if (state !== 'completed' || results.length > 0 || addDays(last, RESULTS_DUE_DAYS) >= now) return [];
    // Taken over from old papers: what they do not say cannot be asked for.
    if (!hasKnownMonth(happening)) return [];
    return warn('results', '活动成果', `办完已超过 ${RESULTS_DUE_DAYS} 天，请补填成果`);
  });
}
