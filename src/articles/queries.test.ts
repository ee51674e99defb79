import { describe, expect, test, vi } from 'vitest';

vi.mock('../queries/index.ts', () => ({}));
const { changedOn, chosenBy, isOverdue, readingMinutes, stepsOf } = await import('./queries.ts');
type Article = Parameters<typeof chosenBy>[0][number];

const article = (id: string, data: object) =>
  ({ id, data: { audience: [], season: [], ...data } }) as unknown as Article;

describe('文章', () => {
  test('过了下次复核那一天才算过期', () => {
    expect(isOverdue({ nextReview: '2026-11-22' }, '2026-11-23')).toBe(true);
    expect(isOverdue({ nextReview: '2026-11-23' }, '2026-11-23')).toBe(false);
    expect(isOverdue({ nextReview: undefined }, '2026-11-23')).toBe(false);
  });
  test('最后改动的日子算上更新和更正', () => {
    const data = {
      published: '2024-01-01',
      updated: '2025-01-01',
      corrections: [{ date: '2025-02-20', what: '' }],
    };
    expect(changedOn(data as unknown as Article['data'])).toBe('2025-02-20');
  });
  test('月份列表里农时排在前面', () => {
    const all = [
      article('a', { kind: 'article', season: ['11'] }),
      article('b', { kind: 'season', season: ['11'] }),
      article('c', { kind: 'season', season: ['5'] }),
    ];
    expect(chosenBy(all, 'month', '11').map(({ id }) => id)).toEqual(['b', 'a']);
  });
  test('再短也要读一分钟', () => {
    expect(readingMinutes('')).toBe(1);
    expect(readingMinutes('字'.repeat(1400))).toBe(4);
  });
  test('步骤取自第一个步骤块', () =>
    expect(
      stepsOf(
        '<ol><li>x</li></ol><div class="block-steps"><ol><li>开<strong>窗</strong></li><li>打 120</li></ol></div>',
      ),
    ).toEqual(['开窗', '打 120']));
});
