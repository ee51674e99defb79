import type { Context } from 'hono';
import { html } from 'hono/html';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Content } from '../../../../src/store/index.ts';
import { siteSettingsOf } from '../../../../src/types/site-settings.ts';
import { type Person, ROLES } from '../../../protocol/roles.ts';
import { csrfField } from './forms.ts';
import type { DeskScript } from './scripts.ts';

/**
 * The frame of every page that the server makes: login, desk, visit requests. Plain HTML by `hono/html`, which escapes
 * every value. Pages work without scripts; the policy below allows neither inline scripts nor `style` attributes, so use
 * the classes of `desk.css`.
 */

/** Markup made by `html`. */
export type Markup = ReturnType<typeof html>;

/** Desk pages load their style sheet and pictures of this server, and nothing else. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "frame-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Relative path from this page to the site's root, `../../../`: addresses work below any base path. */
export function rootOf({ req }: Context): string {
  const depth = new URL(req.url).pathname.split('/').length - 2;
  return '../'.repeat(depth) || './';
}

/** A page of the desk, as the navigation lists it. */
export interface DeskLink {
  /** One word; the page is `/admin/desk/<path>/`. */
  path: string;
  label: string;
}

declare module 'hono' {
  interface ContextVariableMap {
    /** Pages that this person may open. */
    deskLinks?: readonly DeskLink[];
    /** Token that every form of the session carries, see `csrfField`. */
    csrf?: string;
  }
}

export interface PageParts {
  title: string;
  body: Markup | Markup[];
  /** What has just been done, above the page. */
  notice?: string | undefined;
  /** What went wrong and what to do, above the page. */
  problem?: string | undefined;
  status?: ContentfulStatusCode;
  /** Seconds after which the page reloads: only while it shows the progress of something. */
  refreshSeconds?: number | undefined;
  /** A script of the desk, `admin/<name>.js`: the page works without it. */
  script?: DeskScript | undefined;
}

/** Headers of every page: not cached, not framed, no type sniffing, no referrer to other sites. */
function setHeaders(context: Context): void {
  context.header('Content-Security-Policy', CONTENT_SECURITY_POLICY);
  context.header('Cache-Control', 'no-store');
  context.header('X-Content-Type-Options', 'nosniff');
  context.header('X-Frame-Options', 'DENY');
  context.header('Referrer-Policy', 'same-origin');
  context.header('Cross-Origin-Opener-Policy', 'same-origin');
}

/** The site's name; a middleware has put its content into the context. */
const siteName = (context: Context) => siteSettingsOf(context.get('content') as Content).name;

const documentOf = (
  context: Context,
  { title, refreshSeconds, script }: Pick<PageParts, 'title' | 'refreshSeconds' | 'script'>,
  inside: Markup,
) =>
  html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        ${refreshSeconds && html`<meta http-equiv="refresh" content="${refreshSeconds}" />`}
        <title>${title} · ${siteName(context)}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="${rootOf(context)}admin/desk.css" />
        ${script && html`<script type="module" src="${rootOf(context)}admin/${script}.js"></script>`}
      </head>
      <body>
        <a class="skip" href="#main">跳到正文</a>
        ${inside}
      </body>
    </html>`;

const messages = ({ notice, problem }: Pick<PageParts, 'notice' | 'problem'>) =>
  html` ${notice && html`<p class="notice" role="status">${notice}</p>`}
  ${problem && html`<p class="problem" role="alert">${problem}</p>`}`;

/** A page of the desk with its navigation, for people who have signed in. */
export function deskPage(
  context: Context,
  { title, body, notice, problem, status = 200, refreshSeconds, script }: PageParts,
): Response | Promise<Response> {
  setHeaders(context);
  const root = rootOf(context);
  const person = context.get('person') as Person;
  const here = new URL(context.req.url).pathname;
  const links = (context.get('deskLinks') ?? []).map(({ path, label }) => {
    const isHere = here.includes(`/admin/desk/${path}/`);
    return html`<li>
      <a href="${root}admin/desk/${path}/" ${isHere ? html`aria-current="page"` : ''}>${label}</a>
    </li>`;
  });
  const list = html`<ul class="links">
    <li class="edit"><a href="${root}admin/">编辑内容</a></li>
    ${links}
    <li><a href="${root}">查看网站</a></li>
  </ul>`;
  const page = documentOf(
    context,
    { title, refreshSeconds, script },
    html`<header class="bar">
        <p class="site">
          <a href="${root}admin/desk/">${siteName(context)}<span>工作台</span></a>
        </p>
        <p class="who">${person.name}<small>${ROLES[person.role]}</small></p>
        <form method="post" action="${root}admin/logout/">
          ${csrfField(context)}<button class="plain">退出</button>
        </form>
      </header>
      <div class="columns">
        <details class="menu">
          <summary>菜单</summary>
          <nav aria-label="菜单">${list}</nav>
        </details>
        <nav class="side" aria-label="工作台">${list}</nav>
        <main id="main">
          <h1>${title}</h1>
          ${messages({ notice, problem })} ${body}
        </main>
      </div>`,
  );
  return context.html(page, status);
}

/** A page without navigation, for visitors who have not signed in: login, setup, visit requests, links for looking. */
export function plainPage(
  context: Context,
  { title, body, notice, problem, status = 200, isWide = false }: PageParts & { isWide?: boolean },
): Response | Promise<Response> {
  setHeaders(context);
  const page = documentOf(
    context,
    { title },
    html`<main id="main" class="alone${isWide && ' wide'}">
      <p class="site"><a href="${rootOf(context)}">${siteName(context)}</a></p>
      <h1>${title}</h1>
      ${messages({ notice, problem })} ${body}
    </main>`,
  );
  return context.html(page, status);
}
