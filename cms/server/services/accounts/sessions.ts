import { createHmac } from 'node:crypto';
import type { Person, Role } from '../../../protocol/roles.ts';
import { type Auth, LONGEST_HOURS } from './auth.ts';

/** Sessions: who a request comes from. */

export interface Session {
  person: Person;
  id: string;
  token: string;
  /** Has a temporary password: nothing else is allowed before it is changed. */
  mustChange: boolean;
  twoFactor: boolean;
}

/** The session that a `Cookie` header names, unless it is too old, idle for too long, or its account is closed. */
export async function sessionOf(auth: Auth, cookie: string): Promise<Session | undefined> {
  if (!cookie.includes('portal.session_token=')) return undefined;
  const found = await auth.api.getSession({ headers: new Headers({ cookie }) }).catch(() => null);
  if (!found) return undefined;
  const { session, user } = found;
  const { internalAdapter } = await auth.$context;
  if (user.closed || Date.now() - session.createdAt.getTime() > LONGEST_HOURS * 3_600_000) {
    await internalAdapter.deleteSession(session.token);
    return undefined;
  }
  return {
    person: { id: user.id, name: user.name, login: user.username ?? '', role: user.role as Role },
    id: session.id,
    token: session.token,
    mustChange: !!user.changeBefore,
    twoFactor: !!user.twoFactorEnabled,
  };
}

/** The token of a session's forms, from which the session's own token cannot be derived. */
export const csrfOf = (secret: string, { token }: Session): string =>
  createHmac('sha256', secret).update(`csrf:${token}`).digest('base64url');
