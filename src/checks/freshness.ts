import { today } from '../calendar/today.ts';
import type { Problem } from '../model/problems.ts';
import type { CheckedFile, Corpus } from './corpus.ts';

/** Days after an event within which its results are expected. */
const RESULTS_DUE_DAYS = 14;

const daysAfter = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** Overdue reviews and results: nothing is broken, somebody should look. */
export function checkFreshness({ files }: Corpus, now = today()): Problem[] {
  const warn = ({ file, entry }: CheckedFile, field: string, label: string, message: string): Problem => ({
    severity: 'warning',
    file,
    line: entry.lineOf([field]),
    field: `「${label}」`,
    message,
  });
  return files.flatMap((checked) => {
    const { kind, data } = checked;
    if (kind === 'articles' && typeof data.nextReview === 'string' && data.nextReview < now)
      return [warn(checked, 'nextReview', '下次复核', `已过期（${data.nextReview}），请安排专家复核`)];
    if (kind !== 'events' && kind !== 'caravan') return [];
    const last = String(data.end ?? data.start).slice(0, 10);
    if (data.state !== 'cancelled' && data.state !== 'completed' && last < now)
      return [warn(checked, 'state', '状态', `${last} 已经过去，请改成「完成」或「取消」`)];
    if (
      data.state === 'completed' &&
      (data.results as unknown[]).length === 0 &&
      daysAfter(last, RESULTS_DUE_DAYS) < now
    )
      return [warn(checked, 'results', '活动成果', `办完已超过 ${RESULTS_DUE_DAYS} 天，请补填成果`)];
    return [];
  });
}
