import { expect, test } from 'vitest';
import { openContent } from '../../../../src/store/index.ts';
import { articles } from '../../../../src/types/articles.ts';
import { settings } from '../../../../src/types/site.ts';
import { starterOf } from './starter.ts';

const demo = openContent();
const county = demo.settings(settings).data?.county ?? '';

test('留下的文章不提演示县，不写它的作者和审稿专家，从今天起等复核', () => {
  const { files, articles: kept, left } = starterOf(demo, { withArticles: true, today: '2026-11-28' });
  expect(kept.length).toBeGreaterThan(50);
  expect(kept.length + left.length).toBe(demo.filesOf(articles).files.length);
  for (const slug of kept) {
    const text = files.get(`content/articles/${slug}.mdx`) ?? '';
    expect(text).not.toContain(county);
    expect(text).not.toMatch(/^(?:reviewer|reviewed|bases):/m);
    expect(text).toContain('nextReview: 2026-11-28'.replaceAll("'", ''));
  }
});

test('不留文章时只有各县通用的名录', () => {
  const { files, articles: kept } = starterOf(demo, { withArticles: false, today: '2026-11-28' });
  expect(kept).toEqual([]);
  expect([...files.keys()].every((path) => path.startsWith('content/data/'))).toBe(true);
  expect(files.has('content/data/topics.yaml')).toBe(true);
  expect(files.has('content/data/townships.yaml')).toBe(false);
});
