import { createHash } from 'node:crypto';
import { RECALL } from './preferences/recall.ts';

/** What a page may load; see https://www.w3.org/TR/CSP3/. */

const RECALL_DIGEST = createHash('sha256').update(RECALL).digest('base64');

/** Everything from this site only, and no inline script but that of `recall.ts`; styles are inlined for speed. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  `script-src 'self' 'sha256-${RECALL_DIGEST}'`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
].join('; ');

/** Pages below this address may stand in a frame on any site, e.g. a school's. */
export const EMBED_FOLDER = '/embed/';

/** Which sites may frame a page: a directive for the response header only, browsers ignore it in a `<meta>`. */
export const frameAncestors = (pathname: string): string =>
  `frame-ancestors ${pathname.startsWith(EMBED_FOLDER) ? '*' : "'self'"}`;

/** The policy of ordinary pages as a response header. */
export const CONTENT_SECURITY_POLICY_HEADER = `${CONTENT_SECURITY_POLICY}; ${frameAncestors('/')}`;
