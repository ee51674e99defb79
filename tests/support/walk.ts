import type { Browser, BrowserContext, Page } from 'playwright-core';
import { CONTENT_SECURITY_POLICY_HEADER } from '../../src/shell/security.ts';
import { axeViolations, injectAxe, type Mode, show } from './axe.ts';
import type { BuiltPage } from './pages.ts';
import { serve } from './serve.ts';
import { inTabs } from './tabs.ts';

/** Checks the pages of a built site in Chromium. Each is opened once for all checks, because loading costs more than most. */

const DESKTOP = { width: 1280, height: 900 };

/** The narrowest phones still in use. */
const PHONE = { width: 360, height: 740 };

/** Minimum height and width of touch targets. */
const TARGET_PX = 44;

/** Problems, each as `/address/ mode problem`. */
export interface Faults {
  /** Violations of axe-core's rules at desktop size. */
  axe: string[];
  /** Console messages, failed requests, requests to other hosts. */
  noise: string[];
  /** Horizontal overflow on a phone. */
  width: string[];
  /** Touch targets below `TARGET_PX`; checked where `isSampled`. */
  targets: string[];
}

export interface Walked {
  faults: Faults;
  /** Pages that were looked at in each mode. */
  looked: Record<Mode, number>;
}

/**
 * Checks pages of a built site.
 *
 * @param isSampled whether a page is also checked in elder and dark mode, with the largest text and for small targets: these
 * depend on the template, not on the entry
 */
export async function walk(
  browser: Browser,
  outDir: string,
  pages: readonly BuiltPage[],
  isSampled: (page: BuiltPage) => boolean,
): Promise<Walked> {
  // The policy as a header too, as a real server should send it.
  const { url, close } = await serve(outDir, {
    headers: { 'Content-Security-Policy': CONTENT_SECURITY_POLICY_HEADER },
  });
  const context = await browser.newContext({ viewport: DESKTOP, serviceWorkers: 'block' });
  await injectAxe(context);
  await reportPolicyViolations(context);
  const faults: Faults = { axe: [], noise: [], width: [], targets: [] };
  const looked = { normal: 0, elder: 0, dark: 0 };
  const quiet = new WeakMap<Page, Listening>();
  await inTabs(context, pages, async (tab, page) => {
    const { address } = page;
    let listening = quiet.get(tab);
    if (!listening) {
      listening = listen(tab, url, faults.noise);
      quiet.set(tab, listening);
    }
    listening.address = address;
    await tab.goto(url + address);
    const modes: Mode[] = isSampled(page) ? ['normal', 'elder', 'dark'] : ['normal'];
    for (const mode of modes) {
      if (mode !== 'normal') await show(tab, mode);
      looked[mode]++;
      for (const fault of await axeViolations(tab, mode)) faults.axe.push(`${address} ${mode} ${fault}`);
    }
    await tab.setViewportSize(PHONE);
    const lookAtWidth = async (mode: string) => {
      const wide = await tooWide(tab);
      if (wide) faults.width.push(`${address} ${mode} ${wide}`);
    };
    if (isSampled(page)) {
      await show(tab, 'normal');
      for (const small of await smallTargets(tab)) faults.targets.push(`${address} ${small}`);
    }
    await lookAtWidth('normal');
    if (isSampled(page)) {
      await show(tab, 'elder');
      await lookAtWidth('elder');
      await tab.evaluate(() => {
        document.documentElement.dataset.size = 'largest';
      });
      await lookAtWidth('elder, largest');
    }
    await loadLazyPictures(tab);
    await listening.settled();
    await tab.setViewportSize(DESKTOP);
  });
  await context.close();
  await close();
  return { faults, looked };
}

interface Listening {
  /** Address of the page that is open. */
  address: string;
  /** Resolves when no request is pending. */
  settled: () => Promise<void>;
}

/** What Playwright says itself where it blocks a service worker. */
const NO_WORKER = 'Service Worker registration blocked by Playwright';

/** Writes down everything that a visit to a page must not cause, as it happens. */
function listen(tab: Page, origin: string, faults: string[]): Listening {
  const underway = new Set<unknown>();
  let onSettled = () => {};
  const listening: Listening = {
    address: '',
    settled: () =>
      new Promise((resolve) => {
        onSettled = resolve;
        if (underway.size === 0) resolve();
      }),
  };
  const note = (what: string) => faults.push(`${listening.address} ${what}`);
  const end = (request: unknown) => {
    underway.delete(request);
    if (underway.size === 0) onSettled();
  };
  tab.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && message.text() !== NO_WORKER)
      note(`控制台：${message.text()}`);
  });
  tab.on('pageerror', (error) => note(`脚本出错：${error.message}`));
  tab.on('request', (request) => {
    underway.add(request);
    const asked = new URL(request.url());
    if (asked.protocol.startsWith('http') && asked.origin !== origin) note(`请求外站：${request.url()}`);
  });
  tab.on('requestfinished', end);
  tab.on('requestfailed', end);
  tab.on('response', (response) => {
    if (response.status() >= 400) note(`${response.status()}：${response.url()}`);
  });
  return listening;
}

const reportPolicyViolations = (context: BrowserContext) =>
  context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(`违反安全策略 ${violatedDirective} ${blockedURI}`),
    );
  });

/** Scrolls to the end, as a reader does, and has every picture on the way loaded. */
const loadLazyPictures = (tab: Page) =>
  tab.evaluate(async () => {
    scrollTo(0, document.body.scrollHeight);
    await Promise.all(
      [...document.images].map((image) => {
        const ended = new Promise((resolve) => {
          image.addEventListener('load', resolve);
          image.addEventListener('error', resolve);
        });
        image.loading = 'eager';
        return image.complete || ended;
      }),
    );
  });

/** What makes the open page scroll sideways, if it does. */
const tooWide = (tab: Page) =>
  tab.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return undefined;
    const culprit = [...document.querySelectorAll('body *')].find((element) => {
      const { right, width } = element.getBoundingClientRect();
      return width > 0 && right > clientWidth + 0.5 && !element.closest('[role=group][tabindex], .scroll');
    });
    const name = culprit ? `${culprit.localName}.${[...culprit.classList].join('.')}` : '';
    return `${scrollWidth} > ${clientWidth} ${name}`;
  });

/** Controls of the open page that are too small to be pressed with a thumb. */
const smallTargets = (tab: Page) =>
  tab.evaluate((least) => {
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

/** What the pages lack in a browser without scripts. */
export async function faultsWithoutScripts(
  context: BrowserContext,
  url: string,
  pages: readonly BuiltPage[],
): Promise<string[]> {
  const faults: string[] = [];
  await inTabs(context, pages, async (tab, { address }) => {
    await tab.goto(url + address);
    const main = (await tab.locator('main').innerText()).trim();
    if (main.length < 10) faults.push(`${address} 正文只有「${main}」`);
    if (/加载中|正在加载|请稍候|Loading/.test(main)) faults.push(`${address} 一直在加载`);
    if (!(await tab.locator('h1').first().isVisible())) faults.push(`${address} 看不见标题`);
    // Posters and print sheets have no menu, and an embedded page has that of the site around it.
    if (/\/(poster|print)\/$|^\/embed\//.test(address)) return;
    const links = await tab.locator('header nav a:visible').count();
    if (links < 5) faults.push(`${address} 导航只有 ${links} 个链接`);
  });
  return faults;
}
