import { expect, test } from 'vitest';
import type { Corpus } from './corpus.ts';
import { checkSayings } from './sayings.ts';

const corpusOf = (items: object[]) =>
  ({
    files: [
      { kind: 'sayings', file: 'data/sayings.yaml', data: { items }, entry: { body: '', lineOf: () => 5 } },
      { kind: 'articles', file: 'articles/a.mdx', data: { title: '孩子发烧' }, entry: { body: '先看蛇' } },
    ],
  }) as unknown as Corpus;

test('换成的词自己又要换，是错误，说明最后的词', () => {
  const problems = checkSayings(
    corpusOf([
      { words: ['碎娃'], means: '娃' },
      { words: ['娃'], means: '孩子' },
    ]),
  );
  expect(problems).toMatchObject([{ severity: 'error', line: 5 }]);
  expect(problems[0]?.message).toContain('「孩子」');
});

test('两条换来换去，各是一个错误', () => {
  const items = [
    { words: ['孩子'], means: '蛇' },
    { words: ['蛇'], means: '孩子' },
  ];
  expect(checkSayings(corpusOf(items))).toHaveLength(2);
});

test('换成全站没有的词，提醒一下', () => {
  const [problem] = checkSayings(corpusOf([{ words: ['长虫'], means: '大蟒' }]));
  expect(problem).toMatchObject({ severity: 'warning' });
  expect(checkSayings(corpusOf([{ words: ['长虫'], means: '蛇' }]))).toEqual([]);
});
