import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { siteHandler } from '../../cms/server/http/site/index.ts';
import { launchBrowser } from '../support/browser.ts';
import { pagesOf } from '../support/pages.ts';
import { builtSite } from '../support/site.ts';

const { outDir } = await builtSite();
const pages = pagesOf(outDir);
const addressOf = (template: string) => pages.find((page) => page.template === template)?.address ?? '';
const SCHOOL = addressOf('caravan/school/[id]/index.astro');
const ARTICLES = pages
  .filter(({ template }) => template === 'articles/[slug]/index.astro')
  .map(({ address }) => address);

/** A copy of the site that can change, served as the office's own server serves it. */
const site = mkdtempSync(join(tmpdir(), 'portal-offline-'));
let server: Server;
let url: string;
/** Milliseconds before anything is answered; undefined answers nothing at all. */
let delay: number | undefined = 0;
const asked: string[] = [];

let browser: Browser;
let context: BrowserContext;
let tab: Page;

beforeAll(async () => {
  cpSync(outDir, site, { recursive: true });
  const handle = siteHandler({
    folder: () => site,
    uploads: site,
    editor: site,
    base: '/',
    mayEdit: () => true,
  });
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    if (delay === undefined) return void request.socket.destroy();
    setTimeout(() => {
      if (request.method === 'POST' || request.url?.startsWith('/api/'))
        response.writeHead(200, { 'content-type': 'text/html' }).end('<title>不该存</title>');
      else handle(request, response);
    }, delay);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  server.closeAllConnections();
  server.close();
  rmSync(site, { recursive: true, force: true });
});
beforeEach(async () => {
  delay = 0;
  context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  tab = await context.newPage();
});
afterEach(() => context.close());

const note = () => tab.getByText('网络不通或太慢');

/** Waits until a worker has the page in hand. */
const inCharge = () =>
  tab.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated', undefined, {
    timeout: 60_000,
  });

/** Addresses of all pages that are kept. */
const kept = () =>
  tab.evaluate(async () => {
    const found: string[] = [];
    for (const name of await caches.keys())
      for (const { url: address } of await (await caches.open(name)).keys())
        if (name.endsWith('pages') || name.endsWith('schools')) found.push(new URL(address).pathname);
    return found;
  });

async function read(...addresses: string[]): Promise<void> {
  for (const address of addresses) {
    await tab.goto(url + address);
    await expect.poll(kept, { timeout: 30_000 }).toContain(address);
  }
}

/** Rewrites a page of the served site, as a new release does. */
function release(address: string, from: string, to: string): void {
  const file = join(site, address, 'index.html');
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(from, to));
}

test('断网以后，大篷车日程、看过的学校和读过的文章都能打开，页面说明这是存下的', async () => {
  const article = ARTICLES[0] ?? '';
  await tab.goto(`${url}/`);
  await inCharge();
  await read(SCHOOL, article);
  const title = await tab.locator('h1').textContent();
  await context.setOffline(true);
  await tab.reload();
  expect(await tab.locator('h1').textContent()).toBe(title);
  expect(await note().isVisible()).toBe(true);
  // The schedule was never opened: it came with the worker.
  await tab.getByRole('link', { name: '大篷车', exact: true }).first().click();
  await tab.waitForURL(`${url}/caravan/`);
  expect(await tab.locator('h1').textContent()).toContain('大篷车');
  await tab.goto(`${url}${SCHOOL}?from=qr`);
  expect(await note().isVisible()).toBe(true);
  // The page that brought the worker is kept too.
  await tab.goto(`${url}/`);
  expect(await note().isVisible()).toBe(true);
  await context.setOffline(false);
  await tab.reload();
  expect(await note().count()).toBe(0);
});

test('只来过一次首页，断网以后也打得开紧急求助和它的每一篇急救文章', async () => {
  await tab.goto(`${url}/`);
  await inCharge();
  await context.setOffline(true);
  await tab.goto(`${url}/emergency/`);
  const addresses = await tab
    .locator('main a[href^="/articles/"]')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  expect(addresses.length).toBeGreaterThan(15);
  for (const address of addresses) {
    await tab.goto(url + address);
    expect(await tab.locator('.now').isVisible(), address ?? '').toBe(true);
  }
});

test('没存过的页面，断网时看到离线阅读页，列着存下的页面，点得开，也能清空', async () => {
  const [first = '', second = ''] = ARTICLES;
  await tab.goto(`${url}/`);
  await inCharge();
  await read(first);
  await context.setOffline(true);
  await tab.goto(url + second);
  expect(await tab.locator('h1').textContent()).toBe('离线阅读');
  await tab.locator(`kept-pages a[href="${first}"]`).click();
  await tab.waitForURL(url + first);
  expect(await tab.locator('main').textContent()).toContain((await tab.title()).split(' · ')[0]);
  await tab.goto(`${url}/offline/`);
  await tab.getByRole('button', { name: '清空存下的页面' }).click();
  expect(await kept()).toEqual([]);
});

test('发布了新版本，联网打开就是新的，旧的工作进程自己让位，旧的外壳清掉', async () => {
  await tab.goto(`${url}/caravan/`);
  await inCharge();
  const shells = () =>
    tab.evaluate(async () => (await caches.keys()).filter((name) => name.includes('shell')));
  const before = await shells();
  release('caravan', '<h1', '<p id="release-2">新版</p><h1');
  const worker = join(site, 'sw.js');
  writeFileSync(
    worker,
    readFileSync(worker, 'utf8').replace(/"version":"\w+"/, '"version":"0000000000000002"'),
  );
  await tab.reload();
  expect(await tab.locator('#release-2').count()).toBe(1);
  await expect.poll(shells, { timeout: 30_000 }).toEqual([expect.stringContaining('0000000000000002')]);
  expect(before).toHaveLength(1);
  await context.setOffline(true);
  await tab.reload();
  expect(await tab.locator('#release-2').count()).toBe(1);
});

test('线路很慢时先看存下的，网络好了再打开就是新的；服务器出错时也看存下的', async () => {
  const article = ARTICLES[1] ?? '';
  await tab.goto(url + article);
  await inCharge();
  await read(article);
  // Beyond the worker’s patience of four seconds.
  delay = 10_000;
  const start = Date.now();
  await tab.reload({ waitUntil: 'domcontentloaded' });
  expect(await note().isVisible()).toBe(true);
  expect(Date.now() - start).toBeLessThan(9500);
  delay = undefined;
  await tab.reload();
  expect(await note().isVisible()).toBe(true);
  delay = 0;
  // The browser may still wait for its own slow request of the same page.
  const fresh = async () => {
    await tab.reload();
    return note().count();
  };
  await expect.poll(fresh, { timeout: 60_000 }).toBe(0);
});

test('最多存 30 页，最早读的先去掉；学校页另外留着', async () => {
  await tab.goto(`${url}/`);
  await inCharge();
  await read(SCHOOL, ...ARTICLES.slice(0, 34));
  await expect.poll(async () => (await kept()).length).toBe(31);
  const now = await kept();
  expect(now).toContain(SCHOOL);
  expect(now).not.toContain(ARTICLES[0]);
  expect(now).toContain(ARTICLES[33]);
});

test('后台、接口和提交的内容从不存下', async () => {
  await tab.goto(`${url}/`);
  await inCharge();
  await tab.goto(`${url}/api/stops.html`);
  await tab.goto(`${url}/admin/`).catch(() => undefined);
  await tab.goto(`${url}/`);
  await tab.evaluate(() => fetch('/caravan/request/', { method: 'POST', body: 'name=x' }));
  expect(asked).toContain('POST /caravan/request/');
  expect((await kept()).filter((address) => /^\/(?:admin|api|caravan\/request)/.test(address))).toEqual([]);
});

test('存储空间满了，网站照常，断网时能看多少看多少', async () => {
  const session = await context.newCDPSession(tab);
  await tab.goto(`${url}/`);
  await inCharge();
  await session.send('Storage.overrideQuotaForOrigin', { origin: url, quotaSize: 1 });
  for (const address of ARTICLES.slice(2, 5)) {
    await tab.goto(url + address);
    expect(await tab.locator('h1').isVisible()).toBe(true);
  }
  await context.setOffline(true);
  await tab.goto(`${url}/caravan/`);
  expect(await tab.locator('h1').isVisible()).toBe(true);
});

test('出了问题可以收回：换上 off 的工作进程，下一次打开就全部清掉', async () => {
  await tab.goto(`${url}/`);
  await inCharge();
  const worker = join(site, 'sw.js');
  const original = readFileSync(worker, 'utf8');
  writeFileSync(worker, original.replace('"off":false', '"off":true'));
  try {
    await tab.reload();
    await expect.poll(() => tab.evaluate(() => caches.keys()), { timeout: 30_000 }).toEqual([]);
    await tab.goto(`${url}/caravan/`);
    expect(await tab.locator('h1').isVisible()).toBe(true);
  } finally {
    writeFileSync(worker, original);
  }
});

test('没有 Service Worker 的老手机照常看，没有报错', async () => {
  const errors: string[] = [];
  tab.on('pageerror', (error) => errors.push(error.message));
  await tab.addInitScript(() => {
    Reflect.deleteProperty(Navigator.prototype, 'serviceWorker');
  });
  await tab.goto(`${url}/`, { waitUntil: 'networkidle' });
  expect(await tab.evaluate(() => 'serviceWorker' in navigator)).toBe(false);
  expect(await tab.locator('h1').first().isVisible()).toBe(true);
  expect(errors).toEqual([]);
});
