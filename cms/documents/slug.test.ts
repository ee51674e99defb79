import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SLUG } from '../../src/model/slug.ts';
import { defaultSlug, slugify, uploadName } from './slug.ts';

test('标题变成拼音，词之间用连字符', () => {
  expect(slugify('科学实验')).toBe('kexue-shiyan');
  expect(slugify('5G 基站会让人生病吗？')).toMatch(/^5g-/);
  expect(slugify('女娲补天')).toMatch(/^nv?wa/);
  expect(slugify('“！”')).toBe('');
});

test('有日期的内容，网址名以日期开头', () => {
  expect(defaultSlug('科学实验', '2026-10-24T09:00')).toBe('2026-10-24-kexue-shiyan');
  expect(defaultSlug('科学实验')).toBe('kexue-shiyan');
});

test('标题只要有字母或汉字，就得到网站收得下的名字', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (title) => {
      const slug = slugify(title);
      expect(slug === '' || SLUG.test(slug), slug).toBe(true);
      expect(slug.length).toBeLessThanOrEqual(60);
    }),
  );
});

test('上传文件的名字安全，也不和别的重复', () => {
  expect(uploadName('科学 实验.JPG', 1_700_000_000_000)).toBe('kexue-shiyan-loyw3v28.jpg');
  expect(uploadName('../../etc/passwd', 36)).toMatch(/^[a-z0-9.-]+$/);
  expect(uploadName('？.png', 36)).toBe('file-10.png');
});
