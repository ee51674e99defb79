import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lastChanges } from '../../src/site/last-changes.ts';
import { currentContent } from '../../src/store/index.ts';
import { launchBrowser } from '../support/browser.ts';
import { faultsOfAtom, faultsOfJsonFeed } from '../support/feed-rules.ts';
import { pagesOf } from '../support/pages.ts';
import { builtSite } from '../support/site.ts';

const { url, outDir } = await builtSite();
const pages = pagesOf(outDir);
const text = (file: string) => readFileSync(join(outDir, file), 'utf8');

/** The public address of the demo site, from its settings. */
const SITE = 'https://kepu.maihe.example/';
const PUBLIC = /^https:\/\/kepu\.maihe\.example\//;
const BEIJING = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+08:00$/;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const isPage = (address: string) =>
  pages.some((page) => page.address === decodeURI(new URL(address).pathname));

test('feed.xml 是合格的 Atom：XML 读得通，每条有编号、题目、北京时间和打得开的完整网址', async () => {
  const tab = await browser.newPage();
  await tab.goto(`${url}/about/`);
  const feed = await tab.evaluate((xml) => {
    const document = new DOMParser().parseFromString(xml, 'application/xml');
    const textOf = (parent: Element, name: string) =>
      [...parent.children].find((child) => child.localName === name)?.textContent ?? '';
    return {
      broken: document.querySelector('parsererror')?.textContent ?? '',
      root: document.documentElement.localName,
      namespace: document.documentElement.namespaceURI,
      self: document.querySelector('feed > link[rel=self]')?.getAttribute('href') ?? '',
      updated: textOf(document.documentElement, 'updated'),
      entries: [...document.querySelectorAll('feed > entry')].map((entry) => ({
        id: textOf(entry, 'id'),
        title: textOf(entry, 'title'),
        summary: textOf(entry, 'summary'),
        published: textOf(entry, 'published'),
        updated: textOf(entry, 'updated'),
        link: entry.querySelector('link')?.getAttribute('href') ?? '',
      })),
    };
  }, text('feed.xml'));
  await tab.close();
  expect(feed).toMatchObject({ broken: '', root: 'feed', namespace: 'http://www.w3.org/2005/Atom' });
  expect(feed.self).toMatch(/^https:\/\/.*\/feed\.xml$/);
  expect(feed.updated).toMatch(BEIJING);
  expect(feed.entries.length).toBeGreaterThan(10);
  expect(new Set(feed.entries.map(({ id }) => id)).size).toBe(feed.entries.length);
  for (const entry of feed.entries) {
    expect(entry.title, entry.id).not.toBe('');
    expect(entry.summary, entry.id).not.toBe('');
    expect(entry.published, entry.id).toMatch(BEIJING);
    expect(entry.updated, entry.id).toMatch(BEIJING);
    expect(entry.updated >= entry.published, entry.id).toBe(true);
    expect(entry.link).toMatch(PUBLIC);
    expect(isPage(entry.link), entry.link).toBe(true);
  }
});

test('feed.json 是合格的 JSON Feed 1.1，与 Atom 同样的条目', () => {
  const feed = JSON.parse(text('feed.json')) as Record<string, unknown> & {
    items: {
      id: string;
      url: string;
      title: string;
      date_published: string;
      summary?: string;
      content_text?: string;
    }[];
  };
  expect(feed.version).toBe('https://jsonfeed.org/version/1.1');
  expect(feed.title).toBeTruthy();
  expect(feed.home_page_url).toMatch(PUBLIC);
  expect(feed.feed_url).toMatch(/\/feed\.json$/);
  expect(feed.language).toBe('zh-CN');
  for (const item of feed.items) {
    expect(item.id).toBeTruthy();
    expect(item.url).toMatch(PUBLIC);
    expect(isPage(item.url), item.url).toBe(true);
    expect(item.date_published).toMatch(BEIJING);
    // JSON Feed 1.1: an item without content is no item.
    expect(item.content_text ?? (item as { content_html?: string }).content_html, item.url).toBeTruthy();
  }
  const inAtom = [...text('feed.xml').matchAll(/<entry>\s*<id>([^<]*)<\/id>/g)].map(([, id]) => id);
  expect(feed.items.map((item) => item.url)).toEqual(inAtom);
});

test('每一个订阅源都严格合 Atom 和 JSON Feed 的规矩', () => {
  const atoms = globSync('**/feed.xml', { cwd: outDir }).map((file) => file.replaceAll('\\', '/'));
  expect(atoms.sort()).toEqual(['caravan/changes/feed.xml', 'events/changes/feed.xml', 'feed.xml']);
  for (const file of atoms) expect(faultsOfAtom(text(file), `${SITE}${file}`), file).toEqual([]);
  expect(faultsOfJsonFeed(text('feed.json'), `${SITE}feed.json`)).toEqual([]);
});

test('站点地图里的页面有最近改动的日期，都是内容里的日期，不是生成的时刻', () => {
  const urls = [
    ...text('sitemap-0.xml').matchAll(/<url><loc>([^<]*)<\/loc>(?:<lastmod>([^<]*)<\/lastmod>)?/g),
  ].map(([, loc = '', changed]) => ({ address: new URL(loc).pathname, changed }));
  const changeOf = lastChanges(currentContent());
  for (const { address, changed } of urls) {
    const recorded = changeOf(address);
    expect(changed && new Date(changed).getTime(), address).toBe(recorded && new Date(recorded).getTime());
    if (changed) expect(changed, address).toMatch(/:00\.000Z$/);
  }
  expect(urls.filter(({ changed }) => changed).length / urls.length).toBeGreaterThan(0.9);
  expect(text('sitemap-index.xml')).toContain('<lastmod>');
});

test('每一页都指向订阅地址，写的类型与文件相符', () => {
  const types = { 'feed.xml': 'application/atom+xml', 'feed.json': 'application/feed+json' };
  const home = pages.find(({ address }) => address === '/')?.html ?? '';
  for (const [file, type] of Object.entries(types))
    expect(home).toMatch(
      new RegExp(`<link rel="alternate" type="${type.replace('+', '\\+')}"[^>]*href="/${file}"`),
    );
});

test('站点地图里每一张公开的页面恰好一次，没有别的', () => {
  const index = [...text('sitemap-index.xml').matchAll(/<loc>([^<]*)<\/loc>/g)].map(
    ([, loc]) => loc as string,
  );
  const listed = index.flatMap((loc) =>
    [...text(new URL(loc).pathname).matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, address]) => address as string),
  );
  const paths = listed.map((address) => decodeURI(new URL(address).pathname)).sort();
  const open = pages
    .filter(({ html }) => !/<meta name="robots" content="noindex">/.test(html))
    .map(({ address }) => address)
    .sort();
  expect(paths).toEqual(open);
  expect(listed.every((address) => PUBLIC.test(address))).toBe(true);
});

test('robots.txt 指出站点地图，不让抓后台', () => {
  expect(text('robots.txt')).toMatch(/^User-agent: \*\nDisallow: \/admin\/\n/);
  expect(text('robots.txt')).toContain('Sitemap: https://kepu.maihe.example/sitemap-index.xml');
});

test('分享图都在，是 1200×630 的 PNG', () => {
  const shown = pages.flatMap(({ html }) =>
    [...html.matchAll(/<meta property="og:image" content="([^"]*)"/g)].map(
      ([, address]) => address as string,
    ),
  );
  expect(shown.length).toBeGreaterThan(40);
  for (const address of new Set(shown)) {
    expect(address).toMatch(PUBLIC);
    const file = join(outDir, new URL(address).pathname);
    expect(existsSync(file), file).toBe(true);
    if (!file.endsWith('.png')) continue;
    const header = readFileSync(file).subarray(16, 24);
    expect([header.readUInt32BE(0), header.readUInt32BE(4)], file).toEqual([1200, 630]);
  }
});
