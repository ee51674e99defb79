import { type Dated, firstPossibleDay } from '../calendar/precision.ts';
import { today } from '../calendar/today.ts';
import type { Problem } from '../model/problems.ts';
import type { CheckedFile, Corpus } from './corpus.ts';

/** Figures of what has not begun: the day is wrong, or they belong to another entry. */

/** What these rules read of an event or a stop. */
export interface Happening extends Dated {
  start: string;
  end?: string | undefined;
  state: string;
  results?: readonly { value?: number | undefined }[] | undefined;
}

/** An event or a stop that has results, or is done, before it can have taken place. */
export function earlyHappening({ kind, data, file, entry }: CheckedFile, now = today()): Problem[] {
  if (kind !== 'events' && kind !== 'caravan') return [];
  const happening = data as unknown as Happening;
  if (firstPossibleDay(happening) <= now) return [];
  const warn = (field: string, label: string, message: string): Problem[] => [
    { severity: 'warning', file, line: entry.lineOf([field]), field: `「${label}」`, message },
  ];
  if (happening.state === 'completed')
    return warn('state', '状态', '还没有到日子，不能是「完成」；请核对状态和日期');
  const isEarly = (happening.results ?? []).some(({ value }) => value !== undefined);
  return isEarly ? warn('results', '活动成果', '活动还没有办，先有了成果；请核对日期和成果') : [];
}

/** A figure typed for a year that has not begun; the stocks of this year's end are often known before it. */
function earlyStatistic({ kind, data, file, entry }: CheckedFile, now: string): Problem[] {
  const date = String(data.date);
  if (kind !== 'statistics' || data.value === undefined || date.slice(0, 4) <= now.slice(0, 4)) return [];
  const message = `${date} 还没有到，已经有了数；请核对日期和数值`;
  return [{ severity: 'warning', file, line: entry.lineOf(['value']), field: '「数值」', message }];
}

export const checkEarlyStatistics = ({ files }: Pick<Corpus, 'files'>, now = today()): Problem[] =>
  files.flatMap((checked) => earlyStatistic(checked, now));
