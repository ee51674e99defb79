import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

/** What to do in an emergency; the articles that it leads to are kept with it. */
const EMERGENCY_PAGE = 'emergency/';
/** Pages that are there without network from the first visit on. */
const SHELL_PAGES = ['offline/', 'caravan/', EMERGENCY_PAGE];
const SHELL_FILES = ['preferences.js', 'favicon.svg'];

/**
 * Writes the service worker, `/sw.js`, after a build. Its version is the content of what it keeps from the start.
 * `OFFLINE=off` writes one that removes itself and everything kept: the way back if it ever does harm.
 */
export function offlineIntegration(): AstroIntegration {
  let base = '/';
  return {
    name: 'offline',
    hooks: {
      'astro:config:done': ({ config }) => {
        base = `/${config.base}/`.replace(/\/+/g, '/');
      },
      'astro:build:done': ({ dir }) => {
        const folder = fileURLToPath(dir);
        writeFileSync(join(folder, 'sw.js'), workerScript(folder, base, process.env.OFFLINE === 'off'));
      },
    },
  };
}

/** The worker for a built site. */
function workerScript(folder: string, base: string, off: boolean): string {
  const read = (page: string) => readFileSync(join(folder, page, 'index.html'), 'utf8');
  const isThere = (page: string) => existsSync(join(folder, page, 'index.html'));
  const urgent = isThere(EMERGENCY_PAGE) ? articlesIn(read(EMERGENCY_PAGE), base) : [];
  const pages = [...SHELL_PAGES, ...urgent].filter(isThere);
  const html = pages.map(read);
  const scripts = html.flatMap((text) =>
    [...text.matchAll(/<script[^>]*\ssrc="([^"]+)"/g)].map(([, address = '']) => address.slice(base.length)),
  );
  const files = [...withImports(folder, [...scripts, ...SHELL_FILES])];
  const hash = createHash('sha256').update(html.join('\0'));
  for (const file of files) hash.update(readFileSync(join(folder, file)));
  const shell = [...pages, ...files].map((address) => base + address);
  const settings = { base, version: hash.digest('hex').slice(0, 16), shell, off };
  return `const SETTINGS = ${JSON.stringify(settings)};\n${readFileSync('src/offline/worker.js', 'utf8')}`;
}

/** The articles that a page leads to, as addresses below the base path. */
const articlesIn = (html: string, base: string): string[] =>
  [...html.matchAll(/\shref="([^"#]+)"/g)]
    .map(([, address = '']) => address)
    .filter((address) => address.startsWith(`${base}articles/`))
    .map((address) => address.slice(base.length));

/** Files with the scripts that they import, each once; what is not there is left out. */
function withImports(folder: string, files: readonly string[]): Set<string> {
  const found = new Set<string>();
  const waiting = [...files];
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
    if (found.has(file) || !existsSync(join(folder, file))) continue;
    found.add(file);
    if (!file.endsWith('.js')) continue;
    const text = readFileSync(join(folder, file), 'utf8');
    for (const [, imported = ''] of text.matchAll(/(?:from|import)\s*["'](\.\.?\/[^"']+\.js)["']/g))
      waiting.push(join(dirname(file), imported).replaceAll('\\', '/'));
  }
  return found;
}
