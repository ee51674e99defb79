import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { deadLinks } from '../support/links.ts';
import { pagesOf } from '../support/pages.ts';
import { builtSite } from '../support/site.ts';

const { outDir } = await builtSite();
const pages = pagesOf(outDir);

test('站内没有打不开的链接、图片和页内定位，页面地址都带末尾的斜杠', () => {
  expect(deadLinks(outDir, pages)).toEqual([]);
});

test('导航里的每个栏目都有自己的页面', () => {
  const sections = [
    'articles',
    'rumours',
    'events',
    'caravan',
    'bases',
    'facilities',
    'townships',
    'campaigns',
  ];
  const more = [
    'experts',
    'teams',
    'organisations',
    'honours',
    'documents',
    'news',
    'statistics',
    'search',
    'sitemap',
    'help',
  ];
  const missing = [...sections, ...more].filter((name) => !existsSync(join(outDir, name, 'index.html')));
  expect(missing).toEqual([]);
  expect(statSync(join(outDir, '404.html')).isFile()).toBe(true);
});
