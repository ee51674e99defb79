import { expect, test } from 'vitest';
import { contentType } from './content-type.ts';

test('文字类的文件带上编码，别的不带', () => {
  expect(contentType('/index.html')).toBe('text/html; charset=utf-8');
  expect(contentType('/caravan/calendar.ics')).toBe('text/calendar; charset=utf-8');
  expect(contentType('sitemap.xml')).toBe('application/xml; charset=utf-8');
  expect(contentType('/feed.xml')).toBe('application/atom+xml; charset=utf-8');
  expect(contentType('/caravan/changes/feed.xml')).toBe('application/atom+xml; charset=utf-8');
  expect(contentType('feed.json')).toBe('application/feed+json; charset=utf-8');
  expect(contentType('uploads/county.geojson')).toBe('application/geo+json; charset=utf-8');
  expect(contentType('manifest.webmanifest')).toBe('application/manifest+json; charset=utf-8');
  expect(contentType('a.SVG')).toBe('image/svg+xml; charset=utf-8');
  expect(contentType('a.avif')).toBe('image/avif');
  expect(contentType('教案.docx')).toMatch(/^application\/vnd\..*document$/);
});

test('没有扩展名、认不出的扩展名没有类型', () => {
  for (const path of ['', '/caravan', 'a.b/c', 'a.pf_meta', 'a.constructor', 'a.__proto__'])
    expect(contentType(path), path).toBeUndefined();
});
