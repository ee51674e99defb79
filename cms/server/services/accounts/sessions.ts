import { createHmac } from 'node:crypto';
import { hasRole, type Person, type Role } from '../../../protocol/roles.ts';
import { type Auth, LONGEST_HOURS, REFRESH_MINUTES } from './auth.ts';
import { ENDED, endedByIdling, type EndedSessions } from './ended.ts';

/** Sessions: who a request comes from. */

export interface Session {
  person: Person;
  id: string;
  token: string;
  /** Has a temporary password: nothing else is allowed before it is changed. */
  mustChange: boolean;
  twoFactor: boolean;
  /** The role needs two-step login, and the account has none: nothing else is allowed before it is set up. */
  mustEnrol: boolean;
}

/** What an administrator decides about sessions. */
export interface SessionRules {
  /** A session that was not used for this long ends. */
  idleMinutes: number;
  /** Least role that must have two-step login; empty when it is everyone's own choice. */
  twoStepFrom: Role | '';
}

export const DEFAULT_RULES: SessionRules = { idleMinutes: 120, twoStepFrom: '' };

/** Whether a role needs two-step login. */
export const needsTwoStep = ({ role }: Pick<Person, 'role'>, { twoStepFrom }: SessionRules): boolean =>
  twoStepFrom !== '' && hasRole({ role }, twoStepFrom);

/** The session that a `Cookie` header names, unless it is too old, idle for too long, or its account is closed. */
export type ReadSession = (cookie: string) => Promise<Session | undefined>;

export function sessionReader(auth: Auth, ended: EndedSessions, rules: () => SessionRules): ReadSession {
  return async (cookie) => {
    if (!cookie.includes('portal.session_token=')) return undefined;
    const found = await auth.api
      .getSession({ headers: new Headers({ cookie }), query: { disableRefresh: true } })
      .catch(() => null);
    if (!found) return undefined;
    const { session, user } = found;
    const { internalAdapter } = await auth.$context;
    const now = Date.now();
    const idle = now - session.updatedAt.getTime();
    const { idleMinutes } = rules();
    const why = whyOver({ idle, age: now - session.createdAt.getTime(), closed: !!user.closed, idleMinutes });
    if (why !== undefined) {
      ended.note(session.token, why);
      await internalAdapter.deleteSession(session.token);
      return undefined;
    }
    if (idle >= REFRESH_MINUTES * 60_000)
      await internalAdapter.updateSession(session.token, {
        updatedAt: new Date(now),
        expiresAt: new Date(now + LONGEST_HOURS * 3_600_000),
      });
    const person = { id: user.id, name: user.name, login: user.username ?? '', role: user.role as Role };
    return {
      person,
      id: session.id,
      token: session.token,
      mustChange: !!user.changeBefore,
      twoFactor: !!user.twoFactorEnabled,
      mustEnrol: !user.twoFactorEnabled && needsTwoStep(person, rules()),
    };
  };
}

interface Age {
  /** Milliseconds since it was used and since it began. */
  idle: number;
  age: number;
  closed: boolean;
  idleMinutes: number;
}

/** Why a session is over, a Chinese sentence; undefined while it is not. */
function whyOver({ idle, age, closed, idleMinutes }: Age): string | undefined {
  if (closed) return ENDED.closed;
  if (age > LONGEST_HOURS * 3_600_000) return ENDED.longest;
  return idle > idleMinutes * 60_000 ? endedByIdling(idleMinutes) : undefined;
}

/** The page below the site's root that must come before anything else; undefined when there is none. */
export function firstPageOf(
  account: Pick<Person, 'role'> & { mustChange: boolean; twoFactor: boolean },
  rules: SessionRules,
): string | undefined {
  if (account.mustChange) return 'admin/account/password/';
  return !account.twoFactor && needsTwoStep(account, rules) ? 'admin/account/two-step/' : undefined;
}

/** The token of a session's forms, from which the session's own token cannot be derived. */
export const csrfOf = (secret: string, { token }: Session): string =>
  createHmac('sha256', secret).update(`csrf:${token}`).digest('base64url');
