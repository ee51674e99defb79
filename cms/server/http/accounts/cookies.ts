import type { Context } from 'hono';
import { isDeviceCookie } from '../../services/accounts/devices.ts';
import type { Caller } from '../../services/accounts/caller.ts';
import type { Outcome } from '../../services/accounts/sign-in.ts';

/** Between Hono's context and the accounts, which know nothing of HTTP routes. */

export const callerOf = (context: Context): Caller => ({
  address: context.get('client')?.address ?? '',
  counted: context.get('client')?.counted ?? '',
  cookie: context.req.header('cookie') ?? '',
  userAgent: context.req.header('user-agent') ?? '',
});

/**
 * Passes cookies to the browser, `Secure` where the page came by TLS; those of better-auth as session cookies, since the
 * server itself ends sessions.
 */
export function passCookies(context: Context, from: Headers): void {
  const isSecure =
    context.req.header('origin')?.startsWith('https:') || context.get('client')?.protocol === 'https';
  for (const cookie of from.getSetCookie()) {
    const lasts = /max-age=0/i.test(cookie) || isDeviceCookie(cookie);
    const kept = lasts ? cookie : cookie.replace(/;\s*(?:max-age|expires)=[^;]*/gi, '');
    context.header('Set-Cookie', isSecure ? `${kept}; Secure` : kept, { append: true });
  }
}

/** Waits for a step of signing in and passes its cookies to the browser. */
export async function withCookies(context: Context, step: Promise<Outcome>): Promise<Outcome> {
  const outcome = await step;
  if (outcome.kind !== 'refused') passCookies(context, outcome.cookies);
  return outcome;
}
