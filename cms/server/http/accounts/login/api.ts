import { type Context, Hono } from 'hono';
import { credentials, secondStep, type SignInAnswer } from '../../../../protocol/session.ts';
import type { Outcome } from '../../../services/accounts/sign-in.ts';
import type { Signed } from '../../access.ts';
import { limitAnonymousBody } from '../../own-pages.ts';
import { callerOf, withCookies } from '../cookies.ts';
import type { AccountParts } from '../parts.ts';
import { signOut } from './sign-out.ts';

/** Signing in without leaving the editor, so that unsaved text is not lost. */

/** The body of a call; undefined when it is not JSON. */
const jsonOf = ({ req }: Context): Promise<unknown> => req.json().catch(() => undefined);

export function loginApi({ accounts, audit }: AccountParts): Hono<Signed> {
  const app = new Hono<Signed>();

  app.post('/api/logout', async (context) => {
    await signOut(context, { accounts, audit });
    return context.json({});
  });
  const answer = (context: Context, outcome: Outcome) => {
    context.header('Cache-Control', 'no-store');
    if (outcome.kind === 'refused')
      return context.json({ message: outcome.message } satisfies SignInAnswer, outcome.status);
    if (outcome.kind === 'code') return context.json({ code: true } satisfies SignInAnswer);
    const { id, name, login, role } = outcome.account;
    const to = accounts.firstPageOf(outcome.account);
    return context.json({
      user: { id, name, login, role },
      ...(to ? { to } : {}),
    } satisfies SignInAnswer);
  };
  app.post('/api/login', limitAnonymousBody, async (context) => {
    const { login, password } = credentials.parse(await jsonOf(context));
    return answer(
      context,
      await withCookies(context, accounts.signIn.withPassword(callerOf(context), login, password)),
    );
  });
  app.post('/api/login/code', limitAnonymousBody, async (context) => {
    const { code } = secondStep.parse(await jsonOf(context));
    return answer(context, await withCookies(context, accounts.signIn.withCode(callerOf(context), code)));
  });

  return app;
}
