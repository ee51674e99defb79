import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { buildSearch } from '../../../src/search/indexing/build.ts';
import { launchBrowser } from '../../support/browser.ts';
import { serve } from '../../support/serve.ts';

/** The search of the content in a browser, without building the site around it. */

export interface FoundPage {
  address: string;
  title: string;
  tier: string;
}

type InPage = { ask(query: string): Promise<FoundPage[]>; offer(query: string): Promise<string[]> };

const ENTRY = `
  import { openTitleIndex, fetchFromFolder } from './src/search/browser/titles.ts';
  import { bytesFromFolder, openTextIndex } from './src/search/browser/text-index.ts';
  import { search, suggest } from './src/search/browser/search.ts';
  const index = openTitleIndex(fetchFromFolder('/search/index/'), bytesFromFolder('/search/text/'));
  const engine = index.manifest().then(({ sections }) => openTextIndex(bytesFromFolder('/search/text/'), sections));
  globalThis.ask = async (query) => {
    const fullText = await engine;
    const { found } = await search(index, fullText, query);
    return Promise.all(found.slice(0, 10).map(async ({ doc, tier }) => {
      const { title, address } = await fullText.read(doc);
      return { title, address, tier };
    }));
  };
  globalThis.offer = async (query) => (await suggest(index, query)).titles.map(({ address }) => address);
`;

export async function openSearch(clock: string) {
  const folder = mkdtempSync(join(tmpdir(), 'everyday-'));
  await buildSearch(folder);
  const entry = join(mkdtempSync(join(tmpdir(), 'everyday-entry-')), 'entry.ts');
  writeFileSync(entry, ENTRY.replaceAll("'./src/", `'${process.cwd()}/src/`));
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: folder,
      emptyOutDir: false,
      copyPublicDir: false,
      lib: { entry, formats: ['es'], fileName: 'index' },
    },
  });
  writeFileSync(
    join(folder, 'index.html'),
    '<!doctype html><html lang="zh-CN"><title>x</title><script type="module" src="index.js"></script>',
  );
  const served = await serve(folder);
  const browser = await launchBrowser();
  const page = await browser.newPage();
  await page.clock.setFixedTime(clock);
  await page.goto(served.url);
  await page.waitForFunction(() => 'ask' in globalThis);
  return {
    folder,
    ask: (query: string) => page.evaluate((typed) => (globalThis as unknown as InPage).ask(typed), query),
    offer: (query: string) => page.evaluate((typed) => (globalThis as unknown as InPage).offer(typed), query),
    close: async () => {
      await browser.close();
      await served.close();
    },
  };
}
