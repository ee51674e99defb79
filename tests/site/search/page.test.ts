import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ARTICLE_KINDS } from '../../../src/articles/type.ts';
import { directoryAddresses } from './directory.ts';
import { searchRecords } from '../../../src/search/records.ts';
import { launchBrowser } from '../../support/browser.ts';
import { builtSite, type Site } from '../../support/site.ts';

let site: Site;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  site = await builtSite();
  browser = await launchBrowser();
});
afterAll(() => browser?.close());
afterEach(() => page?.context().close());

async function open(
  address: string,
  options: BrowserContextOptions = {},
  prepare?: (page: Page) => Promise<unknown>,
) {
  const context = await browser.newContext(options);
  page = await context.newPage();
  await prepare?.(page);
  await page.goto(site.url + address);
}

const input = () => page.getByRole('combobox', { name: '搜索全站' });
const options = () => page.getByRole('option');
const results = () => page.locator('search-panel .tier li');
const settled = () => page.locator('search-panel[aria-busy=false]').waitFor();
const status = () => page.locator('search-panel [data-part=status]');

async function searchFor(query: string) {
  await input().fill(query);
  await page.keyboard.press('Enter');
  await settled();
}

describe('suggestions', () => {
  test('appear while typing, are chosen with the arrow keys and opened with Enter', async () => {
    await open('/search/');
    await input().pressSequentially('青贮');
    await options().first().waitFor();
    expect(await input().getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const second = options().nth(1);
    expect(await second.getAttribute('aria-selected')).toBe('true');
    expect(await input().getAttribute('aria-activedescendant')).toBe(await second.getAttribute('id'));
    const address = await second.getAttribute('data-address');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${site.url}${address}`);
  });

  test('the arrow keys go round through the field itself', async () => {
    await open('/search/');
    await input().pressSequentially('青贮');
    await options().first().waitFor();
    await page.keyboard.press('ArrowUp');
    expect(await options().last().getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('ArrowDown');
    expect(await input().getAttribute('aria-activedescendant')).toBeNull();
  });

  test('Escape closes them and keeps what was typed', async () => {
    await open('/search/');
    await input().pressSequentially('qingzhu');
    await options().first().waitFor();
    await page.keyboard.press('Escape');
    expect(await options().count()).toBe(0);
    expect(await input().inputValue()).toBe('qingzhu');
  });

  test('a click opens one', async () => {
    await open('/search/');
    await input().pressSequentially('青贮');
    const address = await options().first().getAttribute('data-address');
    await options().first().click();
    await page.waitForURL(`${site.url}${address}`);
  });

  test('an input method is left alone while it composes', async () => {
    await open('/search/');
    await input().focus();
    const client = await page.context().newCDPSession(page);
    await client.send('Input.imeSetComposition', { text: 'qing', selectionStart: 4, selectionEnd: 4 });
    await page.waitForTimeout(400);
    expect(await options().count()).toBe(0);
    await client.send('Input.insertText', { text: '青贮' });
    await options().first().waitFor();
    expect(await input().inputValue()).toBe('青贮');
  });
});

describe('the address', () => {
  test('a shared address shows its results, with the query marked in titles and texts', async () => {
    await open('/search/?q=青贮');
    await settled();
    expect(await input().inputValue()).toBe('青贮');
    expect(await results().count()).toBeGreaterThan(1);
    expect(await results().first().locator('h3 mark').first().textContent()).toContain('青贮');
    expect(await page.locator('search-panel .tier p mark').count()).toBeGreaterThan(0);
    expect(await page.getByRole('heading', { name: '完全匹配' }).count()).toBe(1);
  });

  test('each query is a step that Back returns from', async () => {
    await open('/search/');
    await searchFor('青贮');
    await searchFor('地震');
    expect(new URL(page.url()).searchParams.get('q')).toBe('地震');
    await page.goBack();
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>('#search-input')?.value === '青贮',
    );
    await settled();
    expect(await results().first().textContent()).toContain('青贮');
    await page.goBack();
    await page.locator('search-panel [data-part=directory]:not([hidden])').waitFor();
    expect(await results().count()).toBe(0);
  });

  test('Back from a result shows the results again', async () => {
    await open('/search/');
    await searchFor('青贮');
    await results().first().getByRole('link').click();
    await page.waitForURL((url) => url.pathname !== '/search/');
    await page.goBack();
    await results().first().waitFor();
    expect(await input().inputValue()).toBe('青贮');
  });

  test('filters narrow the results to what their count says, and are kept in the address', async () => {
    await open('/search/?q=青贮', { viewport: { width: 1280, height: 800 } });
    await settled();
    const all = await results().count();
    const box = page.getByRole('checkbox', { name: ARTICLE_KINDS.article });
    const count = Number((await page.locator('label', { has: box }).locator('small').textContent()) ?? '');
    expect(count).toBeGreaterThan(0);
    await box.check();
    await page.waitForFunction(() => location.search.includes('type='));
    await settled();
    expect(await status().textContent()).toContain(`找到 ${count} 条`);
    expect(await results().count()).toBe(Math.min(count, 10));
    expect(new Set(await page.locator('search-panel .tier .kind').allTextContents())).toEqual(
      new Set([ARTICLE_KINDS.article]),
    );
    // The focus stays on the box that was ticked.
    expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).value)).toBe(
      ARTICLE_KINDS.article,
    );
    await page.reload();
    await settled();
    expect(await box.isChecked()).toBe(true);
    await box.uncheck();
    await settled();
    expect(await results().count()).toBe(all);
    expect(new URL(page.url()).search).toBe(`?q=${encodeURIComponent('青贮')}`);
  });

  test('filters that leave nothing can be taken off', async () => {
    await open('/search/?q=青贮&township=没有这个镇');
    await settled();
    expect(await status().textContent()).toContain('没有结果');
    await page.getByRole('button', { name: '去掉筛选' }).click();
    await results().first().waitFor();
    expect(new URL(page.url()).searchParams.get('township')).toBeNull();
  });

  test('more results follow on request, and the focus goes to the first of them', async () => {
    await open('/search/?q=科普');
    await settled();
    expect(await results().count()).toBe(10);
    await page.getByRole('button', { name: '再看' }).click();
    await page.waitForFunction(() => document.querySelectorAll('search-panel .tier li').length > 10);
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('A');
  });
});

describe('when search cannot help', () => {
  test('nothing found is said plainly, and the directory stands in', async () => {
    await open('/search/?q=zzqqxx');
    await settled();
    expect(await status().textContent()).toContain('没有找到「zzqqxx」');
    expect(await page.getByRole('navigation', { name: '从目录里找' }).isVisible()).toBe(true);
  });

  test('a failed download is said plainly, and trying again works', async () => {
    await open('/search/', {}, (fresh) => fresh.route('**/search/index/**', (route) => route.abort()));
    await searchFor('青贮');
    expect(await status().textContent()).toContain('没能取到搜索索引');
    await page.unroute('**/search/index/**');
    await page.getByRole('button', { name: '再试一次' }).click();
    await results().first().waitFor();
  });

  test('a browser without WebAssembly searches titles, also by pinyin and with filters', async () => {
    await open('/search/', {}, (fresh) =>
      fresh.addInitScript(() => Reflect.deleteProperty(globalThis, 'WebAssembly')),
    );
    for (const query of ['青贮', 'qingzhu', '青煮', '青貯']) {
      await searchFor(query);
      expect(await results().first().textContent(), query).toContain('青贮');
    }
    expect(await status().textContent()).toContain('只按标题查找');
  });

  test('a server without the full-text index searches titles', async () => {
    await open('/search/', {}, (fresh) => fresh.route('**/pagefind/**', (route) => route.abort()));
    await searchFor('青贮');
    expect(await results().first().textContent()).toContain('青贮');
  });

  test('without JavaScript the page leads to a list of all titles', async () => {
    await open('/search/', { javaScriptEnabled: false });
    expect(await page.locator('noscript').textContent()).toContain('从下面的目录里找');
    await page.getByRole('navigation', { name: '从目录里找' }).getByRole('link').first().click();
    await page.waitForURL(/\/search\/titles\/#letter-/);
    const listed = await directoryAddresses(page);
    expect(
      searchRecords()
        .map(({ address }) => address)
        .filter((address) => !listed.has(address)),
    ).toEqual([]);
  });
});

describe('quality', () => {
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const violations = async () => {
    await page.evaluate(axe);
    return page.evaluate(async () => {
      const { axe: checker } = globalThis as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      };
      const found = await checker.run();
      return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    });
  };

  test.each([
    ['light', undefined],
    ['dark', undefined],
    ['light', 'elder'],
  ] as const)(
    'results, filters and suggestions have no axe violations (%s %s)',
    async (colorScheme, mode) => {
      await open('/search/?q=青贮', { colorScheme, viewport: { width: 1280, height: 900 } });
      if (mode)
        await page.evaluate((value) => document.documentElement.setAttribute('data-mode', value), mode);
      await settled();
      expect(await violations()).toEqual([]);
      await input().pressSequentially('玉米');
      await options().first().waitFor();
      await page.keyboard.press('ArrowDown');
      expect(await violations()).toEqual([]);
    },
  );

  test('searching says nothing on the console and asks no other host', async () => {
    const messages: string[] = [];
    const hosts = new Set<string>();
    await open('/search/', {}, async (fresh) => {
      fresh.on('console', (message) => messages.push(message.text()));
      fresh.on('pageerror', (error) => messages.push(error.message));
      fresh.on('request', (request) => hosts.add(new URL(request.url()).origin));
    });
    await searchFor('青贮玉米什么时候收');
    expect(await results().count()).toBeGreaterThan(0);
    expect(messages).toEqual([]);
    expect([...hosts]).toEqual([site.url]);
  });

  test('a first query and the first suggestions stay small', async () => {
    let bytes = 0;
    await open('/search/', {}, async (fresh) => {
      const client = await fresh.context().newCDPSession(fresh);
      await client.send('Network.enable');
      client.on('Network.loadingFinished', ({ encodedDataLength }) => {
        bytes += encodedDataLength;
      });
    });
    await page.waitForLoadState('networkidle');
    const page0 = bytes;
    await input().pressSequentially('青贮');
    await options().first().waitFor();
    const suggested = bytes - page0;
    await searchFor('青贮');
    await page.waitForLoadState('networkidle');
    const searched = bytes - page0;
    console.log(`搜索页 ${page0} 字节，首次建议 ${suggested} 字节，首次查询（含建议） ${searched} 字节`);
    expect(suggested).toBeLessThanOrEqual(40_000);
    expect(searched).toBeLessThanOrEqual(250_000);
  });
});
