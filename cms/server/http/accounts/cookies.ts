import type { Context } from 'hono';
import type { Caller } from '../../services/accounts/caller.ts';
import type { Outcome } from '../../services/accounts/sign-in.ts';

/** Between Hono's context and the accounts, which know nothing of HTTP routes. */

export const callerOf = (context: Context): Caller => ({
  address: context.get('client')?.address ?? '',
  cookie: context.req.header('cookie') ?? '',
  userAgent: context.req.header('user-agent') ?? '',
});

/**
 * Passes the cookies of better-auth to the browser: as session cookies, since the server itself ends sessions, and
 * `Secure` where the page came by TLS.
 */
export function passCookies(context: Context, from: Headers): void {
  const isSecure =
    context.req.header('origin')?.startsWith('https:') || context.get('client')?.protocol === 'https';
  for (const cookie of from.getSetCookie()) {
    const kept = /max-age=0/i.test(cookie) ? cookie : cookie.replace(/;\s*(?:max-age|expires)=[^;]*/gi, '');
    context.header('Set-Cookie', isSecure ? `${kept}; Secure` : kept, { append: true });
  }
}

/** Waits for a step of signing in and passes its cookies to the browser. */
export async function withCookies(context: Context, step: Promise<Outcome>): Promise<Outcome> {
  const outcome = await step;
  if (outcome.kind !== 'refused') passCookies(context, outcome.cookies);
  return outcome;
}
