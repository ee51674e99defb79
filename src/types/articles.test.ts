import { expect, test } from 'vitest';
import { articles } from './articles.ts';

const ARTICLE = {
  title: '蘑菇',
  kind: 'article',
  summary: '一句话。',
  topic: 'food',
  author: '县科协',
  published: '2026-11-24',
};
const wrong = (now: object) => {
  const { error } = articles.schema.safeParse({ ...ARTICLE, now });
  return error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`) ?? [];
};
const NOW = { when: '吃了野蘑菇', steps: ['打 120。'], call: ['120'] };

test('“现在就做”一到三步，每步不超过 40 个字，至少一个电话', () => {
  expect(wrong(NOW)).toEqual([]);
  expect(wrong({ ...NOW, steps: ['一', '二', '三'] })).toEqual([]);
  expect(wrong({ ...NOW, steps: ['一', '二', '三', '四'] })).toEqual(['now.steps 要写 1 到 3 步，现有 4 步']);
  expect(wrong({ ...NOW, steps: [] })).toEqual(['now.steps 要写 1 到 3 步，现有 0 步']);
  expect(wrong({ ...NOW, steps: ['长'.repeat(41)] })).toEqual([
    'now.steps.0 超过 40 个字（现有 41 个字），请缩短',
  ]);
  expect(wrong({ ...NOW, call: [] })).toEqual(['now.call 至少选一个电话']);
  expect(wrong({ ...NOW, call: ['12345678901'] })).toEqual([expect.stringContaining('now.call.0 没有')]);
});

test('没有“现在就做”的文章照旧', () => {
  expect(articles.schema.safeParse(ARTICLE).success).toBe(true);
});
