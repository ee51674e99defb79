import type { DatabaseSync } from 'node:sqlite';
import type { Person, Role } from '../../../protocol/roles.ts';
import { type Auth, MAX_LOGIN, MIN_LOGIN } from './auth.ts';
import { ENDED, type EndedSessions } from './ended.ts';
import { temporaryPassword } from './password.ts';

/** The accounts: made, changed and closed by an administrator; never deleted, so that the history keeps their names. */

/** Days that a password given by an administrator can be used. */
export const TEMPORARY_DAYS = 7;

export interface Account extends Person {
  closed: boolean;
  /** Has a password given by an administrator and must change it at the next login. */
  mustChange: boolean;
  twoFactor: boolean;
  /** ISO 8601; null before the first login. */
  lastLogin: string | null;
}

/** A refusal, with a Chinese message. */
export class AccountProblem extends Error {}

const MAX_NAME = 40;
/** Logins are part of Git references (`refs/discarded/…`), which may not be like `li.`, `a..b`, `x.lock` (git-check-ref-format). */
const LOGIN = /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/;

const COLUMNS = `id, name, username AS login, role, closed, changeBefore IS NOT NULL AS mustChange,
  coalesce(twoFactorEnabled, 0) AS twoFactor, lastLogin`;

const asAccount = (row: Record<string, unknown>): Account =>
  ({
    ...row,
    closed: row.closed === 1,
    mustChange: row.mustChange === 1,
    twoFactor: row.twoFactor === 1,
  }) as Account;

/** Condition that the account is not the last administrator. */
const NOT_THE_LAST = `(role <> 'administrator' OR closed = 1 OR EXISTS
  (SELECT 1 FROM user AS other WHERE other.role = 'administrator' AND other.closed = 0 AND other.id <> user.id))`;

const LAST = '这是最后一位管理员，不能停用，也不能换成别的角色；请先再设一位管理员';

const taken = (login: string) => `登录名「${login}」已经有人用了，请换一个`;

const plainName = (name: string) => name.normalize('NFKC').replace(/\s+/g, ' ').trim();

/** What is wrong with a login or a name. */
function detailsProblem(login: string, name: string): string | undefined {
  if (login.length < MIN_LOGIN || login.length > MAX_LOGIN || !LOGIN.test(login))
    return `登录名要 ${MIN_LOGIN}–${MAX_LOGIN} 个字符，只用小写字母和数字，中间可以有点、横线和下划线，但不能连着用`;
  if (login.endsWith('.lock')) return '登录名不能以 .lock 结尾，请换一个';
  const length = [...name].length;
  if (length === 0 || length > MAX_NAME || /\p{C}/u.test(name)) return `请填写姓名，最多 ${MAX_NAME} 个字`;
  return undefined;
}

export type AccountStore = ReturnType<typeof accountStore>;

export function accountStore(database: DatabaseSync, auth: Auth, ended: EndedSessions) {
  const find = (id: string): Account | undefined => {
    const row = database.prepare(`SELECT ${COLUMNS} FROM user WHERE id = ?`).get(id);
    return row && asAccount(row);
  };
  /** One statement, so that condition and change are atomic. */
  const change = (id: string, set: string, values: (string | number | null)[], condition = '1') =>
    Number(
      database
        .prepare(`UPDATE user SET ${set}, updatedAt = ? WHERE id = ? AND ${condition}`)
        .run(...values, new Date().toISOString(), id).changes,
    ) > 0;
  const digestOf = async (password: string) => (await auth.$context).password.hash(password);
  const writePassword = (id: string, digest: string, changeBefore: string | null) => {
    database
      .prepare(
        "UPDATE account SET password = ?, updatedAt = ? WHERE userId = ? AND providerId = 'credential'",
      )
      .run(digest, new Date().toISOString(), id);
    change(id, 'changeBefore = ?', [changeBefore]);
  };
  const temporaryUntil = () => new Date(Date.now() + TEMPORARY_DAYS * 86_400_000).toISOString();

  return {
    find,
    list: (): Account[] =>
      database.prepare(`SELECT ${COLUMNS} FROM user ORDER BY closed, createdAt`).all().map(asAccount),
    byLogin(login: string): Account | undefined {
      const row = database
        .prepare(`SELECT ${COLUMNS} FROM user WHERE username = ?`)
        .get(login.trim().toLowerCase());
      return row && asAccount(row);
    },
    isEmpty: () => !database.prepare('SELECT 1 FROM user').get(),

    /**
     * Login and name in the form in which they are kept.
     *
     * @throws AccountProblem
     */
    check(details: { login: string; name: string }) {
      const login = details.login.trim().toLowerCase();
      const name = plainName(details.name);
      const problem = detailsProblem(login, name);
      if (problem) throw new AccountProblem(problem);
      if (this.byLogin(login)) throw new AccountProblem(taken(login));
      return { login, name };
    },

    /**
     * Makes an account.
     *
     * @param password chosen by the person; without it a temporary one is made
     * @throws AccountProblem
     */
    async create(details: { login: string; name: string; role: Role; password?: string }) {
      const { login, name } = this.check(details);
      const password = details.password ?? temporaryPassword();
      const { internalAdapter } = await auth.$context;
      const digest = await digestOf(password);
      const made = await internalAdapter
        .createUser(
          {
            name,
            // Accounts have no e-mail address here; better-auth requires a unique one.
            email: `${login}@accounts.invalid`,
            emailVerified: true,
            username: login,
            role: details.role,
            changeBefore: details.password === undefined ? new Date(temporaryUntil()) : null,
          },
          { method: 'admin' },
        )
        .catch((error: unknown) => {
          if (this.byLogin(login)) throw new AccountProblem(taken(login));
          throw error;
        });
      await internalAdapter.linkAccount({
        userId: made.id,
        providerId: 'credential',
        accountId: made.id,
        password: digest,
      });
      return { account: find(made.id) as Account, password };
    },

    rename(id: string, name: string): void {
      const plain = plainName(name);
      const problem = detailsProblem('ok', plain);
      if (problem) throw new AccountProblem(problem);
      change(id, 'name = ?', [plain]);
    },
    setRole(id: string, role: Role): void {
      if (!change(id, 'role = ?', [role], role === 'administrator' ? '1' : NOT_THE_LAST))
        throw new AccountProblem(LAST);
    },
    close(id: string): void {
      if (!change(id, 'closed = 1', [], NOT_THE_LAST)) throw new AccountProblem(LAST);
      this.endSessions(id, { why: 'closed' });
    },
    open(id: string): void {
      change(id, 'closed = 0', []);
    },
    /** Gives a temporary password, ends all sessions and the lock of the second step; `withoutTwoFactor` for a lost phone. */
    async reset(id: string, { withoutTwoFactor }: { withoutTwoFactor: boolean }): Promise<string> {
      const password = temporaryPassword();
      const digest = await digestOf(password);
      writePassword(id, digest, temporaryUntil());
      database
        .prepare('UPDATE twoFactor SET failedVerificationCount = 0, lockedUntil = NULL WHERE userId = ?')
        .run(id);
      if (withoutTwoFactor) {
        change(id, 'twoFactorEnabled = 0', []);
        database.prepare('DELETE FROM twoFactor WHERE userId = ?').run(id);
      }
      this.endSessions(id, { why: 'password' });
      return password;
    },
    /**
     * Changes one's own password and ends the other sessions.
     *
     * @param session token of the session that asks
     * @returns false, and nothing is changed, when that session has ended meanwhile, e.g. by a reset of the password
     */
    async changePassword(id: string, password: string, session: string): Promise<boolean> {
      const digest = await digestOf(password);
      if (!database.prepare('SELECT 1 FROM session WHERE token = ?').get(session)) return false;
      writePassword(id, digest, null);
      this.endSessions(id, { except: session, why: 'password' });
      return true;
    },
    /** Digests of all passwords by account, to find out whether one was changed meanwhile. */
    passwords: (): Map<unknown, unknown> =>
      new Map(
        database
          .prepare("SELECT userId, password FROM account WHERE providerId = 'credential'")
          .all()
          .map(({ userId, password }) => [userId, password]),
      ),
    async hasPassword(id: string, password: string): Promise<boolean> {
      const { internalAdapter, password: hashing } = await auth.$context;
      const credential = await internalAdapter.findCredentialAccount(id);
      return !!credential?.password && hashing.verify({ hash: credential.password, password });
    },
    /** Ends the sessions of an account, and the logins that wait for the code of the second step. */
    endSessions(id: string, { except = '', why }: { except?: string; why: keyof typeof ENDED }): void {
      database.prepare('DELETE FROM verification WHERE value = ?').run(id);
      for (const { token } of database.prepare('SELECT token FROM session WHERE userId = ?').all(id))
        if (token !== except) ended.note(String(token), ENDED[why]);
      database.prepare('DELETE FROM session WHERE userId = ? AND token <> ?').run(id, except);
    },
    sawLogin(id: string): void {
      change(id, 'lastLogin = ?', [new Date().toISOString()]);
    },
  };
}
