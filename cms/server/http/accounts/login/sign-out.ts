import type { Context } from 'hono';
import { headersOf } from '../../../services/accounts/caller.ts';
import { callerOf, passCookies } from '../cookies.ts';
import type { AccountParts } from '../parts.ts';

/** Ends the session of a request. */
export async function signOut(context: Context, { accounts, audit }: AccountParts): Promise<void> {
  const caller = callerOf(context);
  const session = await accounts.sessionOf(caller.cookie);
  const response = await accounts.auth.api.signOut({ headers: headersOf(caller), asResponse: true });
  passCookies(context, response.headers);
  if (session) audit.write({ person: session.person, action: 'logout' });
}
