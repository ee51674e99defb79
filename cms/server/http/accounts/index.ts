import { Hono, type MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { Signed } from '../access.ts';
import { loginApi } from './login/api.ts';
import { loginPages } from './login/index.ts';
import { ownAccount } from './own/index.ts';
import type { AccountParts } from './parts.ts';
import { setupPages } from './setup.ts';
import { staffPages } from './staff/index.ts';
import { temporaryPasswordPages } from './temporary-password.ts';
import { ENROL_FIRST, enrolmentPages } from './enrolment.ts';

/** Signing in and out, and the pages on which accounts are managed. */

export interface AccountRoutes {
  /** Login, logout, setup, and the pages where a temporary password is changed and two-step login is set up; JSON at `/api/login` and `/api/logout`. */
  routes: Hono<Signed>;
  /** Puts `csrf` (any session) and `person` (one that may do its work) into the context; else why there is none. */
  knowsPerson: MiddlewareHandler;
  /** 我的账号, for everyone who has signed in. */
  ownPages: Hono<Signed>;
  /** 账号, for administrators. */
  staffPages: Hono<Signed>;
}

/** Addresses that work without a session, for `ownPagesOnly`. */
export const OPEN_TO_ALL = ['/admin/login', '/admin/setup'];

export function accountRoutes(parts: AccountParts): AccountRoutes {
  const { accounts } = parts;
  const routes = new Hono<Signed>();
  routes.route('/', loginPages(parts));
  routes.route('/', loginApi(parts));
  routes.route('/', setupPages(parts));
  routes.route('/', temporaryPasswordPages(parts));
  routes.route('/', enrolmentPages(parts));
  return {
    routes,
    knowsPerson: createMiddleware(async (context, next) => {
      const cookie = context.req.header('cookie') ?? '';
      const session = await accounts.sessionOf(cookie);
      if (session) context.set('csrf', accounts.csrfOf(session));
      if (session && !session.mustChange && !session.mustEnrol) context.set('person', session.person);
      else context.set('whyNobody', session?.mustEnrol ? ENROL_FIRST : accounts.whyEnded(cookie));
      await next();
    }),
    ownPages: ownAccount(parts),
    staffPages: staffPages(parts),
  };
}
