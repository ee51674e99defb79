import { extname } from 'node:path';
import { CONTENT_SECURITY_POLICY, frameAncestors } from '../../../../src/shell/security.ts';
import { contentType, isCompressible } from '../../../content-type.ts';

/**
 * Headers of the site's files. `cacheControl` is used by the storage that `npm run deploy` fills, too; the examples for
 * nginx and Caddy in `docs/serving/` send the same, which `tests/server/nginx.test.ts` compares.
 */

/** Folders whose files are named by their content. */
const IMMUTABLE = /^\/(?:_astro|admin\/assets|pictures|search\/(?:text|index))\//;

/** The one file among them that says what the others are called. */
const SEARCH_MANIFEST = '/search/index/manifest.json';

const ONE_HOUR_S = 3600;
const ONE_YEAR_S = 31_536_000;

/** Cache-Control of an address, which begins with `/` below the base path. */
export function cacheControl(pathname: string): string {
  if (IMMUTABLE.test(pathname) && pathname !== SEARCH_MANIFEST)
    return `public, max-age=${ONE_YEAR_S}, immutable`;
  return /\.(?!html)\w+$/.test(pathname) && !/\.(?:xml|json|ics)$|^\/sw\.js$/.test(pathname)
    ? `public, max-age=${ONE_HOUR_S}`
    : 'no-cache';
}

/** An SVG opened directly is a document: it may not run or load anything. */
const UPLOAD_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";

/**
 * What the editor needs: the parser of bodies is WebAssembly, Emotion (of Decap's interface) writes style elements, and
 * pictures and videos that are being uploaded are shown from memory (`blob:`).
 */
const EDITOR_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "connect-src 'self' blob:",
  "frame-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
].join('; ');

function contentPolicy(pathname: string): string {
  if (pathname.startsWith('/uploads/')) return UPLOAD_POLICY;
  if (pathname.startsWith('/admin/')) return EDITOR_POLICY;
  const isPage = pathname.endsWith('/') || pathname.endsWith('.html');
  return isPage ? `${CONTENT_SECURITY_POLICY}; ${frameAncestors(pathname)}` : frameAncestors(pathname);
}

/** Devices that no page of the site uses: a frame or an injected script may not ask for them either. */
export const PERMISSIONS_POLICY = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'usb',
]
  .map((feature) => `${feature}=()`)
  .join(', ');

const HALF_A_YEAR_S = 15_552_000;

/** For answers that came by HTTPS. Other hosts of the county's domain are none of our business. */
export const STRICT_TRANSPORT_SECURITY = `max-age=${HALF_A_YEAR_S}`;

/** The headers of a file, by its address, which begins with `/` below the base path. */
export function siteHeaders(pathname: string): Record<string, string> {
  const file = extname(pathname) ? pathname : 'index.html';
  const type = contentType(file);
  return {
    ...(type && { 'Content-Type': type }),
    ...(isCompressible(file) && { Vary: 'Accept-Encoding' }),
    'Cache-Control': cacheControl(pathname),
    'Content-Security-Policy': contentPolicy(pathname),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'strict-origin-when-cross-origin',
    'Permissions-Policy': PERMISSIONS_POLICY,
    // Open data is for other sites' scripts too.
    ...(/^\/api\/.*\.json$/.test(pathname) && { 'Access-Control-Allow-Origin': '*' }),
  };
}
