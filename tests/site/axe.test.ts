import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFaults, type Mode, show } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { pagesOf, sampleOf } from '../support/pages.ts';
import { builtSite } from '../support/site.ts';
import { inTabs } from '../support/tabs.ts';

/*
 * Every page is looked at as it comes. Elder and dark mode change design tokens only, never the markup, so what they
 * can break is a template's, not an entry's: there, a fixed sample of each template is looked at (all pages of the
 * small ones). One page in one mode costs about half a second of a processor, and this keeps the run within minutes.
 */
const SAMPLE_PER_TEMPLATE = 12;

const { url, outDir } = await builtSite();
const pages = pagesOf(outDir);
const sample = new Set(sampleOf(pages, SAMPLE_PER_TEMPLATE));

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

test('axe 在每一页上都找不到问题：平常、长辈模式、深色', { timeout: 900_000 }, async () => {
  const faults: string[] = [];
  const looked = { normal: 0, elder: 0, dark: 0 };
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  await inTabs(context, pages, async (tab, page) => {
    await tab.goto(url + page.address);
    const modes: Mode[] = sample.has(page) ? ['normal', 'elder', 'dark'] : ['normal'];
    for (const mode of modes) {
      await show(tab, mode);
      looked[mode]++;
      for (const fault of await axeFaults(tab, mode)) faults.push(`${page.address} ${mode} ${fault}`);
    }
  });
  await context.close();
  console.log(`axe：平常 ${looked.normal} 页，长辈 ${looked.elder} 页，深色 ${looked.dark} 页`);
  expect(faults).toEqual([]);
});

test('手机宽度下打开的菜单和阅读设置也没有问题', async () => {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  const tab = await context.newPage();
  const faults: string[] = [];
  for (const mode of ['normal', 'elder', 'dark'] as const) {
    await tab.goto(`${url}/`);
    await show(tab, mode);
    await tab.locator('reading-preferences summary').click();
    for (const fault of await axeFaults(tab, mode)) faults.push(`${mode} ${fault}`);
  }
  await context.close();
  expect(faults).toEqual([]);
});
