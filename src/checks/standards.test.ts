import { expect, test } from 'vitest';
import type { CheckedFile } from './corpus.ts';
import { checkSourceTitles } from './source-titles.ts';
import { sourcesOf, sourcesText } from './sources.ts';
import { checkStandards, standardsIn } from './standards.ts';
import { articles } from '../types/articles.ts';
import { standards } from '../types/standards.ts';

const article = (slug: string, titles: string[], body = '') =>
  ({
    kind: articles.name,
    type: articles,
    schema: articles.schema,
    slug,
    file: `content/articles/${slug}.mdx`,
    data: { sources: titles.map((title) => ({ title, year: 2021 })) },
    entry: { body, bodyLine: 20, lineOf: ([, index]: number[]) => 5 + (index ?? 0) },
  }) as unknown as CheckedFile;
const list = (items: object[]) =>
  ({ kind: standards.name, type: undefined, data: { items } }) as unknown as CheckedFile;

const told = (...files: CheckedFile[]) =>
  checkStandards({ files }).map(({ severity, file, line, message }) => [severity, file, line, message]);

test('各种写法认得出是同一个标准', () => {
  for (const spelled of [
    'GB/T 28592—2012',
    'GB/T28592-2012',
    'gb/t 28592–2012',
    'GB/T 28592 － 2012',
    'GB 28592—2012',
  ])
    expect(standardsIn(`见${spelled}降水量等级`)[0]?.key, spelled).toBe('GB 28592—2012');
  expect(standardsIn('GB 2763—2021 和 NY/T 441—2013').map(({ proper }) => proper)).toEqual([
    'GB 2763—2021',
    'NY/T 441—2013',
  ]);
  expect(standardsIn('电话 2021-2022，GB 2763')).toEqual([]);
});

test('一个标准两种写法，不合规矩的那一种报错', () => {
  expect(
    told(article('a', ['GB/T 28592—2012 降水量等级']), article('b', ['GB/T28592-2012 降水量等级'])),
  ).toEqual([
    [
      'error',
      'content/articles/b.mdx',
      5,
      '同一个标准有几种写法（这里“GB/T28592-2012”），请写成“GB/T 28592—2012”',
    ],
  ]);
  expect(
    told(article('a', ['GB 2763—2021 限量', '别的书']), article('b', [], '第一行\n按 GB 2763-2021 办')),
  ).toEqual([['error', 'content/articles/b.mdx', 21, expect.stringContaining('请写成“GB 2763—2021”')]]);
  expect(told(article('a', ['GB/T28592-2012 降水量等级']))).toEqual([]);
});

test('名录里写明被代替的，资料来源引用它报错，正文提到它提醒', () => {
  const replaced = list([{ id: 'GB 2763—2021', replacedBy: 'GB 2763—2026' }]);
  expect(
    told(
      replaced,
      article('a', ['书', 'GB 2763—2021 限量']),
      article('b', ['GB 2763—2026 限量'], 'GB 2763—2021'),
    ),
  ).toEqual([
    [
      'error',
      'content/articles/a.mdx',
      6,
      'GB 2763—2021 已经被 GB 2763—2026 代替；请查新标准，内容改对以后换成它',
    ],
    ['warning', 'content/articles/b.mdx', 20, expect.stringContaining('已经被 GB 2763—2026 代替')],
  ]);
});

test('同一份资料只差空格和全半角，提醒写成一样', () => {
  const files = [
    article('a', ['规范（2023 年版）', '书']),
    article('b', ['规范（2023 年版）']),
    article('c', ['规范(2023年版)']),
  ];
  expect(checkSourceTitles({ files }).map(({ file, message }) => [file, message])).toEqual([
    ['content/articles/c.mdx', '同一份资料有几种写法，请写成“规范（2023 年版）”'],
  ]);
});

test('资料清单先列标准，写明编号、题名、年份和引用它的文章', () => {
  const files = [article('a', ['内科学', 'GB 2763—2021 限量']), article('b', ['内科学'])];
  expect(sourcesText(sourcesOf({ files }))).toBe(
    [
      '1. GB 2763—2021 限量，2021',
      '      content/articles/a.mdx',
      '2. 内科学，2021',
      '      content/articles/a.mdx',
      '      content/articles/b.mdx',
    ].join('\n'),
  );
});
