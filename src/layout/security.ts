/** What a page may load; see https://www.w3.org/TR/CSP3/. */

/** Everything from this site only, and no inline script. Pagefind needs `'wasm-unsafe-eval'`; styles are inlined for speed. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
].join('; ');

/** The same as a response header, which can also forbid framing (browsers ignore that in a `<meta>`). */
export const CONTENT_SECURITY_POLICY_HEADER = `${CONTENT_SECURITY_POLICY}; frame-ancestors 'self'`;
