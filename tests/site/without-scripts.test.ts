import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { pagesOf, sampleOf } from '../support/pages.ts';
import { builtSite } from '../support/site.ts';
import { faultsWithoutScripts } from '../support/walk.ts';

const { url, outDir } = await builtSite();
const pages = pagesOf(outDir);

let browser: Browser;
let context: BrowserContext;
beforeAll(async () => {
  browser = await launchBrowser();
  context = await browser.newContext({ javaScriptEnabled: false });
});
afterAll(() => browser.close());

test('不用脚本，每种页面都有正文、标题和导航，没有一直转圈的地方', async () => {
  expect(await faultsWithoutScripts(context, url, sampleOf(pages, 2))).toEqual([]);
});

test('不用脚本，从首页可以走到文章、活动、大篷车和基地', async () => {
  const tab = await context.newPage();
  for (const section of ['articles', 'events', 'caravan', 'bases']) {
    await tab.goto(`${url}/`);
    await tab.locator(`header nav a[href="/${section}/"]`).click();
    await tab.waitForURL(`${url}/${section}/`);
    const entry = new RegExp(`^/${section}/[a-z0-9-]+/$`);
    const addresses = await tab
      .locator('main a')
      .evaluateAll((links) => links.map((a) => a.getAttribute('href')));
    const first = addresses.find((address) => address && entry.test(address));
    expect(first, section).toBeDefined();
    await tab.goto(url + first);
    expect((await tab.locator('main').textContent())?.length).toBeGreaterThan(50);
  }
  await tab.close();
});

test('不用脚本，搜索框交出地址，搜索页给出可以翻查的目录', async () => {
  const tab = await context.newPage();
  await tab.goto(`${url}/search/`);
  const box = tab.locator('main input[type=search]');
  await box.fill('小麦');
  await box.press('Enter');
  await tab.waitForURL(/\/search\/\?q=/);
  const links = await tab.locator('main a[href^="/"]:visible').count();
  expect(links).toBeGreaterThan(5);
  await tab.close();
});

test('不用脚本，问答的答案打得开', async () => {
  const quiz = pages.find(({ html }) => html.includes('<quiz-card'));
  if (!quiz) throw new Error('演示内容里没有问答');
  const tab = await context.newPage();
  await tab.goto(url + quiz.address);
  const answer = tab.locator('quiz-card details').first();
  await answer.locator('summary').click();
  expect(await answer.locator('p').first().isVisible()).toBe(true);
  await tab.close();
});
