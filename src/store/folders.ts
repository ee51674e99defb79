import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** Where a content lies and what is made of it. */
export interface ContentFolders {
  /** What editors write: a folder for each type, `data/` and, on a server, `uploads/`. */
  contentDir: string;
  /** Compiled bodies and encoded pictures; may be deleted at any time. */
  cacheDir: string;
  /** Uploaded pictures and files, served under `/uploads/`. */
  uploadsDir: string;
  /** What stands before every internal address of the site, without a final slash: `/kepu`, or empty. */
  basePath: string;
}

const withoutSlash = (path: string) => path.replace(/\/+$/, '');

/**
 * Folders as absolute paths; what is not given is the project's own.
 *
 * @param options `uploadsDir`: else `uploads` in the content where there is such a folder, else `public/uploads`
 */
export function resolveFolders({
  contentDir = 'content',
  cacheDir = '.cache',
  uploadsDir,
  basePath = '',
}: Partial<ContentFolders> = {}): ContentFolders {
  const own = resolve(contentDir, 'uploads');
  return {
    contentDir: resolve(contentDir),
    cacheDir: resolve(cacheDir),
    uploadsDir: resolve(uploadsDir ?? (existsSync(own) ? own : 'public/uploads')),
    basePath: withoutSlash(basePath),
  };
}

/** What the environment says: `CONTENT_DIR`, `CACHE_DIR`, `BASE_PATH`. */
export const foldersOfEnvironment = (): ContentFolders =>
  resolveFolders({
    contentDir: process.env.CONTENT_DIR || undefined,
    cacheDir: process.env.CACHE_DIR || undefined,
    basePath: process.env.BASE_PATH || undefined,
  });

/** `OUT_DIR`, default `dist`: where the site is built. */
export const outDir = resolve(process.env.OUT_DIR || 'dist');
