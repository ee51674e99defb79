import { createHash } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RECALL } from '../../src/shell/preferences/recall.ts';
import { launchBrowser } from '../support/browser.ts';
import { pagesOf, sampleOf } from '../support/pages.ts';
import { builtSite } from '../support/site.ts';

const { url, outDir } = await builtSite();
const DIGEST = createHash('sha256').update(RECALL).digest('base64');

let browser: Browser;
let tab: Page;
beforeAll(async () => {
  browser = await launchBrowser();
  tab = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
});
afterAll(() => browser.close());

const chosen = () => tab.evaluate(() => ({ ...document.documentElement.dataset }));
const style = (selector: string, property: string) =>
  tab
    .locator(selector)
    .first()
    .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);
const pixels = async (selector: string, property: string) =>
  Number.parseFloat(await style(selector, property));

test('长辈模式：字更大，按钮更大，换一页、重开浏览器页签都记得，再按一次就回去', async () => {
  await tab.goto(`${url}/`);
  const before = await pixels('body', 'font-size');
  await tab.getByRole('button', { name: '长辈模式' }).click();
  expect(await chosen()).toMatchObject({ mode: 'elder' });
  expect(await pixels('main p, main li', 'font-size')).toBeGreaterThanOrEqual(18);
  expect(await pixels('body', 'font-size')).toBeGreaterThan(before);

  await tab.goto(`${url}/articles/`);
  expect(await chosen()).toMatchObject({ mode: 'elder' });
  const other = await tab.context().newPage();
  await other.goto(`${url}/bases/`);
  expect(await other.locator('html').getAttribute('data-mode')).toBe('elder');
  await other.close();

  await tab.getByRole('button', { name: '标准模式' }).click();
  expect(await chosen()).not.toHaveProperty('mode');
  await tab.reload();
  expect(await chosen()).not.toHaveProperty('mode');
});

test('长辈模式里按钮和菜单至少 60 像素高', async () => {
  await tab.goto(`${url}/`);
  await tab.getByRole('button', { name: '长辈模式' }).click();
  const heights = await tab
    .locator('header button:visible, header summary:visible, header nav a:visible')
    .evaluateAll((controls) => controls.map((control) => control.getBoundingClientRect().height));
  expect(Math.min(...heights)).toBeGreaterThanOrEqual(60);
  await tab.getByRole('button', { name: '标准模式' }).click();
});

test('字号、对比度、配色各自可选，都记得', async () => {
  await tab.goto(`${url}/articles/`);
  const normal = await pixels('main p', 'font-size');
  await tab.locator('reading-preferences summary').click();
  for (const name of ['超大', '高', '深色']) await tab.getByRole('radio', { name, exact: true }).check();
  expect(await chosen()).toMatchObject({ size: 'largest', contrast: 'high', scheme: 'dark' });
  const dark = await style('body', 'background-color');

  await tab.goto(`${url}/bases/`);
  expect(await chosen()).toMatchObject({ size: 'largest', contrast: 'high', scheme: 'dark' });
  expect(await style('body', 'background-color')).toBe(dark);
  await tab.goto(`${url}/articles/`);
  expect(await pixels('main p', 'font-size')).toBeGreaterThan(normal * 1.3);
  await tab.evaluate(() => localStorage.clear());
});

test('设备是深色时页面也是深色，和自己选的一样；选了浅色就是浅色', async () => {
  const [light, dark] = [await tab.context().newPage(), await tab.context().newPage()];
  const background = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await light.goto(`${url}/`);
  const paper = await background(light);
  await dark.emulateMedia({ colorScheme: 'dark' });
  await dark.goto(`${url}/`);
  const night = await background(dark);
  expect(night).not.toBe(paper);
  await light.evaluate(() => {
    document.documentElement.dataset.scheme = 'dark';
  });
  expect(await background(light)).toBe(night);
  await dark.evaluate(() => {
    document.documentElement.dataset.scheme = 'light';
  });
  expect(await background(dark)).toBe(paper);
  await Promise.all([light.close(), dark.close()]);
});

test('记住的设置在正文出现之前就套用，不会闪一下', async () => {
  const context = await browser.newContext();
  await context.addInitScript(() => {
    localStorage.setItem('reading', JSON.stringify({ mode: 'elder', size: 'large' }));
    new MutationObserver((_changes, observer) => {
      if (!document.body) return;
      observer.disconnect();
      const { mode, size } = document.documentElement.dataset;
      (window as unknown as { atFirstBody: string }).atFirstBody = `${mode} ${size}`;
    }).observe(document, { childList: true, subtree: true });
  });
  const page = await context.newPage();
  await page.goto(`${url}/articles/`);
  expect(await page.evaluate(() => (window as unknown as { atFirstBody: string }).atFirstBody)).toBe(
    'elder large',
  );
  await context.close();
});

test('每一页都在正文之前套用设置，脚本就在页面里，内容安全策略只认它', () => {
  // In another site's frame there is no storage to read the choice from; pages of an emergency and sheets to print have no script at all.
  const own = pagesOf(outDir).filter(({ html }) => html.includes('<reading-preferences'));
  expect(own.length).toBeGreaterThan(100);
  const without = own.filter(
    ({ html }) => !(html.includes(DIGEST) && html.split('<body')[0]?.includes(`<script>${RECALL}</script>`)),
  );
  expect(without.map(({ address }) => address)).toEqual([]);
});

test('网页服务器还用着从前的内容安全策略时，设置晚一点套用，不会丢', async () => {
  const context = await browser.newContext();
  await context.addInitScript(() => localStorage.setItem('reading', JSON.stringify({ mode: 'elder' })));
  await context.route('**/articles/', async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers(), 'content-security-policy': "script-src 'self'" };
    await route.fulfill({ response, headers });
  });
  const page = await context.newPage();
  await page.goto(`${url}/articles/`);
  await page.locator('html[data-mode=elder]').waitFor();
  await context.close();
});

test('坏掉的记录不影响打开页面', async () => {
  const context = await browser.newContext();
  await context.addInitScript(() => localStorage.setItem('reading', '{坏了'));
  const page = await context.newPage();
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  await page.goto(`${url}/`);
  await page.getByRole('button', { name: '长辈模式' }).click();
  expect(await page.locator('html').getAttribute('data-mode')).toBe('elder');
  expect(errors).toEqual([]);
  await context.close();
});

test('键盘：第一下 Tab 是跳到正文，回车以后焦点在正文里', async () => {
  await tab.goto(`${url}/articles/`);
  await tab.keyboard.press('Tab');
  const skip = tab.locator(':focus');
  expect(await skip.getAttribute('href')).toBe('#main');
  const box = await skip.boundingBox();
  expect(box?.x).toBeGreaterThanOrEqual(0);
  expect(box?.y).toBeGreaterThanOrEqual(0);
  await tab.keyboard.press('Enter');
  expect(await tab.evaluate(() => document.activeElement?.id)).toBe('main');
});

test('键盘：阅读设置能打开、选择，Esc 关上，焦点回到原处', async () => {
  await tab.goto(`${url}/`);
  const summary = tab.locator('reading-preferences summary');
  await summary.focus();
  await tab.keyboard.press('Enter');
  expect(await tab.locator('reading-preferences details').getAttribute('open')).not.toBeNull();
  await tab.keyboard.press('Tab');
  await tab.keyboard.press('ArrowRight');
  expect(await chosen()).toMatchObject({ size: 'large' });
  await tab.keyboard.press('Escape');
  expect(await tab.locator('reading-preferences details').getAttribute('open')).toBeNull();
  expect(await summary.evaluate((element) => element === document.activeElement)).toBe(true);
  await tab.evaluate(() => localStorage.clear());
});

test('键盘走到哪里，哪里就有看得见的焦点框', async () => {
  const faults: string[] = [];
  for (const { address } of sampleOf(pagesOf(outDir), 1).slice(0, 20)) {
    await tab.goto(url + address);
    for (let press = 0; press < 25; press++) {
      await tab.keyboard.press('Tab');
      const fault = await tab.evaluate(() => {
        const element = document.activeElement;
        if (!element || element === document.body) return undefined;
        // A hidden radio button shows its focus on the label around it.
        const shown = [element, element.closest('label')].filter((one) => one !== null);
        const visible = shown.some((one) => {
          const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
          return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
        });
        return visible
          ? undefined
          : `${element.localName}.${element.className} ${element.textContent?.trim().slice(0, 12)}`;
      });
      if (fault) faults.push(`${address} ${fault}`);
    }
  }
  expect(faults).toEqual([]);
});
