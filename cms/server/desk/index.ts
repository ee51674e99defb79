import { Hono } from 'hono';
import { html } from 'hono/html';
import type { Audit } from '../audit.ts';
import type { Releases } from '../releases.ts';
import type { SettingsStore } from '../settings.ts';
import { hasRole, type Person, ROLES, type Signed } from '../people.ts';
import { auditPage } from './audit.ts';
import { deskPage } from './frame.ts';
import type { DeskPage } from './page.ts';
import { type OverviewParts, overviewPage } from './overview.ts';
import { releasesPage } from './releases.ts';
import { settingsPage } from './settings.ts';
import { deskStyle } from './style.ts';

/** The desk 「工作台」: what people of the office do outside the editor. */

/** What the pages are made from; a page that needs more adds a line. */
export interface DeskParts extends OverviewParts {
  audit: Audit;
  releases: Releases;
  settings: SettingsStore;
}

/** All pages, in the order of the navigation. */
const deskPages = ({ audit, releases, settings, ...overview }: DeskParts): DeskPage[] => [
  { path: 'overview', label: '待办', least: 'author', routes: overviewPage(overview) },
  { path: 'releases', label: '发布记录', least: 'publisher', routes: releasesPage(releases, audit) },
  { path: 'settings', label: '服务器设置', least: 'administrator', routes: settingsPage(settings, audit) },
  { path: 'audit', label: '操作记录', least: 'administrator', routes: auditPage(audit) },
];

/**
 * The desk with all its pages below `/admin/desk/`, and its style sheet `/admin/desk.css`. Whoever mounts it sets
 * `person` and `csrf` before it, and is not strict about trailing slashes (`new Hono({ strict: false })`).
 */
export function openDesk(parts: DeskParts): Hono<Signed> {
  const app = new Hono<Signed>({ strict: false });
  const pages = deskPages(parts);

  app.get('/admin/desk.css', (context) => {
    context.header('Content-Type', 'text/css; charset=utf-8');
    context.header('Cache-Control', 'no-cache');
    context.header('X-Content-Type-Options', 'nosniff');
    return context.body(deskStyle());
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
      pages.filter(({ least }) => hasRole(person, least)),
    );
    return next();
  });

  app.get('/admin/desk/', (context) =>
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
