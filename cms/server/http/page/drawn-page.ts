import type { Context } from 'hono';
import { html } from 'hono/html';
import { CONTENT_SECURITY_POLICY } from '../../../../src/shell/security.ts';
import type { Drawn, Previews } from '../../build/previews/previews.ts';
import type { EntryDocument } from '../../stores/content/entry-document.ts';

/** The page of a draft as its readers will see it, drawn with the site's templates. */

export type DrawsPages = Pick<Previews, 'draw'> | undefined;

/** As on the site, but nothing runs and nothing can be sent: the text may be anybody's. */
const POLICY = [
  CONTENT_SECURITY_POLICY.replace(/script-src [^;]*/, "script-src 'none'").replace(
    /form-action [^;]*/,
    "form-action 'none'",
  ),
  "frame-ancestors 'self'",
  'sandbox allow-same-origin',
].join('; ');

/** Seconds until a page that is not ready is asked for again. */
const AGAIN_S = 3;

/** Answers with the page of a draft, or with a sentence that says why there is none. */
export async function drawnPage(
  context: Context,
  previews: DrawsPages,
  { place, text }: EntryDocument,
): Promise<Response> {
  const nothing: Drawn = { isLater: false };
  const { html: page, isLater } = place.type?.address
    ? ((await previews?.draw({ type: place.kind, slug: place.slug, text })) ?? nothing)
    : nothing;
  context.header('Content-Security-Policy', POLICY);
  context.header('Cache-Control', 'no-store');
  context.header('X-Content-Type-Options', 'nosniff');
  context.header('X-Robots-Tag', 'noindex, nofollow');
  context.header('Referrer-Policy', 'no-referrer');
  if (page !== undefined) return context.html(page);
  const why = isLater
    ? '网页正在准备，几秒钟以后自动出来。'
    : place.type?.address
      ? '这一稿还画不成网页（可能有没填的项目）。请返回看全文。'
      : '这一类内容没有自己的网页。请返回看全文。';
  return context.html(
    html`<!doctype html>
      <html lang="zh-CN">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="robots" content="noindex" />
          ${isLater && html`<meta http-equiv="refresh" content="${AGAIN_S}" />`}
          <title>网页的样子</title>
        </head>
        <body>
          <p>${why}</p>
        </body>
      </html>`,
    isLater ? 503 : 404,
  );
}
