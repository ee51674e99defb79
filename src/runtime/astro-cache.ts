import { globSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { digestOf, readKept, writeKept } from './kept-file.ts';

const DIGESTS = 'digests.json';

const filesIn = (folder: string) =>
  globSync('**/*', { cwd: folder }).filter(
    (name) => name !== DIGESTS && statSync(join(folder, name)).isFile(),
  );

/**
 * Removes every file of Astro's cache that is not as the last complete build left it. Astro (7.3.5) takes a page that it
 * finds there for a good one, also when it is empty.
 */
export function removeDamaged(folder: string): void {
  const known = readDigests(folder);
  for (const name of filesIn(folder)) {
    const file = join(folder, name);
    if (known[name] !== digestOf(readFileSync(file))) rmSync(file, { force: true });
  }
}

/** Notes how the files of the cache are now. */
export function noteDigests(folder: string): void {
  const digests = filesIn(folder).map((name) => [name, digestOf(readFileSync(join(folder, name)))]);
  writeKept(join(folder, DIGESTS), JSON.stringify(Object.fromEntries(digests)));
}

function readDigests(folder: string): Record<string, string> {
  const kept = readKept(join(folder, DIGESTS));
  return kept ? (JSON.parse(kept.toString()) as Record<string, string>) : {};
}

/** Lets a build use of Astro's cache only what is whole. */
export function astroCacheIntegration(): AstroIntegration {
  let folder = '';
  return {
    name: 'astro-cache',
    hooks: {
      'astro:config:setup': ({ command, config }) => {
        folder = fileURLToPath(config.cacheDir);
        if (command === 'build') removeDamaged(folder);
      },
      'astro:build:done': () => noteDigests(folder),
    },
  };
}
