import type { DatabaseSync } from 'node:sqlite';
import type { Hono, MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { Audit } from '../../stores/audit.ts';
import type { Person } from '../../../protocol/roles.ts';
import { openAuth, readSecret } from '../../services/accounts/auth.ts';
import { createGuard } from '../../services/accounts/guard.ts';
import { createHashing } from '../../services/accounts/hashing.ts';
import { loginRoutes } from './login.ts';
import { ownAccount } from './own.ts';
import { codeKeeper, csrfOf, sessionOf } from '../../services/accounts/sessions.ts';
import { setupToken } from '../../services/accounts/setup.ts';
import { signIn } from '../../services/accounts/sign-in.ts';
import { staffPages } from './staff.ts';
import { accountStore } from '../../services/accounts/store.ts';
import type { Signed } from '../access.ts';

/** Accounts of the office: who may come in, and as what. */

export interface AccountsOptions {
  database: DatabaseSync;
  audit: Audit;
  /** Base path of the site, `/` or `/base/`: cookies are sent only below it. */
  base: string;
  /** File of the server's secret, made when there is none. Whoever has it can make sessions. */
  secretFile: string;
}

export interface Accounts {
  /** Login, logout, setup and the page where a given password is changed; JSON at `/api/login` and `/api/logout`. */
  routes: Hono<Signed>;
  /** Puts `person` (somebody who may work) and `csrf` (any session) into the context. */
  knowsPerson: MiddlewareHandler;
  /** Whom a request comes from; undefined also while a given password has to be changed first. */
  personOf: (request: Request) => Promise<Person | undefined>;
  /** 我的账号, for everybody. */
  ownPages: Hono<Signed>;
  /** 账号, for administrators. */
  staffPages: Hono<Signed>;
  /** The address of a first start's one-time link below the site's root; undefined once there is an account. Makes older links void. */
  setupPath: () => string | undefined;
  /** Everybody with an account, the closed ones too. */
  people: () => Person[];
}

/** Addresses that work without a session, for `ownPagesOnly`. */
export const OPEN_TO_ALL = ['/admin/login', '/admin/setup'];

/** Opens the accounts; their tables are made where there are none. */
export async function openAccounts({
  database,
  audit,
  base,
  secretFile,
}: AccountsOptions): Promise<Accounts> {
  const secret = readSecret(secretFile);
  const hashing = createHashing();
  const auth = await openAuth({ database, base, secret, hashing });
  const store = accountStore(database, auth);
  const guard = createGuard(database);
  const setup = setupToken(database);
  const keepCode = codeKeeper(database);
  const signing = signIn({ auth, store, guard, hashing, audit, keepCode });

  const find = (request: Request) => sessionOf(auth, request);
  return {
    routes: loginRoutes({ auth, store, audit, setup, signing }),
    knowsPerson: createMiddleware(async (context, next) => {
      const session = await find(context.req.raw);
      if (session) context.set('csrf', csrfOf(secret, session));
      if (session && !session.mustChange) context.set('person', session.person);
      await next();
    }),
    async personOf(request) {
      const session = await find(request);
      return session?.mustChange ? undefined : session?.person;
    },
    ownPages: ownAccount({ auth, store, guard, audit }),
    staffPages: staffPages({ store, guard, audit }),
    setupPath: () => (store.isEmpty() ? `admin/setup/?token=${setup.make()}` : undefined),
    people: () => store.list().map(({ id, name, login, role }) => ({ id, name, login, role })),
  };
}
