import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'astro';
import { outDir } from '../../../src/store/index.ts';
import { TEXT_FOLDER } from '../../../src/search/fulltext/sections.ts';
import { searchRecords } from '../../../src/search/indexing/records.ts';
import { keepBase } from '../../../src/search/indexing/recent.ts';
import { endWithParent } from '../process/parent.ts';
import { compressSite } from './compression.ts';
import { keepTemplates } from './templates.ts';
import { writePages } from './pages.ts';

/** What a full build reports to its server. */
export type FullBuildMessage = { templates: true } | { pages: number; total: number } | { indexing: true };

const report = (message: FullBuildMessage) => process.send?.(message);

/** A message for each page would be more work than the pages. */
const PAGES_BETWEEN_REPORTS = 10;

/**
 * Builds the whole site into `OUT_DIR`, and keeps the compiled templates for the builds to come. A process
 * of its own, run in the workspace: `node full.ts <id of the templates>`.
 */
const done = endWithParent();
const [id = ''] = process.argv.slice(2);
const { default: config } = await import(pathToFileURL(resolve('astro.config.mjs')).href);
const { integration, pages } = keepTemplates(resolve('.'), id, {
  onTemplates: () => report({ templates: true }),
  onPages(made, total) {
    if (made % PAGES_BETWEEN_REPORTS === 0 || made === total) report({ pages: made, total });
    if (made === total) report({ indexing: true });
  },
});
await build({
  ...config,
  root: resolve('.'),
  configFile: false,
  // By default it is in `node_modules`, which a service may not write.
  vite: { ...config.vite, cacheDir: resolve('.astro/vite') },
  integrations: [...config.integrations, integration],
  logLevel: 'warn',
});
const records = searchRecords().filter(({ address }) => existsSync(join(outDir, address, 'index.html')));
keepBase(join(outDir, TEXT_FOLDER), records);
// What pages without a key have read is recorded here, too.
writePages(outDir, pages());
compressSite(outDir);
done();
