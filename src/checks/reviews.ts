import { addDays } from '../calendar/days.ts';
import { today } from '../calendar/today.ts';
import { articles } from '../types/articles.ts';
import type { Problem } from '../model/problems.ts';
import type { Corpus } from './corpus.ts';

/** How long before it is due a review is announced, in days: an expert wants time to read. */
export const REVIEW_NOTICE_DAYS = 30;

/** An article whose text has to be read again by an expert. */
export interface DueReview {
  file: string;
  title: string;
  /** 下次复核, `YYYY-MM-DD`. */
  due: string;
}

const reviewsIn = ({ files }: Pick<Corpus, 'files'>) =>
  files.flatMap((checked) =>
    checked.kind === articles.name && typeof checked.data.nextReview === 'string'
      ? { ...checked, due: checked.data.nextReview }
      : [],
  );

/** Articles past their review: nothing is broken, an expert should look. */
export function checkReviews(corpus: Pick<Corpus, 'files'>, now = today()): Problem[] {
  return reviewsIn(corpus)
    .filter(({ due }) => due < now)
    .map(({ file, entry, due }) => ({
      severity: 'warning',
      file,
      line: entry.lineOf(['nextReview']),
      field: '「下次复核」',
      message: `已过期（${due}），请安排专家复核`,
    }));
}

/** Articles whose review comes within `REVIEW_NOTICE_DAYS`, today included, the soonest first. */
export function reviewsDue(corpus: Pick<Corpus, 'files'>, now = today()): DueReview[] {
  const last = addDays(now, REVIEW_NOTICE_DAYS);
  return reviewsIn(corpus)
    .filter(({ due }) => due >= now && due <= last)
    .map(({ file, slug, data, due }) => ({ file, title: String(data.title ?? slug), due }))
    .sort((a, b) => a.due.localeCompare(b.due) || a.file.localeCompare(b.file));
}
