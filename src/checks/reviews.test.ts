import { expect, test } from 'vitest';
import type { CheckedFile } from './corpus.ts';
import { checkReviews, reviewsDue } from './reviews.ts';

const article = (slug: string, nextReview?: string, kind = 'articles') =>
  ({
    kind,
    slug,
    file: `content/${kind}/${slug}.mdx`,
    data: { title: `《${slug}》`, nextReview },
    entry: { lineOf: () => 7 },
  }) as unknown as CheckedFile;

const files = [
  article('late', '2026-11-26'),
  article('last-day', '2026-12-27'),
  article('today', '2026-11-27'),
  article('far', '2026-12-28'),
  article('never'),
  article('page', '2026-11-28', 'pages'),
];

test('过了复核那一天，从第二天起算过期', () => {
  expect(checkReviews({ files }, '2026-11-27')).toEqual([
    {
      severity: 'warning',
      file: 'content/articles/late.mdx',
      line: 7,
      field: '「下次复核」',
      message: '已过期（2026-11-26），请安排专家复核',
    },
  ]);
});

test('三十天内到期的列出来，先到期的在前；已过期的不再列', () => {
  expect(reviewsDue({ files }, '2026-11-27')).toEqual([
    { file: 'content/articles/today.mdx', title: '《today》', due: '2026-11-27' },
    { file: 'content/articles/last-day.mdx', title: '《last-day》', due: '2026-12-27' },
  ]);
});
