import type { Audit } from '../../stores/audit.ts';
import type { Auth } from './auth.ts';
import { type Caller, headersOf } from './caller.ts';
import type { Devices } from './devices.ts';
import { type Attempt, type Guard, LOCK_MINUTES } from './guard.ts';
import type { Hashing } from './hashing.ts';
import type { ReadSession } from './sessions.ts';
import type { Account, AccountStore } from './store.ts';

/** Signing in, for the login page and for the dialog inside the editor. */

/** `cookies` holds the `Set-Cookie` headers of the answer. */
export type Outcome =
  | { kind: 'in'; account: Account; cookies: Headers }
  /** The password was right; the code of the second step is wanted. */
  | { kind: 'code'; cookies: Headers }
  | { kind: 'refused'; message: string; status: 401 | 429 | 503 };

export const WRONG = '登录名或密码不对，请再试一次；忘记密码请找管理员重置';
const WRONG_CODE = '验证码不对，请用手机上最新的 6 位数字，或者一个没有用过的恢复码';
const EXPIRED = '登录等得太久，或者试的次数太多，请重新输入登录名和密码';
/** Error codes of better-auth when the first step has expired. */
const EXPIRED_CODES = ['INVALID_TWO_FACTOR_COOKIE', 'TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE'];
const BUSY = '现在登录的人太多，请过几秒再试';

export interface SignInParts {
  auth: Auth;
  store: AccountStore;
  guard: Guard;
  hashing: Hashing;
  audit: Audit;
  devices: Devices;
  sessionOf: ReadSession;
  markCodeUsed: (person: string, code: string) => boolean;
}

/** A login that better-auth accepted, with the state from before it was asked. */
interface AcceptedLogin {
  id: string;
  /** Of the new session. */
  token: string;
  headers: Headers;
  attempt: Attempt;
  passwords: ReturnType<AccountStore['passwords']>;
}

const locked = (minutes: number): Outcome => ({
  kind: 'refused',
  message: `失败的次数太多，请 ${minutes} 分钟以后再试，或者用登录过的那台电脑，或者请管理员重置密码`,
  status: 429,
});

export function signIn({
  auth,
  store,
  guard,
  hashing,
  audit,
  devices,
  sessionOf,
  markCodeUsed,
}: SignInParts) {
  const refuse = ({ address }: Caller, target: string): Outcome => {
    audit.tally({ action: 'login-failed', target, address });
    return { kind: 'refused', message: WRONG, status: 401 };
  };

  async function enter(
    caller: Caller,
    { id, token, headers, attempt, passwords }: AcceptedLogin,
  ): Promise<Outcome> {
    const { internalAdapter } = await auth.$context;
    // The session that the browser brought along ends, against session fixation.
    const before = await sessionOf(caller.cookie);
    if (before) await internalAdapter.deleteSession(before.token);
    const account = store.find(id) as Account;
    // A reset of the password meanwhile may have missed this new session. No `await` from here to the audit log.
    if (store.passwords().get(id) !== passwords.get(id)) {
      await internalAdapter.deleteSession(token);
      return refuse(caller, account.login);
    }
    attempt.succeeded();
    store.sawLogin(id);
    audit.write({ person: account, action: 'login', address: caller.address });
    headers.append('set-cookie', devices.cookieFor(id));
    return { kind: 'in', account, cookies: headers };
  }

  /** First step. An unknown name, a wrong password, a closed account and an expired temporary password answer alike. */
  async function withPassword(caller: Caller, login: string, password: string): Promise<Outcome> {
    if (hashing.isFull()) return { kind: 'refused', message: BUSY, status: 503 };
    const { address } = caller;
    const account = store.byLogin(login);
    const device = account && devices.keyOf(caller.cookie, account.id);
    const attempt = guard.attempt(login, caller.counted, device);
    // Only existing logins are logged: people type passwords into the wrong field.
    const target = account?.login ?? '未知的登录名';
    if (attempt.lockedFor) {
      audit.tally({ action: 'login-locked', target, address });
      return locked(attempt.lockedFor);
    }
    const passwords = store.passwords();
    const response = await auth.api.signInUsername({
      body: { username: login.trim(), password },
      headers: headersOf({ ...caller, cookie: '' }),
      asResponse: true,
    });
    if (!response.ok) {
      const refused = refuse(caller, target);
      if (attempt.isLast) audit.tally({ action: 'login-locked', target, address });
      return refused;
    }
    const { user, token, twoFactorRedirect } = (await response.json()) as {
      user?: { id: string };
      token?: string;
      twoFactorRedirect?: boolean;
    };
    if (user && token && !twoFactorRedirect)
      return enter(caller, { id: user.id, token, headers: response.headers, attempt, passwords });
    if (store.passwords().get(account?.id) !== passwords.get(account?.id)) return refuse(caller, target);
    attempt.succeeded();
    return { kind: 'code', cookies: response.headers };
  }

  /** Second step: a code of the authenticator, or a recovery code. */
  async function withCode(caller: Caller, typed: string): Promise<Outcome> {
    const { address } = caller;
    const attempt = guard.attempt(undefined, caller.counted, devices.keyOf(caller.cookie));
    if (attempt.lockedFor) return locked(attempt.lockedFor);
    const code = typed.normalize('NFKC').replace(/\s/g, '');
    const call = {
      body: { code },
      headers: headersOf({ ...caller, cookie: pendingCookie(caller) }),
      asResponse: true as const,
    };
    const passwords = store.passwords();
    const response = /^\d{6}$/.test(code)
      ? await auth.api.verifyTOTP(call)
      : await auth.api.verifyBackupCode(call);
    const answer = (await response.json()) as { user?: { id: string }; token?: string; code?: string };
    if (!response.ok || !answer.user || !answer.token) {
      audit.tally({ action: 'login-failed', target: '两步验证', address });
      if (response.status === 429) return locked(LOCK_MINUTES);
      const isExpired = EXPIRED_CODES.includes(answer.code ?? '');
      return { kind: 'refused', message: isExpired ? EXPIRED : WRONG_CODE, status: 401 };
    }
    const { token, user } = answer;
    if (!markCodeUsed(user.id, code)) {
      await (await auth.$context).internalAdapter.deleteSession(token);
      return { kind: 'refused', message: WRONG_CODE, status: 401 };
    }
    return enter(caller, { id: user.id, token, headers: response.headers, attempt, passwords });
  }
  return { withPassword, withCode };
}

/** Only the cookie of the first step: together with the cookie of an older session the code would count for that one. */
const pendingCookie = ({ cookie }: Caller) =>
  cookie
    .split(/;\s*/)
    .filter((part) => part.startsWith('portal.two_factor='))
    .join('; ');
