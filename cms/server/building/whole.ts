import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import { build } from 'astro';
import { outDir } from '../../../src/loader/folders.ts';
import { buildAdmin } from '../../build.ts';
import { keepTemplates } from './templates.ts';
import { writePages } from './pages.ts';

/**
 * Builds the whole site and the editor into `OUT_DIR`, and keeps the compiled templates for the builds to come. A process
 * of its own, run in the workshop: `node whole.ts <id of the templates>`.
 */
const [id = ''] = process.argv.slice(2);
const { default: config } = await import(pathToFileURL(resolve('astro.config.mjs')).href);
const { integration, pages } = keepTemplates(resolve('.'), id);
await build({
  ...config,
  root: resolve('.'),
  configFile: false,
  integrations: [...config.integrations, integration],
  logLevel: 'warn',
});
await buildAdmin();
writePages(outDir, pages());
