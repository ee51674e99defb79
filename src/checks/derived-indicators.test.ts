import { expect, test } from 'vitest';
import type { Content } from '../store/index.ts';
import type { CheckedFile } from './corpus.ts';
import { checkDerivedIndicators } from './derived-indicators.ts';

const file = (kind: string, data: object): CheckedFile =>
  ({ kind, file: `content/${kind}/a.mdx`, data, entry: { lineOf: () => 4 } }) as unknown as CheckedFile;
const items = [
  { id: 'estations-built', name: '安装科普 e 站', derived: 'facilities-estation' },
  { id: 'training-sessions', name: '培训场次', derived: 'sessions-training' },
  { id: 'handouts', name: '发放科普资料' },
];
const content = { list: () => ({ items }) } as unknown as Content;
const check = (kind: string, data: object) => checkDerivedIndicators({ content, files: [file(kind, data)] });

test('由记录得出的指标又填成年度数据，是错误，写明从哪里得出、怎么办', () => {
  const [problem, ...rest] = check('statistics', { indicator: 'estations-built', value: 5 });
  expect(rest).toEqual([]);
  expect(problem).toMatchObject({
    severity: 'error',
    file: 'content/statistics/a.mdx',
    line: 4,
    field: '「指标」',
  });
  expect(problem?.message).toBe(
    '「安装科普 e 站」由记录得出（当年建成的科普 e 站数量之和），不能再填成年度数据；请把数补到对应的记录里，再删去这一条',
  );
  expect(check('statistics', { indicator: 'handouts', value: 5 })).toEqual([]);
});

test('活动成果里也不能填，场次可以由活动自己写明', () => {
  const results = [
    { indicator: 'training-sessions' },
    { indicator: 'handouts' },
    { indicator: 'estations-built' },
  ];
  const problems = check('events', { results });
  expect(problems.map(({ field }) => field)).toEqual(['「活动成果」第 3 项「指标」']);
});
