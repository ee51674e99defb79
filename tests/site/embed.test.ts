import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { siteHandler } from '../../cms/server/http/site/index.ts';
import { launchBrowser } from '../support/browser.ts';
import { pagesOf } from '../support/pages.ts';
import { builtSite } from '../support/site.ts';

/** Pages that a school puts into its own site, sent by the real server to a page of another origin. */

const EMBED_BYTES = 4000;

const { outDir } = await builtSite();
const embeds = pagesOf(outDir).filter(({ address }) => address.startsWith('/embed/'));

const listen = (server: Server) =>
  new Promise<string>((resolve) =>
    server.listen(0, '127.0.0.1', () =>
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    ),
  );

let browser: Browser;
let portal: Server;
let school: Server;
let portalUrl: string;
let schoolUrl: string;
beforeAll(async () => {
  browser = await launchBrowser();
  portal = createServer(
    siteHandler({ folder: () => outDir, uploads: outDir, editor: outDir, base: '/', mayEdit: () => false }),
  );
  portalUrl = await listen(portal);
  school = createServer((request, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><title>学校</title><iframe src="${portalUrl}${request.url}"></iframe>`);
  });
  schoolUrl = await listen(school);
});
afterAll(async () => {
  await browser.close();
  portal.close();
  school.close();
});

/** Heading of the page that the browser shows inside the school's page. */
async function framed(path: string): Promise<string> {
  const tab = await browser.newPage();
  await tab.goto(schoolUrl + path, { waitUntil: 'load' });
  const frame = tab.frames().find((one) => one !== tab.mainFrame());
  const text = await frame?.evaluate(() => document.querySelector('h1')?.textContent ?? '').catch(() => '');
  await tab.close();
  return text ?? '';
}

test('学校的网站能嵌入日程，嵌不了别的页面', async () => {
  expect(await framed('/embed/school/shiqiao-zhongxue/')).toBe('大篷车到石桥镇中学');
  // Chromium puts a page of its own in its place.
  expect(await framed('/caravan/')).toContain('blocked');
});

test('嵌入的页面很小，没有脚本，不让搜索引擎收，链接都在新窗口打开门户', () => {
  expect(embeds.length).toBeGreaterThan(20);
  for (const { address, html } of embeds) {
    expect(brotliCompressSync(html).length, address).toBeLessThan(EMBED_BYTES);
    expect(html, address).not.toContain('<script');
    expect(html, address).toContain('<meta name="robots" content="noindex">');
    const links = html.match(/<a [^>]*>/g) ?? [];
    expect(links.length, address).toBeGreaterThan(0);
    for (const link of links) expect(link).toMatch(/href="https:\/\/[^"]*" target="_blank" rel="noopener"/);
  }
});
