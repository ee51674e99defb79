import { expect, test } from 'vitest';
import { openContent } from '../store/index.ts';
import { articles } from '../types/articles.ts';
import type { CheckedFile, Corpus } from './corpus.ts';
import { checkLinks } from './links.ts';
import { outsideLinksOf } from './outside-links.ts';

const bodyWith = (html: string, body = '') =>
  ({
    kind: 'articles',
    slug: 'jia',
    file: 'content/articles/jia.mdx',
    data: {},
    entry: { body, bodyLine: 10, lineOf: () => 3 },
    rendered: { html },
  }) as unknown as CheckedFile;

const corpusOf = (file: CheckedFile, basePath = ''): Corpus => ({
  content: openContent({ basePath }),
  files: [file],
  broken: [],
  slugs: new Map([['articles', new Set(['jia'])]]),
  problems: [],
});

test('网站放在子路径下面，打不开的还是那几个链接', () => {
  const html = (base: string) =>
    `<a href="${base}/articles/jia/">甲</a><a href="${base}/articles/yi/">乙</a><a href="${base}/">首页</a>`;
  for (const base of ['', '/kepu', '/a/b']) {
    expect(checkLinks(corpusOf(bodyWith(html(base)), base)).map(({ message }) => message)).toEqual([
      expect.stringContaining('链接「/articles/yi/」打不开'),
    ]);
  }
});

test('坏链接很多时只列前面的，最前面的几条带猜测，并说明还有', () => {
  const links = Array.from({ length: 300 }, (_, index) => `<a href="/articles/no-${index}/">无</a>`);
  const found = checkLinks(corpusOf(bodyWith(links.join(''))));
  expect(found).toHaveLength(51);
  expect(found.at(-1)?.message).toMatch(/还有，没有全部列出/);
  const near = Array.from({ length: 20 }, (_, index) => `<a href="/articles/ji${index}/">甲</a>`).join('');
  const guessed = checkLinks(corpusOf(bodyWith(near))).filter(({ message }) => /是不是「jia」/.test(message));
  expect(guessed).toHaveLength(5);
});

test('正文和字段里的外部链接都找得到；本站的链接、只是提到网址的文字不算', () => {
  const address = 'https://www.who.int/zh/?a=1&amp;b=2';
  const article = {
    ...bodyWith(
      `<a href="${address}">世卫</a><a href="${address}">又一次</a><a href="/about/">本站</a><a href="https://kx.example.cn/about/">本站</a>`,
      '第一行\n\n[世卫](https://www.who.int/zh/?a=1&b=2)',
    ),
    schema: articles.schema,
    data: {
      title: 'https://www.iau.org 是什么网站',
      sources: [{ title: '标准', url: 'https://openstd.samr.gov.cn/' }],
    },
  } as CheckedFile;
  const settings = { ...bodyWith(''), kind: 'settings', data: { url: 'https://kx.example.cn' } };
  expect(outsideLinksOf({ content: openContent(), files: [article, settings] })).toEqual([
    {
      address: 'https://openstd.samr.gov.cn/',
      file: article.file,
      line: 3,
      field: '「资料来源」第 1 项「网址」',
    },
    { address: 'https://www.who.int/zh/?a=1&b=2', file: article.file, line: 12, field: undefined },
  ]);
});
