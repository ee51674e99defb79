import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { NodeSqliteDialect } from '@better-auth/kysely-adapter/node-sqlite-dialect';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { twoFactor, username } from 'better-auth/plugins';
import { LOCK_MINUTES } from './guard.ts';
import type { Hashing } from './hashing.ts';
import { MAX_PASSWORD, MIN_PASSWORD } from './password.ts';

/** The authentication library, set up for an office: name and password, accounts made by an administrator. */

export const IDLE_HOURS = 2;
export const LONGEST_HOURS = 12;
export const MIN_LOGIN = 2;
export const MAX_LOGIN = 30;

/** The header by which our own code tells the library the caller's address; what a browser sends under it is not passed on. */
export const CLIENT_HEADER = 'x-portal-client';

const REFRESH_MINUTES = 5;
const CODE_MINUTES = 10;
/** Codes of one account in a row, whoever tries them. */
export const MAX_WRONG_CODES = 10;

/** Shorter than what is made here, so that a secret made elsewhere may be used; an empty or cut-off file is none. */
const MIN_SECRET = 32;

/**
 * Reads the server's secret, or makes it: it signs cookies and encrypts the keys of two-step login.
 *
 * @throws a Chinese message when the file holds less than a secret
 */
export function readSecret(file: string): string {
  if (existsSync(file)) return longEnough(readFileSync(file, 'utf8').trim(), file);
  const secret = randomBytes(48).toString('base64url');
  mkdirSync(dirname(file), { recursive: true });
  const descriptor = openSync(file, 'wx', 0o600);
  writeSync(descriptor, `${secret}\n`);
  fsyncSync(descriptor);
  closeSync(descriptor);
  return secret;
}

function longEnough(secret: string, file: string): string {
  if (secret.length >= MIN_SECRET) return secret;
  throw new Error(
    `登录密钥「${file}」不完整（不到 ${MIN_SECRET} 个字符），别人可能冒充登录，所以没有启动。请从备份里恢复这个文件；没有备份就删掉它再启动：会做一个新的，大家要重新登录，开着两步验证的人要请管理员重置密码并关闭两步验证`,
  );
}

export interface AuthOptions {
  database: DatabaseSync;
  /** Base path of the site, `/` or `/base/`. */
  base: string;
  secret: string;
  hashing: Hashing;
}

/** Makes the tables where they are missing and gives the library's functions; none of its own routes are served. */
export async function openAuth({ database, base, secret, hashing }: AuthOptions) {
  const auth = betterAuth({
    appName: 'portal',
    // Only its functions are called, so no address is ever made from this.
    baseURL: 'http://127.0.0.1',
    secret,
    database: {
      dialect: new NodeSqliteDialect({ database }),
      type: 'sqlite',
      // It would hold a transaction open across awaits, on the one connection that everything here shares.
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
        /** Set with a password that somebody else chose: until then it lets in, to be changed. */
        changeBefore: { type: 'date', required: false, input: false },
        lastLogin: { type: 'date', required: false, input: false },
      },
    },
    session: { expiresIn: IDLE_HOURS * 3600, updateAge: REFRESH_MINUTES * 60 },
    advanced: {
      cookiePrefix: 'portal',
      useSecureCookies: false,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'strict', path: base },
      ipAddress: { ipAddressHeaders: [CLIENT_HEADER] },
    },
    databaseHooks: {
      session: {
        create: {
          before: async ({ userId }: { userId: string }) => mayEnter(database, userId),
        },
      },
    },
    plugins: [
      username({
        minUsernameLength: MIN_LOGIN,
        maxUsernameLength: MAX_LOGIN,
        displayUsername: false,
        // store.ts says what a new login may be; whoever has an older one signs in with it.
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

/** A closed account gets no session, nor does a temporary password that nobody has used in time. */
function mayEnter(database: DatabaseSync, userId: string): boolean {
  const row = database.prepare('SELECT closed, changeBefore FROM user WHERE id = ?').get(userId) as
    { closed: number; changeBefore: string | null } | undefined;
  return row?.closed === 0 && (row.changeBefore === null || Date.parse(row.changeBefore) > Date.now());
}
