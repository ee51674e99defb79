import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ARTICLE_KINDS } from '../../../src/types/articles.ts';
import { directoryAddresses } from './directory.ts';
import { searchRecords } from '../../../src/search/indexing/records.ts';
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

/** Files of the full text; the titles lie beside them. */
const FULL_TEXT = /\/search\/text\/\w+\/(?:terms|texts)\//;

/** Words that stand in the text of one article only, and in no title. */
function phraseOfText() {
  const records = searchRecords();
  for (const { title, text, address } of records.filter((record) => record.address.startsWith('/articles/')))
    for (const [phrase] of text.matchAll(/[\p{Script=Han}]{8,}/gu))
      if (!title.includes(phrase) && records.filter((other) => other.text.includes(phrase)).length === 1)
        return { phrase, address };
  throw new Error('no such phrase');
}

describe('建议', () => {
  test('打字时出现，用上下键选，回车打开', async () => {
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

  test('上下键转一圈回到输入框', async () => {
    await open('/search/');
    await input().pressSequentially('青贮');
    await options().first().waitFor();
    await page.keyboard.press('ArrowUp');
    expect(await options().last().getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('ArrowDown');
    expect(await input().getAttribute('aria-activedescendant')).toBeNull();
  });

  test('Esc 收起建议，打的字还在', async () => {
    await open('/search/');
    await input().pressSequentially('qingzhu');
    await options().first().waitFor();
    await page.keyboard.press('Escape');
    expect(await options().count()).toBe(0);
    expect(await input().inputValue()).toBe('qingzhu');
  });

  test('点一下就打开', async () => {
    await open('/search/');
    await input().pressSequentially('青贮');
    const address = await options().first().getAttribute('data-address');
    await options().first().click();
    await page.waitForURL(`${site.url}${address}`);
  });

  test('输入法还在拼字时不打扰', async () => {
    await open('/search/', {}, (fresh) => fresh.clock.install());
    await input().focus();
    const client = await page.context().newCDPSession(page);
    await client.send('Input.imeSetComposition', { text: 'qing', selectionStart: 4, selectionEnd: 4 });
    const asked: string[] = [];
    page.on('request', (request) => void asked.push(request.url()));
    // Much longer than a pause in typing.
    await page.clock.runFor(2000);
    expect(await options().count()).toBe(0);
    expect(asked).toEqual([]);
    await client.send('Input.insertText', { text: '青贮' });
    await options().first().waitFor();
    // So suggestions for the composed text would have been requested, too.
    expect(asked.length).toBeGreaterThan(0);
    expect(await input().inputValue()).toBe('青贮');
  });
});

describe('网址', () => {
  test('转发来的网址直接看到结果，题目和正文里标出要找的字', async () => {
    await open('/search/?q=青贮');
    await settled();
    expect(await input().inputValue()).toBe('青贮');
    expect(await results().count()).toBeGreaterThan(1);
    expect(await results().first().locator('h3 mark').first().textContent()).toContain('青贮');
    expect(await page.locator('search-panel .tier p mark').count()).toBeGreaterThan(0);
    expect(await page.getByRole('heading', { name: '完全匹配' }).count()).toBe(1);
  });

  test('每找一次是一步，按后退回到上一次', async () => {
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

  test('打开一条再后退，结果还在', async () => {
    await open('/search/');
    await searchFor('青贮');
    await results().first().getByRole('link').click();
    await page.waitForURL((url) => url.pathname !== '/search/');
    await page.goBack();
    await results().first().waitFor();
    expect(await input().inputValue()).toBe('青贮');
  });

  test('筛选后的条数和写明的一样，筛选也记在网址里', async () => {
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

  test('筛得什么也不剩时，可以去掉筛选', async () => {
    await open('/search/?q=青贮&township=没有这个镇');
    await settled();
    expect(await status().textContent()).toContain('没有结果');
    await page.getByRole('button', { name: '去掉筛选' }).click();
    await results().first().waitFor();
    expect(new URL(page.url()).searchParams.get('township')).toBeNull();
  });

  test('再看就有更多结果，焦点到其中第一条', async () => {
    await open('/search/?q=科普');
    await settled();
    expect(await results().count()).toBe(10);
    await page.getByRole('button', { name: '再看' }).click();
    await page.waitForFunction(() => document.querySelectorAll('search-panel .tier li').length > 10);
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('A');
  });
});

describe('搜索帮不上忙时', () => {
  test('没有找到就明说，换上目录', async () => {
    await open('/search/?q=zzqqxx');
    await settled();
    expect(await status().textContent()).toContain('没有找到「zzqqxx」');
    expect(await page.getByRole('navigation', { name: '从目录里找' }).isVisible()).toBe(true);
  });

  test('索引没取到就明说，再试一次就好', async () => {
    await open('/search/', {}, (fresh) => fresh.route('**/search/index/**', (route) => route.abort()));
    await searchFor('青贮');
    expect(await status().textContent()).toContain('没能取到搜索索引');
    await page.unroute('**/search/index/**');
    await page.getByRole('button', { name: '再试一次' }).click();
    await results().first().waitFor();
  });

  test('不支持 WebAssembly 的浏览器照样找得到，正文里的话也行', async () => {
    await open('/search/', {}, (fresh) =>
      fresh.addInitScript(() => Reflect.deleteProperty(globalThis, 'WebAssembly')),
    );
    for (const query of ['青贮', 'qingzhu', '青煮', '青貯']) {
      await searchFor(query);
      expect(await results().first().textContent(), query).toContain('青贮');
    }
    const { phrase, address } = phraseOfText();
    await searchFor(phrase);
    expect(await results().first().getByRole('link').getAttribute('href')).toBe(address);
    expect(await status().textContent()).not.toContain('标题');
  });

  test('全文索引没取到就明说，按标题找，再试一次就好', async () => {
    await open('/search/', {}, (fresh) => fresh.route(FULL_TEXT, (route) => route.abort()));
    await searchFor('青贮');
    expect(await results().first().textContent()).toContain('青贮');
    expect(await status().textContent()).toContain('没能取到全文索引，只按标题查找');
    await page.unroute(FULL_TEXT);
    await page.getByRole('button', { name: '再试一次' }).click();
    await settled();
    expect(await status().textContent()).not.toContain('标题');
  });

  test.each(['terms', 'texts'])('全文索引的文件（%s）断了一半，结果照样有，不是空白', async (folder) => {
    await open('/search/', {}, (fresh) =>
      fresh.route(`**/search/text/*/${folder}/**`, async (route) => {
        const response = await route.fetch();
        const body = await response.body();
        await route.fulfill({ response, headers: {}, body: body.subarray(0, body.length >> 1) });
      }),
    );
    await searchFor('青贮玉米');
    expect(await results().first().textContent()).toContain('青贮');
    for (const link of await results().getByRole('link').all()) expect(await link.textContent()).not.toBe('');
    if (folder === 'terms') expect(await status().textContent()).toContain('只按标题查找');
  });

  test('没有脚本时，从目录走到全部标题', async () => {
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

describe('质量', () => {
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
  ] as const)('结果、筛选和建议，axe 都找不到问题（%s %s）', async (colorScheme, mode) => {
    await open('/search/?q=青贮', { colorScheme, viewport: { width: 1280, height: 900 } });
    if (mode) await page.evaluate((value) => document.documentElement.setAttribute('data-mode', value), mode);
    await settled();
    expect(await violations()).toEqual([]);
    await input().pressSequentially('玉米');
    await options().first().waitFor();
    await page.keyboard.press('ArrowDown');
    expect(await violations()).toEqual([]);
  });

  test('搜索时控制台没有声响，也不请求外站', async () => {
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

  test('第一次查询和第一次建议下载得都不多', async () => {
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
