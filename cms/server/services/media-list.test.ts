import { expect, test } from 'vitest';
import { MEDIA_PAGE_SIZE, pageOfMedia } from './media-list.ts';

const media = (name: string) => ({ path: `uploads/${name}`, size: 1 });
const names = (query: string, imagesOnly = false) =>
  pageOfMedia(['qing-zhu-jiao-lq3f.jpg', '2026/ke-pu-ri.PNG', 'an-quan-shou-ce.pdf', 'tu-7.svg'].map(media), {
    query,
    imagesOnly,
  }).files.map(({ path }) => path);

test('1500 个上传文件一页一页给，每个一次，次序不变', () => {
  const all = Array.from({ length: 1500 }, (_, index) => media(`tu-${index}.png`));
  const pages = Array.from({ length: 26 }, (_, index) => pageOfMedia(all, { page: index + 1 }));
  expect(pages.flatMap(({ files }) => files)).toEqual(all);
  expect(pages.map(({ hasMore }) => hasMore).indexOf(false)).toBe(Math.ceil(1500 / MEDIA_PAGE_SIZE) - 1);
});

test.each([
  ['汉字', '青贮', ['uploads/qing-zhu-jiao-lq3f.jpg']],
  ['一个字', '窖', ['uploads/qing-zhu-jiao-lq3f.jpg']],
  ['两个词', '手册 安全', ['uploads/an-quan-shou-ce.pdf']],
  ['名字的一部分', 'zhu-ji', ['uploads/qing-zhu-jiao-lq3f.jpg']],
  ['大写和文件种类', 'KEPU png', ['uploads/2026/ke-pu-ri.PNG']],
  ['没有像的', '大豆', []],
  ['程序里有意义的符号', '.*[', []],
])('找上传文件，%s：「%s」', (_, words, found) => {
  expect(names(words)).toEqual(found);
});

test('只要图片', () => {
  expect(names('', true)).not.toContain('uploads/an-quan-shou-ce.pdf');
  expect(names('', true)).toHaveLength(3);
});
