import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeViolations, show } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { pagesOf, sampleOf } from '../support/pages.ts';
import { builtSite } from '../support/site.ts';
import { type Walked, walk } from '../support/walk.ts';

/*
 * Every page is looked at as it comes. Elder and dark mode change design tokens only, never the markup, so what they
 * can break is a template's, not an entry's: there, a fixed sample of each template is looked at (all pages of the
 * small ones). One page in one mode costs about a quarter of a second of a processor.
 */
const SAMPLE_PER_TEMPLATE = 3;

const { url, outDir } = await builtSite();
const pages = pagesOf(outDir);
const sample = new Set(sampleOf(pages, SAMPLE_PER_TEMPLATE));

let browser: Browser;
let walked: Walked;
beforeAll(async () => {
  browser = await launchBrowser();
  walked = await walk(browser, outDir, pages, (page) => sample.has(page));
}, 900_000);
afterAll(() => browser?.close());

test('axe 在每一页上都找不到问题：平常、长辈模式、深色', () => {
  const { faults, looked } = walked;
  console.log(`axe：平常 ${looked.normal} 页，长辈 ${looked.elder} 页，深色 ${looked.dark} 页`);
  expect(looked).toEqual({ normal: pages.length, elder: sample.size, dark: sample.size });
  expect(faults.axe).toEqual([]);
});

test('每一页打开、滚到底都没有控制台错误、安全策略违例、失败的请求，也不请求外站', () => {
  expect(walked.faults.noise).toEqual([]);
});

test('360 像素宽的手机上，没有一页要左右滚动：平常每一页，长辈模式和最大字号每种页面几页', () => {
  expect(walked.faults.width).toEqual([]);
});

test('按钮、输入框、菜单和单独成行的链接至少 44 像素见方', () => {
  expect(walked.faults.targets).toEqual([]);
});

test('手机宽度下打开的菜单和阅读设置也没有问题', async () => {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  const tab = await context.newPage();
  const faults: string[] = [];
  for (const mode of ['normal', 'elder', 'dark'] as const) {
    await tab.goto(`${url}/`);
    await show(tab, mode);
    await tab.locator('reading-preferences summary').click();
    for (const fault of await axeViolations(tab, mode)) faults.push(`${mode} ${fault}`);
  }
  await context.close();
  expect(faults).toEqual([]);
});

test('没有这一页时，状态是 404，页面照样有导航和搜索', async () => {
  const tab = await browser.newPage();
  const response = await tab.goto(`${url}/mei-you/zhe-yi-ye/`);
  expect(response?.status()).toBe(404);
  expect(await tab.locator('main h1').isVisible()).toBe(true);
  await tab.getByRole('navigation', { name: '主导航' }).getByRole('link').first().click();
  await tab.waitForURL(/\/articles\/$/);
  await tab.close();
});
