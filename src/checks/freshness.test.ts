import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../calendar/days.ts';
import type { CheckedFile } from './corpus.ts';
import { checkColumns, clocksOf } from './freshness.ts';

const TODAY = '2026-11-27';

let count = 0;
const entry = (kind: string, published: string, more: object = {}): CheckedFile => {
  const slug = `${kind}-${++count}`;
  const data = { title: `标题 ${slug}`, published, ...more };
  return { kind, slug, file: `content/${kind}/${slug}.mdx`, data } as unknown as CheckedFile;
};
const settings = (home: string[]) => ({ kind: 'settings', slug: 'settings', file: '', data: { home } });

const lefts = (files: CheckedFile[], now = TODAY) =>
  Object.fromEntries(clocksOf({ files }, now).map(({ label, daysLeft }) => [label, daysLeft]));

test('每个栏目从自己最近发布的一条算起，用自己的期限', () => {
  const files = [
    entry('news', '2026-11-01', { kind: 'news' }),
    entry('news', '2026-11-20', { kind: 'news' }),
    entry('news', '2026-06-01', { kind: 'notice' }),
    entry('documents', '2026-10-01'),
  ];
  expect(lefts(files)).toEqual({ 首页: 7, 动态: 7, 公告: 4, 文件资料: 126 });
  expect(clocksOf({ files }, TODAY)[1]).toMatchObject({
    limit: '2 周',
    newest: { file: files[1]?.file, title: files[1]?.data.title, published: '2026-11-20' },
  });
});

test('没有内容的栏目不显示，也就不计时', () => {
  expect(clocksOf({ files: [] }, TODAY)).toEqual([]);
  expect(lefts([entry('documents', '2020-01-01')])).toEqual({ 文件资料: expect.any(Number) });
});

test('首页有多新，看它上面各块显示的内容', () => {
  const files = [
    entry('articles', '2026-11-26'),
    entry('caravan', '2026-11-10'),
    entry('honours', '2026-11-27'),
  ];
  expect(lefts(files).首页).toBe(13);
  expect(lefts([...files, settings(['caravan']) as never]).首页).toBe(-3);
  expect(lefts([...files, settings(['figures']) as never])).toEqual({});
});

test('日期还没到的不算更新', () => {
  expect(
    lefts([entry('news', '2026-11-20', { kind: 'news' }), entry('news', '2027-01-01', { kind: 'news' })]),
  ).toEqual({
    首页: 7,
    动态: 7,
  });
});

test('规则恰好在期限用完以后提醒', () => {
  const files = [entry('news', TODAY, { kind: 'news' })];
  expect(checkColumns({ files }, addDays(TODAY, 14))).toEqual([]);
  expect(checkColumns({ files }, addDays(TODAY, 15)).map(({ message }) => message)).toEqual([
    '「首页」最近一条是 2026-11-27，超过 14 天没有更新，请写一条新的',
    '「动态」最近一条是 2026-11-27，超过 14 天没有更新，请写一条新的',
  ]);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 400 }), fc.constantFrom('news', 'notice'), (days, kind) => {
      const corpus = { files: [entry('news', TODAY, { kind })] };
      const now = addDays(TODAY, days);
      const over = clocksOf(corpus, now).filter(({ daysLeft }) => daysLeft < 0);
      expect(checkColumns(corpus, now)).toHaveLength(over.length);
    }),
  );
});
