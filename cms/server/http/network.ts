import { isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';

/** Who is at the other end of a connection, and whether a request comes from this server's own pages. */

export interface Client {
  /** Network address of the browser. */
  address: string;
  protocol: 'http' | 'https';
}

/** The part of this server's settings that says what stands before it. */
export interface ProxySettings {
  /** Address of the one TLS proxy whose `X-Forwarded-…` headers are believed; empty: nobody's. */
  proxy: string;
}

declare module 'hono' {
  interface ContextVariableMap {
    client?: Client;
  }
}

/** `::ffff:10.0.0.1` is the same machine as `10.0.0.1`. */
const plainAddress = (address: string) => address.trim().replace(/^::ffff:(?=\d+\.)/i, '');

const GROUPS = 8;
const NETWORK_GROUPS = 4;

/**
 * What limits count by: an IPv4 address, or the first 64 bits of an IPv6 address, `2001:db8:0:1::/64`, since whoever has
 * one address there has all of them (RFC 6177). What is no address stays as it is.
 */
export function networkOf(address: string): string {
  const plain = plainAddress(address).replace(/%.*$/, '');
  if (!isIPv6(plain)) return plain;
  // `URL` writes an IPv6 address in one way only (RFC 5952).
  const { hostname } = new URL(`http://[${plain}]`);
  const [before = [], after = []] = hostname
    .slice(1, -1)
    .split('::')
    .map((part) => part.split(':').filter(Boolean));
  const zeros = Array<string>(GROUPS - before.length - after.length).fill('0');
  return `${[...before, ...zeros, ...after].slice(0, NETWORK_GROUPS).join(':')}::/64`;
}

/**
 * The browser's address and protocol. Forwarded headers count only when the connection comes from the trusted proxy,
 * and then only the last address: those before it are whatever the browser sent.
 */
export function clientOf(
  request: Pick<Request, 'headers'>,
  connection: { address?: string | undefined },
  { proxy }: ProxySettings,
): Client {
  const address = plainAddress(connection.address ?? '');
  if (!proxy || address !== plainAddress(proxy)) return { address, protocol: 'http' };
  const forwarded = request.headers.get('x-forwarded-for')?.split(',').at(-1);
  const protocol = request.headers.get('x-forwarded-proto')?.split(',').at(-1)?.trim();
  return {
    address: forwarded ? plainAddress(forwarded) : address,
    protocol: protocol === 'https' ? 'https' : 'http',
  };
}

/** Puts `client` into the context; `settings` is asked each time, since the administrator may change it. */
export const knowsClient = (settings: () => ProxySettings): MiddlewareHandler =>
  createMiddleware(async (context, next) => {
    const connection = context.env?.incoming ? getConnInfo(context).remote : {};
    context.set('client', clientOf(context.req.raw, connection, settings()));
    await next();
  });

export interface OwnPagesOptions {
  /** Where the site may be opened: `https://kepu.example.cn`, `http://127.0.0.1:4321`; asked each time. */
  origins: () => readonly string[];
  /** Addresses that work without a session and so need neither `X-Portal` nor a form's token; Origin is checked there too. */
  open?: readonly string[];
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
const MAX_FORM_BYTES = 25 * 1024 * 1024;
/** A login, a code, a new password. */
const MAX_STRANGER_BYTES = 16 * 1024;

const limited = (maxSize: number, most: string) =>
  bodyLimit({ maxSize, onError: (context) => refuse(context, `太大了，一次最多 ${most}`, 413) });

/**
 * Goes before every body that is read of somebody who has not signed in: 413 for a longer one, whether its length is said
 * or it comes in pieces, and no more than that is held in memory.
 */
export const strangersBody: MiddlewareHandler = limited(MAX_STRANGER_BYTES, '16 KB');
const colleaguesBody = limited(MAX_FORM_BYTES, '25 MB');

/**
 * Refuses what does not come from this server's own pages: a `Host` that is not ours (DNS rebinding), another site's
 * `Origin`, an API call without `X-Portal: 1`, a form without the token of the session (`csrfField`).
 * https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
 */
export function ownPagesOnly({ origins, open = [] }: OwnPagesOptions): MiddlewareHandler {
  const isOpen = (path: string) => open.some((start) => path === start || path.startsWith(`${start}/`));

  return async (context, next) => {
    const { req } = context;
    const own = origins();
    const host = req.header('host')?.toLowerCase() ?? '';
    if (!own.some((origin) => new URL(origin).host === host))
      return refuse(context, `不能用这个网址打开编辑后台，请用 ${own[0]} 开头的网址`);

    const isApi = req.path.startsWith('/api/');
    const isSafe = SAFE.has(req.method);
    if ((isApi || !isSafe) && !comesFrom(context, own, isSafe))
      return refuse(context, '请从编辑后台的页面操作');
    if (isSafe || isOpen(req.path)) return next();
    if (isApi) return req.header('x-portal') === '1' ? next() : refuse(context, '请从编辑后台的页面操作');

    const wanted = context.get('csrf');
    if (!wanted) return next();
    let outcome: Response | undefined;
    // Who still has to change a given password has a session, but is not at work yet.
    const body = context.get('person') ? colleaguesBody : strangersBody;
    const answer = await body(context, async () => {
      const { csrf } = await req.parseBody().catch(() => ({ csrf: undefined }));
      if (csrf === wanted) await next();
      else outcome = refuse(context, '这个页面放得太久，或者登录换过了。请返回上一页，刷新以后再做一次');
    });
    return answer ?? outcome;
  };
}

function comesFrom({ req }: Context, own: readonly string[], isSafe: boolean): boolean {
  const site = req.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && !(isSafe && site === 'none')) return false;
  const origin = req.header('origin');
  if (origin !== undefined) return own.includes(origin);
  if (isSafe) return true;
  // Browsers of before 2020 send only a Referer with a form.
  const referer = req.header('referer');
  return referer !== undefined && URL.canParse(referer) && own.includes(new URL(referer).origin);
}

function refuse(context: Context, message: string, status: 403 | 413 = 403) {
  context.header('Cache-Control', 'no-store');
  return context.req.path.startsWith('/api/')
    ? context.json({ message }, status)
    : context.text(message, status);
}

/** Where this server may be opened: this machine itself, its address on the network when that is on, and its public address. */
export function ownOrigins(
  port: number,
  { network, publicUrl }: { network: boolean; publicUrl: string },
): string[] {
  const names = ['127.0.0.1', 'localhost', '[::1]'];
  if (network)
    for (const { address, family, internal } of Object.values(networkInterfaces())
      .flat()
      .filter((known) => !!known))
      if (!internal) names.push(family === 'IPv6' ? `[${address}]` : address);
  return [...(publicUrl ? [publicUrl] : []), ...names.map((name) => `http://${name}:${port}`)];
}
