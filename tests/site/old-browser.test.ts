import type { Browser, Page } from 'playwright-core';
import { build, type Rolldown } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { gallery } from '../../src/blocks/gallery/index.ts';
import { renderBody } from '../../src/body/index.ts';
import { SCRIPT_TARGET } from '../../src/style/old-browsers.ts';
import { launchBrowser } from '../support/browser.ts';
import { pagesOf, sampleOf } from '../support/pages.ts';
import { builtSite } from '../support/site.ts';

/** Old phones: what Chrome 67 does not have yet is taken away before a page runs. */

const { url, outDir } = await builtSite();
const pages = pagesOf(outDir);

let browser: Browser;
let tab: Page;
const errors: string[] = [];

beforeAll(async () => {
  browser = await launchBrowser();
  const context = await browser.newContext({ viewport: { width: 360, height: 640 } });
  await context.addInitScript(() => {
    const remove = (owner: object, ...names: string[]) => {
      for (const name of names) Reflect.deleteProperty(owner, name);
    };
    remove(
      Array.prototype,
      'at',
      'flat',
      'flatMap',
      'findLast',
      'findLastIndex',
      'toSorted',
      'toReversed',
      'with',
    );
    remove(String.prototype, 'at', 'matchAll', 'replaceAll');
    remove(Object, 'fromEntries', 'hasOwn', 'groupBy');
    remove(Promise, 'allSettled', 'any', 'withResolvers', 'try');
    remove(Element.prototype, 'replaceChildren', 'toggleAttribute', 'checkVisibility');
    remove(Document.prototype, 'replaceChildren', 'startViewTransition');
    remove(DocumentFragment.prototype, 'replaceChildren');
    remove(HTMLFormElement.prototype, 'requestSubmit');
    remove(Intl, 'Segmenter', 'RelativeTimeFormat', 'ListFormat');
    remove(
      window,
      'WebAssembly',
      'DecompressionStream',
      'structuredClone',
      'queueMicrotask',
      'WeakRef',
      'requestIdleCallback',
      'reportError',
    );
    remove(Crypto.prototype, 'randomUUID');
    remove(AbortSignal, 'timeout', 'any', 'abort');
  });
  tab = await context.newPage();
  tab.on('pageerror', ({ message }) => errors.push(`${tab.url()} ${message}`));
});
afterAll(() => browser.close());

/** The script of a block alone, as the site's build writes it for old browsers. */
async function scriptOf(entry: string): Promise<string> {
  const [bundle] = (await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, target: SCRIPT_TARGET, lib: { entry, formats: ['iife'], name: 'block' } },
  })) as Rolldown.RolldownOutput[];
  return bundle?.output[0]?.code ?? '';
}

test('旧手机上每种页面都没有脚本错误', async () => {
  for (const page of sampleOf(pages, 1)) {
    await tab.goto(url + page.address);
    await tab.waitForLoadState('load');
  }
  expect(errors).toEqual([]);
});

test('旧手机上图集打得开，翻得动，关得上', async () => {
  await tab.goto('about:blank');
  await tab.setContent(renderBody(gallery.example).html);
  await tab.addScriptTag({ content: await scriptOf('src/blocks/gallery/element.ts') });
  await tab.locator('photo-gallery figure button').first().click();
  const large = tab.locator('photo-gallery dialog');
  await large.waitFor();
  expect(await large.locator('img').count()).toBe(1);
  await large.getByRole('button', { name: '下一张' }).click();
  expect(await large.locator('p').textContent()).toMatch(/^2\//);
  await large.getByRole('button', { name: '关闭' }).click();
  expect(await large.isVisible()).toBe(false);
  expect(errors).toEqual([]);
});

test('旧手机上搜索搜得到', async () => {
  await tab.goto(`${url}/search/?q=${encodeURIComponent('小麦')}`);
  await expect.poll(() => tab.locator('main a[href^="/articles/"]').count()).toBeGreaterThan(0);
  // The full text, too: what only the titles hold would be said to be so.
  await tab.locator('search-panel[aria-busy=false] .tier p mark').first().waitFor();
  const said = await tab.locator('search-panel [role=status]').allTextContents();
  expect(said.join()).not.toContain('标题查找');
  expect(errors).toEqual([]);
});
