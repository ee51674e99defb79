/** How files of the site are cached, by this server and by the storage that `npm run deploy` fills. */

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
