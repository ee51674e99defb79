import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { show } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { pagesOf, sampleOf } from '../support/pages.ts';
import { builtSite } from '../support/site.ts';
import { inTabs } from '../support/tabs.ts';

/** The narrowest phones still in use. */
const PHONE = { width: 360, height: 740 };
const TARGET_PX = 44;

const { url, outDir } = await builtSite();
const pages = pagesOf(outDir);

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

test('360 像素宽的手机上，没有一页要左右滚动：平常每一页，长辈模式和最大字号每种页面几页', async () => {
  const faults: string[] = [];
  const sample = new Set(sampleOf(pages, 5));
  const context = await browser.newContext({ viewport: PHONE });
  await inTabs(context, pages, async (tab, page) => {
    await tab.goto(url + page.address, { waitUntil: 'domcontentloaded' });
    const look = async (mode: string) => {
      const wide = await tab.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        if (scrollWidth <= clientWidth) return undefined;
        const culprit = [...document.querySelectorAll('body *')].find((element) => {
          const { right, width } = element.getBoundingClientRect();
          return (
            width > 0 && right > clientWidth + 0.5 && !element.closest('[role=group][tabindex], .scroll')
          );
        });
        const name = culprit ? `${culprit.localName}.${[...culprit.classList].join('.')}` : '';
        return `${scrollWidth} > ${clientWidth} ${name}`;
      });
      if (wide) faults.push(`${page.address} ${mode} ${wide}`);
    };
    await look('平常');
    if (!sample.has(page)) return;
    await show(tab, 'elder');
    await look('长辈');
    await tab.evaluate(() => {
      document.documentElement.dataset.size = 'largest';
    });
    await look('长辈、超大字');
  });
  await context.close();
  expect(faults).toEqual([]);
});

test('按钮、输入框、菜单和单独成行的链接至少 44 像素见方', async () => {
  const faults: string[] = [];
  const context = await browser.newContext({ viewport: PHONE });
  await inTabs(context, sampleOf(pages, 3), async (tab, { address }) => {
    await tab.goto(url + address);
    const small = await tab.evaluate((least) => {
      const controls = document.querySelectorAll<HTMLElement>(
        'button, summary, select, textarea, input:not([type=hidden]), nav a, a.button, [role=button], [role=tab]',
      );
      // WCAG 2.2, 2.5.8: a link within a sentence is exempt, its height is the line's.
      const inSentence = (element: HTMLElement) => {
        const around = element.parentElement;
        if (element.localName !== 'a' || !around?.matches('p, li, dd, td')) return false;
        return (around.textContent ?? '').trim().length > (element.textContent ?? '').trim().length + 1;
      };
      return [...controls]
        .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !inSentence(element))
        .filter((element) => !element.closest('.visually-hidden'))
        .flatMap((element) => {
          // A hidden radio button is pressed through its label.
          const target = element.closest('label') ?? element;
          const { width, height } = target.getBoundingClientRect();
          if (width === 0 || (width >= least - 0.5 && height >= least - 0.5)) return [];
          const text = (target.textContent ?? '').trim().slice(0, 12);
          return [
            `${element.localName}.${element.className}「${text}」${Math.round(width)}×${Math.round(height)}`,
          ];
        });
    }, TARGET_PX);
    for (const fault of small) faults.push(`${address} ${fault}`);
  });
  await context.close();
  expect(faults).toEqual([]);
});
