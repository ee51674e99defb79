import { mkdirSync, symlinkSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

/**
 * Lets a site be built next to the project, into `/srv/portal-site` from `/srv/portal`. Astro (7.3.5) takes such a folder
 * for one inside, for its path begins like the project's, and puts the code that makes the pages there, where Node finds no
 * packages. A link leads to them; Astro removes the code after the build, and the link with it.
 */
export function packagesIntegration(): AstroIntegration {
  let outDir = '';
  return {
    name: 'packages',
    hooks: {
      'astro:config:done': ({ config }) => {
        outDir = fileURLToPath(config.outDir);
      },
      'astro:build:setup': ({ target }) => {
        const root = process.cwd();
        if (target !== 'server' || !outDir.startsWith(root) || outDir.startsWith(root + sep)) return;
        const code = join(outDir, '.prerender');
        mkdirSync(code, { recursive: true });
        // A junction: Windows makes it without being administrator.
        symlinkSync(resolve('node_modules'), join(code, 'node_modules'), 'junction');
      },
    },
  };
}
