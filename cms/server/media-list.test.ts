import { expect, test } from 'vitest';
import { MEDIA_PAGE_SIZE, pageOfMedia } from './media-list.ts';

const media = (name: string) => ({ path: `uploads/${name}`, size: 1 });
const names = (query: string, imagesOnly = false) =>
  pageOfMedia(['qing-zhu-jiao-lq3f.jpg', '2026/ke-pu-ri.PNG', 'an-quan-shou-ce.pdf', 'tu-7.svg'].map(media), {
    query,
    imagesOnly,
  }).files.map(({ path }) => path);

test('1,500 uploads come page by page: each once, in order', () => {
  const all = Array.from({ length: 1500 }, (_, index) => media(`tu-${index}.png`));
  const pages = Array.from({ length: 26 }, (_, index) => pageOfMedia(all, { page: index + 1 }));
  expect(pages.flatMap(({ files }) => files)).toEqual(all);
  expect(pages.map(({ hasMore }) => hasMore).indexOf(false)).toBe(Math.ceil(1500 / MEDIA_PAGE_SIZE) - 1);
});

test.each([
  ['Chinese words', '青贮', ['uploads/qing-zhu-jiao-lq3f.jpg']],
  ['one character', '窖', ['uploads/qing-zhu-jiao-lq3f.jpg']],
  ['two words', '手册 安全', ['uploads/an-quan-shou-ce.pdf']],
  ['part of a name', 'zhu-ji', ['uploads/qing-zhu-jiao-lq3f.jpg']],
  ['capitals and the kind of file', 'KEPU png', ['uploads/2026/ke-pu-ri.PNG']],
  ['nothing like it', '大豆', []],
  ['marks that mean something to programs', '.*[', []],
])('found by %s: 「%s」', (_, words, found) => {
  expect(names(words)).toEqual(found);
});

test('pictures alone', () => {
  expect(names('', true)).not.toContain('uploads/an-quan-shou-ce.pdf');
  expect(names('', true)).toHaveLength(3);
});
