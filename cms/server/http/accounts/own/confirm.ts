import type { Context } from 'hono';
import type { Accounts } from '../../../services/accounts/index.ts';
import { MAX_PASSWORD } from '../../../services/accounts/password.ts';
import type { Session } from '../../../services/accounts/sessions.ts';
import { rootOf } from '../../page/index.ts';
import { callerOf } from '../cookies.ts';
import type { AccountParts } from '../parts.ts';

/** What every change of one's own account begins with. */

const WRONG_PASSWORD = '现在的密码不对，请再试一次';

type Handler = (context: Context, session: Session) => Response | Promise<Response>;

export const toLogin = (context: Context) => context.redirect(`${rootOf(context)}admin/login/`, 303);

/** Calls a handler with the session of the request; leads to the login when it has ended. */
export const withSession = (accounts: Accounts, handle: Handler) => async (context: Context) => {
  const session = await accounts.sessionOf(callerOf(context).cookie);
  return session ? handle(context, session) : toLogin(context);
};

/** Checks the current password before a change; wrong ones count like failed logins. Says what is wrong, in Chinese. */
export async function confirmPassword(
  { accounts }: Pick<AccountParts, 'accounts'>,
  context: Context,
  { id, person }: Session,
  password: string,
): Promise<string | undefined> {
  const attempt = accounts.guard.attempt(person.login, callerOf(context).counted, `session:${id}`);
  if (attempt.lockedFor) return `密码输错的次数太多，请 ${attempt.lockedFor} 分钟以后再试`;
  if (!(await accounts.store.hasPassword(person.id, password.slice(0, MAX_PASSWORD)))) return WRONG_PASSWORD;
  attempt.succeeded();
  return undefined;
}
