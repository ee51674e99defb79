import { expect, test } from 'vitest';
import type { Corpus } from './corpus.ts';
import { checkOrganisations } from './organisations.ts';

const corpusOf = (items: object[]) =>
  ({
    files: [
      {
        kind: 'organisations',
        file: 'data/organisations.yaml',
        data: { items },
        entry: { lineOf: () => 3 },
      },
    ],
  }) as unknown as Corpus;

test('两个单位用同一个名称或简称时提醒，说明算在谁名下', () => {
  const problems = checkOrganisations(
    corpusOf([
      { name: '县司法局', aliases: ['司法局', '司法局'] },
      { name: '市司法局', aliases: ['司 法 局'] },
      { name: '县医院' },
    ]),
  );
  expect(problems).toMatchObject([{ severity: 'warning', line: 3, field: '第 2 项' }]);
  expect(problems[0]?.message).toContain('只算在「县司法局」名下');
});

test('没有名单，或者没有重名，就没有问题', () => {
  expect(checkOrganisations({ files: [] })).toEqual([]);
  expect(checkOrganisations(corpusOf([{ name: '甲' }, { name: '乙', aliases: ['丙'] }]))).toEqual([]);
});
