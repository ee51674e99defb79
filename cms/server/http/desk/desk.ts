import { Hono } from 'hono';
import { html } from 'hono/html';
import { hasRole, type Person, ROLES } from '../../../protocol/roles.ts';
import { deskPage } from '../page/index.ts';
import type { DeskPage } from './page.ts';
import { DESK_SCRIPTS, deskScript } from '../page/scripts.ts';
import { deskStyle } from '../page/style.ts';
import type { Signed } from '../access.ts';

/**
 * The desk with its pages below `/admin/desk/`, its style sheet `/admin/desk.css` and its scripts. The app that it is mounted
 * in sets `person` and `csrf` before, and ignores trailing slashes (`new Hono({ strict: false })`).
 */
export function deskOf(pages: readonly DeskPage[]): Hono<Signed> {
  const app = new Hono<Signed>({ strict: false });

  app.get('/admin/desk.css', (context) => {
    context.header('Content-Type', 'text/css; charset=utf-8');
    context.header('Cache-Control', 'no-cache');
    context.header('X-Content-Type-Options', 'nosniff');
    return context.body(deskStyle(context.get('content')));
  });

  for (const name of DESK_SCRIPTS)
    app.get(`/admin/${name}.js`, (context) => {
      context.header('Content-Type', 'text/javascript; charset=utf-8');
      context.header('Cache-Control', 'no-cache');
      context.header('X-Content-Type-Options', 'nosniff');
      return context.body(deskScript(name));
    });

  app.use('/admin/desk/*', async (context, next) => {
    const { pathname, search } = new URL(context.req.url);
    // Addresses inside pages are relative: without the slash they would lead elsewhere.
    if (context.req.method === 'GET' && /\/[\w-]+$/.test(pathname))
      return context.redirect(`./${pathname.split('/').at(-1)}/${search}`, 302);
    const person = context.get('person') as Person | undefined;
    if (!person) {
      const up = '../'.repeat(pathname.split('/').length - 3);
      const back = pathname.slice(pathname.indexOf('/admin/desk/') + '/admin/'.length) + search;
      return context.redirect(`${up}login/?to=${encodeURIComponent(back)}`, 303);
    }
    context.set(
      'deskLinks',
      pages.filter(({ least, isUnlisted }) => !isUnlisted && hasRole(person, least)),
    );
    return next();
  });

  app.get('/admin/desk', (context) =>
    context.redirect(`./${context.get('deskLinks')?.[0]?.path ?? 'account'}/`, 302),
  );
  for (const { path, least, routes } of pages) {
    app.use(`/admin/desk/${path}/*`, async (context, next) => {
      if (hasRole(context.get('person'), least)) return next();
      return deskPage(context, {
        title: '不能打开这一页',
        body: html`<p>这一页要「${ROLES[least]}」以上的人来用。需要时请找管理员。</p>`,
        status: 403,
      });
    });
    app.route(`/admin/desk/${path}`, routes);
  }
  return app;
}
