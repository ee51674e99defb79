import { expect, test } from 'vitest';
import { routeNames } from './routes.ts';

test('栏目、固定页面和上传目录的名字不能做单页的网址，动态路由不算', () => {
  const taken = routeNames(['bases', 'help.mdx', 'index.astro', '[page].astro', 'feed.xml.ts'], ['uploads']);
  for (const name of ['bases', 'help', 'index', 'feed', 'uploads', 'admin'])
    expect(taken.has(name)).toBe(true);
  expect(taken.has('about')).toBe(false);
  expect(taken.has('[page]')).toBe(false);
});
