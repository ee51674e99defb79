/** The browser that signs in, as far as signing in needs to know it. */
export interface Caller {
  /** Network address; empty when unknown. */
  address: string;
  /** What failures are counted by: the address or, behind a proxy that is not in the settings, what it says of the browser. */
  counted: string;
  /** Its `Cookie` and `User-Agent` headers; empty when there are none. */
  cookie: string;
  userAgent: string;
}

/** Header by which better-auth is told the caller's address; one that a browser sends under this name is not passed on. */
export const CLIENT_HEADER = 'x-portal-client';

/** Headers for better-auth: cookies, browser, address; nothing else that a browser may send. */
export function headersOf({ address, cookie, userAgent }: Caller): Headers {
  const headers = new Headers({ cookie, 'user-agent': userAgent });
  if (address) headers.set(CLIENT_HEADER, address);
  return headers;
}
