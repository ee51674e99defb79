import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import lighthouse from 'lighthouse';
import { CONTENT_SECURITY_POLICY_HEADER } from '../../src/shell/security.ts';
import { launchBrowser } from '../support/browser.ts';
import { buildSite } from '../support/build.ts';
import { serve } from '../support/serve.ts';

/** Lighthouse with its mobile preset (slow 4G, a quarter of the processor) on one page of each kind that residents open most. */

const ADDRESSES = ['/', '/articles/silage-milk-line/', '/caravan/', '/bases/purui-base/'];
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address ? address.port : 9222;
}

/** Builds the demo site (or takes `TEST_SITE`), prints the four scores of each page and what cost points. */
export async function benchLighthouse(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lighthouse-'));
  const outDir = process.env.TEST_SITE || join(folder, 'site');
  if (!process.env.TEST_SITE) await buildSite(outDir);
  const site = await serve(outDir, {
    headers: { 'Content-Security-Policy': CONTENT_SECURITY_POLICY_HEADER },
  });
  const port = await freePort();
  const browser = await launchBrowser([`--remote-debugging-port=${port}`]);
  try {
    const scores: Record<string, Record<string, number>> = {};
    const losses: string[] = [];
    for (const address of ADDRESSES) {
      const result = await lighthouse(site.url + address, { port, output: 'json', logLevel: 'error' });
      if (!result) throw new Error(`Lighthouse 没有给出 ${address} 的结果`);
      const { categories, audits } = result.lhr;
      scores[address] = Object.fromEntries(
        CATEGORIES.map((name) => [name, Math.round((categories[name]?.score ?? 0) * 100)]),
      );
      for (const name of CATEGORIES)
        for (const { id, weight } of categories[name]?.auditRefs ?? []) {
          const audit = audits[id];
          if (audit && weight > 0 && audit.score !== null && audit.score < 1)
            losses.push(`${address} ${name} ${id} ${audit.score} ${audit.displayValue ?? ''}`);
        }
    }
    console.table(scores);
    for (const loss of losses) console.log(loss);
  } finally {
    await browser.close();
    await site.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
