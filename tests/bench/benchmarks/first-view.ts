import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../support/browser.ts';
import { serve } from '../../support/serve.ts';
import { pageTypes, wantsAllPages } from '../machine/page-types.ts';
import { builtSite, demoSite } from '../machine/portal.ts';
import { serveSite } from '../machine/serve-site.ts';
import { costOf, mainPeer, peerSite } from '../peers/index.ts';
import { OWN, type Row } from '../report/result.ts';
import type { Context } from './context.ts';

/** Slow 3G: https://developer.chrome.com/docs/devtools/settings/throttling */
const LINE = { latency: 400, bitsPerSecond: 400_000 };
const PROCESSOR_SLOWED = 4;

/** After the last byte the largest thing may still be painted. */
const SETTLE_MS = 500;

async function firstView(browser: Browser, url: string): Promise<Row['figures']> {
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    deviceScaleFactor: 2,
    isMobile: true,
    serviceWorkers: 'block',
  });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    const throughput = LINE.bitsPerSecond / 8;
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: LINE.latency,
      downloadThroughput: throughput,
      uploadThroughput: throughput,
    });
    await session.send('Emulation.setCPUThrottlingRate', { rate: PROCESSOR_SLOWED });
    await page.goto(url, { waitUntil: 'load', timeout: 120_000 });
    const { fcp, lcp } = await page.evaluate(
      (settle) =>
        new Promise<{ fcp: number; lcp: number }>((resolve) => {
          let largest = 0;
          new PerformanceObserver((list) => {
            for (const { startTime } of list.getEntries()) largest = Math.max(largest, startTime);
          }).observe({ type: 'largest-contentful-paint', buffered: true });
          setTimeout(() => {
            const [first] = performance.getEntriesByName('first-contentful-paint');
            resolve({ fcp: first?.startTime ?? 0, lcp: largest });
          }, settle);
        }),
      SETTLE_MS,
    );
    return { fcp: fcp / 1000, lcp: lcp / 1000 };
  } finally {
    await context.close();
  }
}

/** When the first words and the main thing are on the screen, on a slow line and an old phone. */
export async function benchFirstView({ sheet, size }: Context): Promise<void> {
  const outDir = await demoSite();
  const [demo, own] = [await serveSite(outDir), await serveSite(await builtSite(size))];
  const browser = await launchBrowser();
  try {
    for (const { label, page } of pageTypes(outDir, { isAll: wantsAllPages }))
      sheet.row(OWN, label, await firstView(browser, demo.url + page.address));
    const peer = mainPeer();
    if (peer) {
      await costOf(peer, size);
      const bare = await serve(join(peerSite(peer, size), '_site'));
      const article = sheet.row(OWN, '同一篇文章', await firstView(browser, `${own.url}/articles/a0/`));
      const figures = await firstView(browser, `${bare.url}/posts/a0/`);
      sheet.compare(article, sheet.row(peer.name, '同一篇文章，没有样式、导航和图片', figures));
      await bare.close();
    }
  } finally {
    await browser.close();
    await demo.close();
    await own.close();
  }
  sheet.note(
    `Chromium 模拟下行 ${LINE.bitsPerSecond / 1000} kbit/s、每次请求 ${LINE.latency} 毫秒，处理器慢 ${PROCESSOR_SLOWED} 倍；每种页面取最长的一页，第一次打开。`,
  );
}
