import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** Which folders this build reads and writes; absolute paths. */

const fromEnv = (name: string, fallback: string) => resolve(process.env[name] || fallback);

/** `CONTENT_DIR`, default `content`. */
export const contentDir = fromEnv('CONTENT_DIR', 'content');

/** `OUT_DIR`, default `dist`. */
export const outDir = fromEnv('OUT_DIR', 'dist');

/** `CACHE_DIR`: compiled bodies and encoded pictures; may be deleted at any time. */
export const cacheDir = fromEnv('CACHE_DIR', '.cache');

/** Uploaded pictures and files, served under `/uploads/`: `CONTENT_DIR/uploads` where there is one, else `public/uploads`. */
export const uploadsDir = existsSync(resolve(contentDir, 'uploads'))
  ? resolve(contentDir, 'uploads')
  : resolve('public/uploads');

/** `BASE_PATH` without a final slash: what stands before every internal address of the site. */
export const basePath = (process.env.BASE_PATH || '').replace(/\/+$/, '');
