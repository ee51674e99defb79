import type { DatabaseSync } from 'node:sqlite';
import { NodeSqliteDialect } from '@better-auth/kysely-adapter/node-sqlite-dialect';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { twoFactor, username } from 'better-auth/plugins';
import { CLIENT_HEADER } from './caller.ts';
import { LOCK_MINUTES } from './guard.ts';
import type { Hashing } from './hashing.ts';
import { MAX_PASSWORD, MIN_PASSWORD } from './password.ts';

/** better-auth, configured for an office: login and password, accounts made by an administrator. */

export const LONGEST_HOURS = 12;
export const MIN_LOGIN = 2;
export const MAX_LOGIN = 30;

/** How often the use of a session is noted. */
export const REFRESH_MINUTES = 5;
const CODE_MINUTES = 10;
/** Wrong codes of one account in a row, from any address. */
export const MAX_WRONG_CODES = 10;

export interface AuthOptions {
  database: DatabaseSync;
  /** Base path of the site, `/` or `/base/`. */
  base: string;
  secret: string;
  hashing: Hashing;
}

/** Opens the library and creates missing tables. Only its functions are called: none of its own routes are served. */
export async function openAuth({ database, base, secret, hashing }: AuthOptions) {
  const auth = betterAuth({
    appName: 'portal',
    // Only its functions are called, so no address is ever made from this.
    baseURL: 'http://127.0.0.1',
    secret,
    database: {
      dialect: new NodeSqliteDialect({ database }),
      type: 'sqlite',
      // better-auth would hold a transaction open across awaits, on the one connection that the whole server shares.
      transaction: false,
    },
    telemetry: { enabled: false },
    logger: { level: 'error' },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: MIN_PASSWORD,
      maxPasswordLength: MAX_PASSWORD,
      password: hashing,
    },
    user: {
      additionalFields: {
        role: { type: 'string', required: true, input: false },
        closed: { type: 'boolean', required: true, defaultValue: false, input: false },
        /** Set with a temporary password: it can be used until then, and has to be changed at the next login. */
        changeBefore: { type: 'date', required: false, input: false },
        lastLogin: { type: 'date', required: false, input: false },
      },
    },
    // Sessions that nobody uses end earlier, see `sessions.ts`.
    session: { expiresIn: LONGEST_HOURS * 3600, updateAge: REFRESH_MINUTES * 60 },
    advanced: {
      cookiePrefix: 'portal',
      useSecureCookies: false,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'strict', path: base },
      ipAddress: { ipAddressHeaders: [CLIENT_HEADER] },
    },
    databaseHooks: {
      session: {
        create: {
          before: async ({ userId }: { userId: string }) => maySignIn(database, userId),
        },
      },
    },
    plugins: [
      username({
        minUsernameLength: MIN_LOGIN,
        maxUsernameLength: MAX_LOGIN,
        displayUsername: false,
        // store.ts checks new logins; older ones that its rule would refuse must still work.
        usernameValidator: () => true,
      }),
      twoFactor({
        twoFactorCookieMaxAge: CODE_MINUTES * 60,
        accountLockout: { maxFailedAttempts: MAX_WRONG_CODES, durationSeconds: LOCK_MINUTES * 60 },
      }),
    ],
  });
  const { runMigrations } = await getMigrations(auth.options);
  await runMigrations();
  return auth;
}

export type Auth = Awaited<ReturnType<typeof openAuth>>;

/** No session for a closed account, nor for a temporary password that was not used in time. */
function maySignIn(database: DatabaseSync, userId: string): boolean {
  const row = database.prepare('SELECT closed, changeBefore FROM user WHERE id = ?').get(userId) as
    { closed: number; changeBefore: string | null } | undefined;
  return row?.closed === 0 && (row.changeBefore === null || Date.parse(row.changeBefore) > Date.now());
}
