import { mkdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AstroIntegration } from 'astro';
import { build } from 'astro';
import { currentContent } from '../../../../src/store/index.ts';
import { stepOf } from '../contract.ts';
import { endWithParent } from '../../process/parent.ts';
import { compileOnly } from './templates.ts';

/**
 * Compiles the templates once for a version of the code. A process of its own, run in the workspace:
 * `node compile.ts <id of the templates>`.
 */

/** Astro's output, of which only what is kept is used. In the root, or the code would be written elsewhere. */
const OUT_DIR = resolve('compiled');
/** Uploads and the like are put into each site, not into this one. */
const NO_FILES = resolve('no-public');

const done = endWithParent();
const [id = ''] = process.argv.slice(2);
// First: pages that are drawn as soon as the templates are there show pictures. What is wrong with one, the build tells.
await currentContent().pictures.encode({ onProgress: (progress) => process.send?.(stepOf(progress)) });
const { default: config } = await import(pathToFileURL(resolve('astro.config.mjs')).href);

/** Pictures are encoded, and what comes after the pages is made with each site, see `rendering/site.ts`. */
const integrations = (config.integrations as AstroIntegration[])
  .filter(({ name }) => name !== 'pictures')
  .map(({ name, hooks: { 'astro:build:done': _, ...hooks } }): AstroIntegration => ({ name, hooks }));

mkdirSync(NO_FILES, { recursive: true });
await build({
  ...config,
  root: resolve('.'),
  outDir: OUT_DIR,
  publicDir: NO_FILES,
  configFile: false,
  // By default it is in `node_modules`, which a service may not write.
  vite: { ...config.vite, cacheDir: resolve('.astro/vite') },
  integrations: [...integrations, compileOnly(resolve('.'), id)],
  experimental: { ...config.experimental, incrementalBuild: false },
  logLevel: 'warn',
});
rmSync(OUT_DIR, { recursive: true, force: true });
done();
