import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pageAddress, pageNumbers, pagesOf } from './pages.ts';

describe('分页', () => {
  test('空列表也有一页', () => expect(pagesOf([], 10)).toEqual([{ items: [], page: 1, pages: 1 }]));
  test('每一项恰好出现一次，次序不变', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 20 }), (items, size) => {
        expect(pagesOf(items, size).flatMap((page) => page.items)).toEqual(items);
      }),
    );
  });
  test('第一页就是列表本身的地址', () => {
    expect(pageAddress('/articles/', 1)).toBe('/articles/');
    expect(pageAddress('/articles/', 3)).toBe('/articles/page/3/');
  });
  test('页码保留首页、末页和左右邻页', () => {
    expect(pageNumbers(5, 10)).toEqual([1, 0, 4, 5, 6, 0, 10]);
    expect(pageNumbers(1, 1)).toEqual([1]);
    expect(pageNumbers(3, 5)).toEqual([1, 2, 3, 4, 5]);
  });
});
