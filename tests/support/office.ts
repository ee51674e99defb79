import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { openContent } from '../../src/store/index.ts';
import { openAudit } from '../../cms/server/stores/audit.ts';
import { openDatabase } from '../../cms/server/stores/database.ts';
import { auditPage } from '../../cms/server/http/desk/audit.ts';
import { deskOf } from '../../cms/server/http/desk/desk.ts';
import type { Role } from '../../cms/protocol/roles.ts';
import { accountRoutes, OPEN_TO_ALL } from '../../cms/server/http/accounts/index.ts';
import { needs, providesContent, type Signed } from '../../cms/server/http/access.ts';
import { knowsClient } from '../../cms/server/http/client.ts';
import { ownPagesOnly } from '../../cms/server/http/own-pages.ts';
import { openAccounts } from '../../cms/server/services/accounts/index.ts';
import { DEFAULT_RULES, type SessionRules } from '../../cms/server/services/accounts/sessions.ts';

/** An office for tests: the real accounts on a real database, and browsers that keep their cookies. */

export const PASSWORD = '麦田里的收割机-7号';
export const ORIGIN = 'http://127.0.0.1:4321';

export interface OfficeOptions {
  /** Where the office may be opened. */
  origins?: string[];
  base?: string;
  proxy?: string;
  /** What the administrator decided about sessions; may be changed meanwhile. */
  rules?: SessionRules;
}

export type Office = Awaited<ReturnType<typeof openOffice>>;

export async function openOffice(
  folder: string,
  { origins = [ORIGIN], base = '/', proxy = '', rules = { ...DEFAULT_RULES } }: OfficeOptions = {},
) {
  mkdirSync(folder, { recursive: true });
  const database = openDatabase(join(folder, 'portal.db'));
  const audit = openAudit(database);
  const accounts = await openAccounts({
    ...{ database, audit, base },
    secretFile: join(folder, 'secret'),
    rules: () => rules,
  });
  const routes = accountRoutes({ accounts, audit });
  const app = new Hono<Signed>({ strict: false });
  app.use(
    providesContent(openContent()),
    knowsClient(() => ({ proxy })),
    routes.knowsPerson,
  );
  app.use(ownPagesOnly({ origins: () => origins, open: OPEN_TO_ALL }));
  app.route('/', routes.routes);
  app.route(
    '/',
    deskOf([
      { path: 'audit', label: '操作记录', least: 'administrator', routes: auditPage(audit) },
      { path: 'people', label: '账号', least: 'administrator', routes: routes.staffPages },
      { path: 'account', label: '我的账号', least: 'author', routes: routes.ownPages },
    ]),
  );
  app.get('/api/session', needs('author'), (context) => context.json(context.get('person')));
  app.put('/api/file', needs('author'), (context) => context.json({}));

  /** A browser at a network address; `origin` is the site that it has open. */
  const browser = ({ address = '192.0.2.1', origin = origins[0] as string } = {}) => {
    const jar = new Map<string, string>();
    const send = async (path: string, init: RequestInit = {}) => {
      const headers = new Headers({
        host: new URL(origin).host,
        'user-agent': 'Mozilla/5.0 (Windows NT 10.0) Chrome/140',
      });
      if (init.method) headers.set('origin', origin);
      if (jar.size > 0) headers.set('cookie', [...jar].map((pair) => pair.join('=')).join('; '));
      for (const [name, value] of new Headers(init.headers)) headers.set(name, value);
      const response = await app.request(
        `${origin}/${path}`,
        { ...init, headers },
        { incoming: { socket: { remoteAddress: address, remotePort: 1, remoteFamily: 'IPv4' } } },
      );
      for (const cookie of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
        if (/max-age=0/i.test(cookie)) jar.delete(name);
        else jar.set(name, value);
      }
      return response;
    };
    /** The token that the pages of this session carry. */
    const token = async () =>
      /name="csrf" value="([^"]+)"/.exec(await (await send('admin/desk/account/')).text())?.[1] ??
      /name="csrf" value="([^"]+)"/.exec(await (await send('admin/account/password/')).text())?.[1] ??
      '';
    return {
      jar,
      send,
      get: (path: string) => send(path),
      token,
      /** Sends a form as its page would, with the token unless the form says otherwise. */
      async post(path: string, fields: Record<string, string>) {
        const csrf: Record<string, string> = jar.has('portal.session_token') ? { csrf: await token() } : {};
        return send(path, { method: 'POST', body: new URLSearchParams({ ...csrf, ...fields }) });
      },
      call: (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
        send(path, {
          method,
          headers: { 'x-portal': '1', 'content-type': 'application/json', ...headers },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      login: (login: string, password = PASSWORD) =>
        send('admin/login/', { method: 'POST', body: new URLSearchParams({ login, password }) }),
    };
  };

  return {
    database,
    audit,
    accounts,
    app,
    browser,
    /** Lets a real browser in, at a free port of this machine. */
    async listen() {
      const server = createAdaptorServer({ fetch: app.fetch });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      origins.push(url);
      return { url: `${url}/`, close: () => new Promise((resolve) => server.close(resolve)) };
    },
    /** A browser in which the first administrator, `wang`, has just made the account. */
    async administrator() {
      const made = browser();
      const [, token = ''] = accounts.setupPath()?.split('token=') ?? [];
      await made.post('admin/setup/', {
        token,
        name: '王主任',
        login: 'wang',
        password: PASSWORD,
        again: PASSWORD,
      });
      return made;
    },
    /** Has an administrator make an account, and changes its temporary password to `PASSWORD`; a browser signed in. */
    async member(
      administrator: ReturnType<typeof browser>,
      login: string,
      role: Role = 'author',
      name = '李编辑',
    ) {
      const page = await administrator.post('admin/desk/people/', { name, login, role });
      const [, temporary = ''] = /<code class="big">([^<]+)</.exec(await page.text()) ?? [];
      const member = browser();
      await member.login(login, temporary);
      await member.post('admin/account/password/', { password: PASSWORD, again: PASSWORD });
      return member;
    },
  };
}
