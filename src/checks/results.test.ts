import { expect, test } from 'vitest';
import type { CheckedFile } from './corpus.ts';
import { checkResults } from './results.ts';

const check = (data: object) =>
  checkResults(
    {
      files: [
        {
          kind: 'events',
          file: 'content/events/a.mdx',
          data: { results: [], ...data },
          entry: { lineOf: () => 3 },
        } as unknown as CheckedFile,
      ],
    },
    '2026-11-28',
  ).map(({ field, message }) => `${field}${message}`);

test('还没有到日子就有成果或已完成，提醒核对', () => {
  const results = [{ indicator: 'people', value: 3 }];
  expect(check({ start: '2026-12-01', state: 'confirmed', results })).toEqual([
    '「活动成果」活动还没有办，先有了成果；请核对日期和成果',
  ]);
  expect(check({ start: '2026-12-01', state: 'completed' })).toEqual([
    '「状态」还没有到日子，不能是「完成」；请核对状态和日期',
  ]);
  expect(check({ start: '2026-11-28', state: 'completed', results })).toEqual([]);
});

test('只知道月份的，那个月过完才催；只知道年份的旧记录不催成果', () => {
  const november = { start: '2026-11-01', datePrecision: 'month' };
  expect(check({ ...november, state: 'confirmed' })).toEqual([]);
  expect(check({ start: '2026-10-01', datePrecision: 'month', state: 'confirmed' })).toEqual([
    '「状态」2026-10-31 已经过去，请改成「完成」或「取消」',
  ]);
  expect(check({ start: '2022-03-01', datePrecision: 'year', state: 'completed' })).toEqual([]);
  expect(check({ start: '2022-03-01', state: 'completed' })).toEqual([
    '「活动成果」办完已超过 14 天，请补填成果',
  ]);
});
