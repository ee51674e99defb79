import { createReadStream, existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { formatProblem } from '../model/problems.ts';
import type { Pictures } from './index.ts';
import { VARIANTS_ADDRESS } from './place.ts';
import { onPictureProgress, sayProgress } from './progress.ts';

/** Encodes uploads before the content is read, and puts the variants (and uploads from elsewhere) on the site. */
export function picturesIntegration(pictures: Pictures): AstroIntegration {
  return {
    name: 'pictures',
    hooks: {
      'astro:config:setup': async ({ command, logger }) => {
        if (command === 'dev') onPictureProgress((progress) => logger.info(sayProgress(progress)));
        for (const problem of await pictures.encode({ isThorough: command === 'build' }))
          logger.error(formatProblem(problem));
      },
      'astro:server:setup': ({ server }) => {
        server.middlewares.use((request, response, next) => {
          const path = decodeURIComponent((request.url ?? '').split('?')[0] ?? '');
          const at = path.indexOf(VARIANTS_ADDRESS);
          const file = join(pictures.folder, basename(path));
          if (at < 0 || !/\.(avif|webp)$/.test(file) || !existsSync(file)) return next();
          response.setHeader('Content-Type', file.endsWith('.avif') ? 'image/avif' : 'image/webp');
          createReadStream(file).pipe(response);
        });
      },
      'astro:build:done': ({ dir }) => pictures.place(fileURLToPath(dir)),
    },
  };
}
