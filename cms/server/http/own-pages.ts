import { networkInterfaces } from 'node:os';
import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { CALL_HEADER } from '../../protocol/session.ts';

/** Refuses requests that do not come from this server's own pages. */

export interface OwnPagesOptions {
  /** Where the site may be opened: `https://kepu.example.cn`, `http://127.0.0.1:4321`; asked each time. */
  origins: () => readonly string[];
  /** Addresses that work without a session and so need neither `X-Portal` nor a form's token; Origin is checked there too. */
  open?: readonly string[];
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
const MAX_FORM_BYTES = 25 * 1024 * 1024;
/** A login, a code, a new password. */
const MAX_ANONYMOUS_BYTES = 16 * 1024;

const limited = (maxSize: number, most: string) =>
  bodyLimit({ maxSize, onError: (context) => refuse(context, `太大了，一次最多 ${most}`, 413) });

/**
 * For routes that read a body without a session: answers 413 to a longer one, also when it comes in chunks without a
 * `Content-Length`, so that no more than that is held in memory.
 */
export const limitAnonymousBody: MiddlewareHandler = limited(MAX_ANONYMOUS_BYTES, '16 KB');
const limitSignedInBody = limited(MAX_FORM_BYTES, '25 MB');

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
    if (isApi) return req.header(CALL_HEADER) === '1' ? next() : refuse(context, '请从编辑后台的页面操作');

    const wanted = context.get('csrf');
    if (!wanted) return next();
    let outcome: Response | undefined;
    // With a temporary password there is a session (and a token), but no person yet.
    const body = context.get('person') ? limitSignedInBody : limitAnonymousBody;
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
      .filter((found) => !!found))
      if (!internal) names.push(family === 'IPv6' ? `[${address}]` : address);
  return [...(publicUrl ? [publicUrl] : []), ...names.map((name) => `http://${name}:${port}`)];
}
