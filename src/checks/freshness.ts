import { today } from '../calendar/today.ts';
import { contentDir } from '../loader/folders.ts';
import { shownPath } from '../loader/files.ts';
import { NEWS_KINDS } from '../news/type.ts';
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

/** Days after which inspections of government sites call a column stale (国办秘函〔2019〕19号). */
const STALE_AFTER_DAYS: Record<keyof typeof NEWS_KINDS, number> = { news: 14, notice: 183 };

/** Columns that have something, but nothing new; an empty column is not shown and so not stale. */
export function checkColumns({ files }: Corpus, now = today()): Problem[] {
  return (Object.keys(NEWS_KINDS) as (keyof typeof NEWS_KINDS)[]).flatMap((kind): Problem[] => {
    const newest = files
      .filter(({ kind: type, data }) => type === 'news' && data.kind === kind)
      .map(({ data }) => String(data.published))
      .sort()
      .at(-1);
    const days = STALE_AFTER_DAYS[kind];
    if (newest === undefined || daysAfter(newest, days) >= now) return [];
    const message = `「${NEWS_KINDS[kind]}」最近一条是 ${newest}，超过 ${days} 天没有更新，请写一条新的`;
    return [{ severity: 'warning', file: shownPath(`${contentDir}/news`), message }];
  });
}
