import { createHmac } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Context } from 'hono';
import type { Person, Role } from '../../../protocol/roles.ts';
import { type Auth, CLIENT_HEADER, LONGEST_HOURS } from './auth.ts';

/** Sessions as the routes see them: who a request comes from, and what goes back to the browser. */

export interface Session {
  person: Person;
  id: string;
  token: string;
  /** Has a password given by an administrator: may do nothing before changing it. */
  mustChange: boolean;
  twoFactor: boolean;
}

/** What the library is told of a request: cookies, browser, address; nothing else that a browser may send. */
export function headersOf(context: Context, cookie = context.req.header('cookie') ?? ''): Headers {
  const headers = new Headers({ cookie, 'user-agent': context.req.header('user-agent') ?? '' });
  const address = context.get('client')?.address;
  if (address) headers.set(CLIENT_HEADER, address);
  return headers;
}

/** The session of a request, unless it is too old, idle for too long, or its account is closed. */
export async function sessionOf(auth: Auth, request: Request): Promise<Session | undefined> {
  const cookie = request.headers.get('cookie');
  if (!cookie?.includes('portal.session_token=')) return undefined;
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

/** The token of a session's forms; whoever has it cannot make the session's own token from it. */
export const csrfOf = (secret: string, { token }: Session): string =>
  createHmac('sha256', secret).update(`csrf:${token}`).digest('base64url');

/**
 * Passes the library's cookies on. They end with the browser (the server knows how long they are good), and are marked
 * `Secure` where the page came by TLS.
 */
export function passCookies(context: Context, from: Headers): void {
  const isSecure =
    context.req.header('origin')?.startsWith('https:') || context.get('client')?.protocol === 'https';
  for (const cookie of from.getSetCookie()) {
    const kept = /max-age=0/i.test(cookie) ? cookie : cookie.replace(/;\s*(?:max-age|expires)=[^;]*/gi, '');
    context.header('Set-Cookie', isSecure ? `${kept}; Secure` : kept, { append: true });
  }
}

const ONCE = `
CREATE TABLE IF NOT EXISTS usedCodes (
  person TEXT NOT NULL,
  code TEXT NOT NULL,
  until INTEGER NOT NULL,
  PRIMARY KEY (person, code)
) STRICT;
`;

/** A code of the library is good for three periods of 30 s, and one before and after. */
const CODE_LIVES_MS = 120_000;

/** Remembers a one-time code; false when it has been used before (RFC 6238, 5.2). */
export function codeKeeper(database: DatabaseSync) {
  database.exec(ONCE);
  return (person: string, code: string): boolean => {
    const now = Date.now();
    database.prepare('DELETE FROM usedCodes WHERE until <= ?').run(now);
    return (
      Number(
        database
          .prepare('INSERT INTO usedCodes (person, code, until) VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
          .run(person, code, now + CODE_LIVES_MS).changes,
      ) > 0
    );
  };
}
