import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'astro';
import { outDir } from '../../../src/store/index.ts';
import { searchRecords } from '../../../src/search/records.ts';
import { keepBase } from '../../../src/search/recent.ts';
import { endWithParent } from '../process/parent.ts';
import { keepTemplates } from './templates.ts';
import { writePages } from './pages.ts';

/** What a whole build tells its server. */
export type WholeNews = { templates: true } | { pages: number; total: number } | { indexing: true };

const tell = (news: WholeNews) => process.send?.(news);

/** A message for each page would be more work than the pages. */
const PAGES_BETWEEN_NEWS = 10;

/**
 * Builds the whole site into `OUT_DIR`, and keeps the compiled templates for the builds to come. A process
 * of its own, run in the workshop: `node full.ts <id of the templates>`.
 */
const done = endWithParent();
const [id = ''] = process.argv.slice(2);
const { default: config } = await import(pathToFileURL(resolve('astro.config.mjs')).href);
const { integration, pages } = keepTemplates(resolve('.'), id, {
  onTemplates: () => tell({ templates: true }),
  onPages(made, total) {
    if (made % PAGES_BETWEEN_NEWS === 0 || made === total) tell({ pages: made, total });
    if (made === total) tell({ indexing: true });
  },
});
await build({
  ...config,
  root: resolve('.'),
  configFile: false,
  integrations: [...config.integrations, integration],
  logLevel: 'warn',
});
const records = searchRecords().filter(({ address }) => existsSync(join(outDir, address, 'index.html')));
keepBase(join(outDir, 'pagefind'), records);
// What pages have read is learnt when they are first made anew.
writePages(outDir, pages());
done();
