import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { serve } from '../../support/serve.ts';
import { type Cost, measure } from '../machine/measure.ts';
import { installed } from '../machine/packages.ts';
import { watchTraffic } from '../machine/traffic.ts';
import { costOf, mainPeer, peerSite } from './index.ts';

/** Pagefind as it comes, over Eleventy's pages of the same articles. */
export interface StockSearch {
  name: string;
  indexing: Cost;
  /** Milliseconds and kB of the first query in a browser. */
  query: { first: number; transferred: number };
}

const NAME = '现成的 Pagefind';

/** @returns undefined when it cannot be had */
export async function pagefindOf(
  size: number,
  browser: Browser,
  query: string,
): Promise<StockSearch | undefined> {
  const program = installed('pagefind', '1.6', 'pagefind');
  const peer = mainPeer();
  if (!program || !peer) return undefined;
  await costOf(peer, size);
  const site = join(peerSite(peer, size), '_site');
  rmSync(join(site, 'pagefind'), { recursive: true, force: true });
  const cli = join(program, 'lib/runner/bin.cjs');
  const indexing = await measure(process.execPath, [cli, '--site', site, '--quiet']);
  const served = await serve(site);
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const traffic = await watchTraffic(page);
    await page.goto(`${served.url}/`);
    await traffic.quiet();
    traffic.reset();
    const first = await page.evaluate(async (typed) => {
      const began = performance.now();
      const address = '/pagefind/pagefind.js';
      const engine = await import(address);
      const { results } = await engine.search(typed);
      await Promise.all(results.slice(0, 10).map((one: { data: () => unknown }) => one.data()));
      return performance.now() - began;
    }, query);
    await traffic.quiet();
    return { name: NAME, indexing, query: { first, transferred: traffic.bytes() / 1000 } };
  } finally {
    await context.close();
    await served.close();
  }
}
