import { copyFileSync, createReadStream, cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { AstroIntegration } from 'astro';
import { outDir, uploadsDir } from '../loader/folders.ts';
import { formatProblem } from '../model/problems.ts';
import { encodePictures, picturesDir, readPictureIndex } from './encode.ts';
import { VARIANTS_ADDRESS } from './picture.ts';

/** Encodes uploads before the content is read, and puts the variants (and uploads from elsewhere) on the site. */
export function pictures(): AstroIntegration {
  return {
    name: 'pictures',
    hooks: {
      'astro:config:setup': async ({ logger }) => {
        for (const problem of await encodePictures()) logger.error(formatProblem(problem));
      },
      'astro:server:setup': ({ server }) => {
        server.middlewares.use((request, response, next) => {
          const path = decodeURIComponent((request.url ?? '').split('?')[0] ?? '');
          const at = path.indexOf(VARIANTS_ADDRESS);
          const file = join(picturesDir, basename(path));
          if (at < 0 || !/\.(avif|webp)$/.test(file) || !existsSync(file)) return next();
          response.setHeader('Content-Type', file.endsWith('.avif') ? 'image/avif' : 'image/webp');
          createReadStream(file).pipe(response);
        });
      },
      'astro:build:done': () => {
        const target = join(outDir, VARIANTS_ADDRESS);
        mkdirSync(target, { recursive: true });
        const present = new Set(readdirSync(target));
        for (const { variants } of Object.values(readPictureIndex()))
          for (const { file } of variants)
            if (!present.has(file)) copyFileSync(join(picturesDir, file), join(target, file));
        if (uploadsDir !== resolve('public/uploads'))
          cpSync(uploadsDir, join(outDir, 'uploads'), { recursive: true });
      },
    },
  };
}
