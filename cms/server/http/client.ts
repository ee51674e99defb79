import { getConnInfo } from '@hono/node-server/conninfo';
import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import { plainAddress } from '../services/network-address.ts';

/** The browser at the other end of a connection. */

export interface Client {
  /** Network address of the browser. */
  address: string;
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

/**
 * The browser's address and protocol. Forwarded headers count only when the connection comes from the trusted proxy,
 * and then only the last address: those before it may be forged by the browser.
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
