import fc from 'fast-check';
import { expect, test } from 'vitest';
import { articles } from '../types/articles.ts';
import { formerSlugs, type Redirect, slugIn, withMove } from './redirects.ts';
import { pages } from '../types/site.ts';

test('从网址认出网址名；别的栏目、下一层的网址都不是', () => {
  expect(slugIn(articles, '/articles/yumi/')).toBe('yumi');
  expect(slugIn(articles, '/articles/yumi/poster/')).toBeUndefined();
  expect(slugIn(articles, '/articles/')).toBeUndefined();
  expect(slugIn(articles, '/events/yumi/')).toBeUndefined();
  expect(slugIn(pages, '/about/')).toBe('about');
});

test('搬两次家，两个旧地址都直接到最后的地址', () => {
  const once = withMove([], '/articles/jia/', '/articles/yi/');
  const twice = withMove(once, '/articles/yi/', '/articles/bing/');
  expect(twice).toEqual([
    { id: '/articles/jia/', to: '/articles/bing/' },
    { id: '/articles/yi/', to: '/articles/bing/' },
  ]);
  expect(formerSlugs(articles, 'bing', twice)).toEqual(['jia', 'yi']);
});

test('搬回原处，原来的地址不再转走', () => {
  const there = withMove([], '/articles/jia/', '/articles/yi/');
  expect(withMove(there, '/articles/yi/', '/articles/jia/')).toEqual([
    { id: '/articles/yi/', to: '/articles/jia/' },
  ]);
});

test('怎样搬都一步到底：没有一个旧地址转到另一个旧地址，也不会转圈', () => {
  const address = fc.constantFrom('/a/', '/b/', '/c/', '/d/', '/e/');
  fc.assert(
    fc.property(fc.array(fc.tuple(address, address), { maxLength: 20 }), (moves) => {
      const redirects = moves
        .filter(([from, to]) => from !== to)
        .reduce<Redirect[]>((list, [from, to]) => withMove(list, from, to), []);
      const former = new Set(redirects.map(({ id }) => id));
      expect(former.size).toBe(redirects.length);
      expect(redirects.filter(({ to }) => former.has(to))).toEqual([]);
    }),
  );
});
