import fc from 'fast-check';
import { expect, test } from 'vitest';
import { articles } from '../../../../src/types/articles.ts';
import { types } from '../../../../src/types/index.ts';
import { withPlaceholders } from './placeholders.ts';

test('什么也没写，每种内容也凑得出一条', () => {
  for (const { name, schema } of types) {
    const data = withPlaceholders(schema, {});
    expect(data, name).toBeDefined();
    expect(schema.safeParse(data).success, name).toBe(true);
  }
});

test('写了的留着，缺的标出名称，错的略去', () => {
  const data = withPlaceholders(articles.schema, {
    title: '青贮',
    kind: 'article',
    published: '2026-13-45',
    nextReview: '明年',
    sources: [{ title: '国标' }, { url: 'https://a.example' }],
    nonsense: 1,
  });
  expect(data).toMatchObject({ title: '青贮', kind: 'article', summary: '（摘要）', author: '（作者）' });
  expect(data?.published).toMatch(/^\d{4}-\d\d-\d\d$/);
  expect(data).not.toHaveProperty('nextReview');
  expect(data).not.toHaveProperty('nonsense');
  expect(data?.sources[0]).toMatchObject({ title: '国标' });
});

test('太长的文字照写的样子看，不是网址的网址不显示', () => {
  const title = '长'.repeat(80);
  const data = withPlaceholders(articles.schema, {
    title,
    sources: [{ title: '甲', url: 'javascript:alert(1)' }],
  });
  expect(data?.title).toBe(title);
  expect(JSON.stringify(data)).not.toContain('javascript');
});

test('不论表单里是什么，都不改动它，也不出错', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...types),
      fc.dictionary(
        fc.constantFrom('title', 'kind', 'start', 'sources', 'cover', 'published', '__proto__', 'x'),
        fc.jsonValue(),
      ),
      ({ schema }, written) => {
        const before = JSON.stringify(written);
        expect(() => withPlaceholders(schema, written)).not.toThrow();
        expect(JSON.stringify(written)).toBe(before);
      },
    ),
    { examples: [[articles, { kind: { toString: ' ' } }]] },
  );
});
