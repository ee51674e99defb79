import { extname } from 'node:path';

/** How files of the site are typed and cached, by this server and by the storage that `npm run deploy` fills. */

/** Text that people may open on its own; Chinese needs the charset. */
const TEXT_TYPES: Record<string, string> = {
  '.css': 'text/css',
  '.csv': 'text/csv',
  '.html': 'text/html',
  '.ics': 'text/calendar',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain',
  '.webmanifest': 'application/manifest+json',
  '.xml': 'application/xml',
};

/** Content-Type of a text file with its charset; undefined for others, which every server knows. */
export function textType(pathname: string): string | undefined {
  const type = TEXT_TYPES[extname(pathname) || '.html'];
  return type && `${type}; charset=utf-8`;
}

/** Folders whose files are named by their content. */
const IMMUTABLE = /^\/(?:_astro|admin\/assets|pictures)\//;

const ONE_HOUR_S = 3600;
const ONE_YEAR_S = 31_536_000;

/** Cache-Control of an address, which begins with `/` below the base path. */
export function cacheControl(pathname: string): string {
  if (IMMUTABLE.test(pathname)) return `public, max-age=${ONE_YEAR_S}, immutable`;
  return /\.(?!html)\w+$/.test(pathname) && !/\.(?:xml|json|ics)$|^\/sw\.js$/.test(pathname)
    ? `public, max-age=${ONE_HOUR_S}`
    : 'no-cache';
}
