import { request as requestPlain, type RequestOptions } from 'node:http';
import { request as requestSecure } from 'node:https';
import type { LookupFunction } from 'node:net';
import { type Rules, type Target, targetOf } from './addresses.ts';

/** One request to a page of another site, to see whether it opens. Its content is not read. */

const MAX_REDIRECTS = 5;
/** How long one of several addresses may take to connect before the next is tried; the default suits a local network. */
const NEXT_ADDRESS_AFTER_MS = 2500;

export type Outcome =
  /** It opens, or a server is there that refuses automatic requests. */
  | { found: 'open' }
  /** It leads to an internal network or an unusual port, and was not visited. */
  | { found: 'refused' }
  /** The site says that there is no such page. */
  | { found: 'gone'; reason: string }
  /** There is no such site. */
  | { found: 'no-such-host'; reason: string }
  /** It did not open today; `isAnswered`: a server answered all the same. */
  | { found: 'failed'; reason: string; isAnswered: boolean };

export interface Visiting extends Rules {
  userAgent: string;
  /** For each request. */
  timeoutMs: number;
  /** Ends the visit at once. */
  signal: AbortSignal;
  /** Runs a job after the earlier ones of the same host. */
  runForHost: <T>(host: string, job: () => Promise<T>) => Promise<T>;
}

interface Answer {
  status: number;
  location: string | undefined;
}

/** Status codes of broken servers. 521 and the like are how some block automatic requests. */
const BROKEN = [500, 502, 503, 504];

/** Visits an address, following redirects; each hop is checked like the first. Rejects only when it is aborted. */
export async function visit(address: string, how: Visiting): Promise<Outcome> {
  let url = new URL(address);
  try {
    for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
      if (!/^https?:$/.test(url.protocol)) return { found: 'open' };
      const target = await inTime(targetOf(url, how), how);
      if (!target) return { found: 'refused' };
      const at = url;
      const answer = await how.runForHost(target.host, () => ask(at, target, how));
      const next = nextOf(answer, url);
      if (!next) return judged(answer);
      url = next;
    }
  } catch (error) {
    how.signal.throwIfAborted();
    return explained(error as NodeJS.ErrnoException);
  }
  // A loop of redirects, mostly because of a missing cookie: a browser would get through.
  return { found: 'open' };
}

/** Sends `HEAD`, and `GET` if that fails: many servers support only `GET`. */
async function ask(url: URL, target: Target, how: Visiting): Promise<Answer> {
  try {
    const answer = await send('HEAD', url, target, how);
    if (answer.status < 400) return answer;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ECONNRESET') throw error;
  }
  return send('GET', url, target, how);
}

/** Sends a request to the checked addresses, without another DNS lookup (DNS rebinding); reads no body. */
function send(method: string, url: URL, { host, port, addresses }: Target, how: Visiting): Promise<Answer> {
  const lookup: LookupFunction = (_name, { all }, callback) => {
    const [first] = addresses;
    if (all) callback(null, addresses);
    else callback(null, first?.address ?? '', first?.family);
  };
  const options: RequestOptions & { autoSelectFamilyAttemptTimeout: number } = {
    method,
    host,
    port,
    path: url.pathname + url.search,
    headers: { host: url.host, 'user-agent': how.userAgent, accept: '*/*' },
    // A kept-alive connection could lead to another, unchecked address.
    agent: false,
    lookup,
    autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_AFTER_MS,
    signal: AbortSignal.any([how.signal, AbortSignal.timeout(how.timeoutMs)]),
  };
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestSecure : requestPlain)(options, (response) => {
      resolve({ status: response.statusCode ?? 0, location: response.headers.location });
      request.destroy();
    });
    request.on('error', reject);
    request.once('close', () => reject(Object.assign(new Error('hung up'), { code: 'ECONNRESET' })));
    request.end();
  });
}

/** A DNS lookup has no timeout and cannot be aborted. */
async function inTime<T>(work: Promise<T>, { timeoutMs, signal }: Visiting): Promise<T> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  limit.throwIfAborted();
  return Promise.race([
    work,
    new Promise<never>((_resolve, reject) => {
      limit.addEventListener('abort', () => reject(limit.reason), { once: true });
    }),
  ]);
}

/** Target of a redirect; undefined for other answers, and for targets that cannot be parsed. */
function nextOf({ status, location }: Answer, from: URL): URL | undefined {
  if (status < 300 || status > 399 || location === undefined) return undefined;
  // Node decodes headers as Latin-1; unescaped Chinese is mostly UTF-8.
  const text = Buffer.from(location, 'latin1').toString();
  return text.includes('\uFFFD') || !URL.canParse(text, from.href) ? undefined : new URL(text, from);
}

function judged({ status }: Answer): Outcome {
  if (status === 404 || status === 410) return { found: 'gone', reason: `对方说没有这一页（${status}）` };
  if (BROKEN.includes(status))
    return { found: 'failed', reason: `对方的服务器出错（${status}）`, isAnswered: true };
  return { found: 'open' };
}

/** Browsers warn of these too. */
const BAD_CERTIFICATE = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
]);

/** Incomplete certificate chains, which browsers complete, and old TLS versions that browsers still support. */
const ONLY_FOR_BROWSERS = /^(?:UNABLE_TO_|EPROTO$|ERR_SSL_|HPE_)/;

function explained({ name, code = '' }: NodeJS.ErrnoException): Outcome {
  if (code === 'ENOTFOUND') return { found: 'no-such-host', reason: '这个网站已经不在了，查不到它的网址' };
  if (ONLY_FOR_BROWSERS.test(code)) return { found: 'open' };
  const failed = (reason: string, isAnswered = false): Outcome => ({ found: 'failed', reason, isAnswered });
  if (BAD_CERTIFICATE.has(code)) return failed('安全证书过期或不对，打开时会有警告', true);
  if (name === 'TimeoutError' || name === 'AbortError' || code === 'ETIMEDOUT')
    return failed('等了很久没有回答');
  if (code === 'ECONNREFUSED') return failed('对方的服务器没有开');
  return failed('连不上对方的服务器');
}
