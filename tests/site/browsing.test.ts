import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CONTENT_SECURITY_POLICY_HEADER } from '../../src/layout/security.ts';
import { launchBrowser } from '../support/browser.ts';
import { pagesOf, sampleOf } from '../support/pages.ts';
import { type Served, serve } from '../support/serve.ts';
import { builtSite } from '../support/site.ts';
import { inTabs } from '../support/tabs.ts';

const { outDir } = await builtSite();
const pages = pagesOf(outDir);

let browser: Browser;
let served: Served;
beforeAll(async () => {
  // The policy as a header too, as a real server should send it.
  served = await serve(outDir, { headers: { 'Content-Security-Policy': CONTENT_SECURITY_POLICY_HEADER } });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await served.close();
});

/** Everything that a visit to a page must not cause, written down as it happens. */
function watch(tab: Page, faults: string[]) {
  const here = () => new URL(tab.url()).pathname;
  tab.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(`${here()} 控制台：${message.text()}`);
  });
  tab.on('pageerror', (error) => faults.push(`${here()} 脚本出错：${error.message}`));
  tab.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== served.url)
      faults.push(`${here()} 请求外站：${request.url()}`);
  });
  tab.on('response', (response) => {
    if (response.status() >= 400) faults.push(`${here()} ${response.status()}：${response.url()}`);
  });
}

test('各种页面打开、滚到底都没有控制台错误、安全策略违例、失败的请求，也不请求外站', async () => {
  const faults: string[] = [];
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(`违反安全策略 ${violatedDirective} ${blockedURI}`),
    );
  });
  const watched = new WeakSet<Page>();
  await inTabs(context, sampleOf(pages, 3), async (tab, { address }) => {
    if (!watched.has(tab)) watch(tab, faults);
    watched.add(tab);
    await tab.goto(served.url + address, { waitUntil: 'load' });
    // Lazy pictures load too.
    await tab.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await tab.waitForLoadState('networkidle');
  });
  await context.close();
  expect(faults).toEqual([]);
});

test('没有这一页时，状态是 404，页面照样有导航和搜索', async () => {
  const tab = await browser.newPage();
  const response = await tab.goto(`${served.url}/mei-you/zhe-yi-ye/`);
  expect(response?.status()).toBe(404);
  expect(await tab.locator('main h1').isVisible()).toBe(true);
  await tab.getByRole('navigation', { name: '主导航' }).getByRole('link').first().click();
  await tab.waitForURL(/\/articles\/$/);
  await tab.close();
});
