import { getConnInfo } from '@hono/node-server/conninfo';
import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import { networkOf, plainAddress } from '../services/network-address.ts';
import type { ForwardedWatch } from './forwarded.ts';

/** The browser at the other end of a connection. */

export interface Client {
  /** Network address of the browser. */
  address: string;
  /**
   * What failures are counted by. Behind a proxy that is not in the settings all browsers have one address, so what it
   * says of the browser counts too: otherwise one stranger's failures would lock everybody.
   */
  counted: string;
  protocol: 'http' | 'https';
}

/** The settings of a proxy in front of this server. */
export interface ProxySettings {
  /** Address of the one TLS proxy whose `X-Forwarded-…` headers are trusted; empty when there is none. */
  proxy: string;
}

declare module 'hono' {
  interface ContextVariableMap {
    client?: Client;
  }
}

/** Longer than any address. */
const MAX_FORWARDED = 64;

/** The last address of `X-Forwarded-For`: those before it may be forged by the browser. */
const forwardedOf = ({ headers }: Pick<Request, 'headers'>): string | undefined =>
  headers.get('x-forwarded-for')?.split(',').at(-1)?.trim().slice(0, MAX_FORWARDED) || undefined;

const isTrusted = (address: string, { proxy }: ProxySettings): boolean =>
  proxy !== '' && address === plainAddress(proxy);

/** The browser's address and protocol. Forwarded headers count only when the connection comes from the trusted proxy. */
export function clientOf(
  request: Pick<Request, 'headers'>,
  connection: { address?: string | undefined },
  settings: ProxySettings,
): Client {
  const address = plainAddress(connection.address ?? '');
  const forwarded = forwardedOf(request);
  if (!isTrusted(address, settings)) {
    const counted = forwarded === undefined ? address : `${address}|${networkOf(forwarded)}`;
    return { address, counted, protocol: 'http' };
  }
  const protocol = request.headers.get('x-forwarded-proto')?.split(',').at(-1)?.trim();
  const browser = forwarded ? plainAddress(forwarded) : address;
  return { address: browser, counted: browser, protocol: protocol === 'https' ? 'https' : 'http' };
}

/**
 * Puts `client` into the context; `settings` is asked each time, since the administrator may change it.
 *
 * @param watch is told of forwarded requests from addresses that are not the trusted proxy
 */
export const knowsClient = (settings: () => ProxySettings, watch?: ForwardedWatch): MiddlewareHandler =>
  createMiddleware(async (context, next) => {
    const connection = context.env?.incoming ? getConnInfo(context).remote : {};
    const request = context.req.raw;
    const address = plainAddress(connection.address ?? '');
    if (forwardedOf(request) !== undefined && !isTrusted(address, settings())) watch?.saw(address);
    context.set('client', clientOf(request, connection, settings()));
    await next();
  });
