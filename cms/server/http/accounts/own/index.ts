import { type Context, Hono } from 'hono';
import type { Signed } from '../../access.ts';
import { formOf } from '../../page/forms.ts';
import { rootOf } from '../../page/index.ts';
import { newPasswordProblem } from '../new-password.ts';
import type { AccountParts } from '../parts.ts';
import { confirmPassword, toLogin, withSession } from './confirm.ts';
import { accountPage } from './page.ts';
import { twoStepPages } from './two-step.ts';

/** 我的账号: one's own password, two-step login and sessions. */

const DONE: Record<string, string> = {
  password: '密码已经换好，其他设备上的登录都已退出。',
  sessions: '其他设备上的登录都已退出。',
  'no-code': '两步验证已经关闭。',
};

const done = (context: Context, what: string) =>
  context.redirect(`${rootOf(context)}admin/desk/account/?done=${what}`, 303);

export function ownAccount({ accounts, audit }: AccountParts): Hono<Signed> {
  const app = new Hono<Signed>();

  app.get(
    '/',
    withSession(accounts, (context, session) => {
      const notice = DONE[context.req.query('done') ?? ''];
      return accountPage({ accounts }, context, session, notice ? { notice } : {});
    }),
  );
  // Answers to forms have no page of their own: reloading one leads back to the account.
  for (const path of [
    '/password',
    '/two-factor',
    '/two-factor/code',
    '/two-factor/off',
    '/codes',
    '/sessions',
  ])
    app.get(path, (context) => context.redirect(`${rootOf(context)}admin/desk/account/`, 303));

  app.post(
    '/password',
    withSession(accounts, async (context, session) => {
      const form = await formOf(context);
      const problem =
        newPasswordProblem(form, session.person) ??
        (await confirmPassword({ accounts }, context, session, form.current ?? ''));
      if (problem) return accountPage({ accounts }, context, session, { problem });
      if (!(await accounts.store.changePassword(session.person.id, form.password ?? '', session.token)))
        return toLogin(context);
      audit.write({ person: session.person, action: 'password', target: session.person.login });
      return done(context, 'password');
    }),
  );

  app.post(
    '/sessions',
    withSession(accounts, async (context, session) => {
      accounts.store.endSessions(session.person.id, { except: session.token, why: 'elsewhere' });
      audit.write({ person: session.person, action: 'session-ended', target: session.person.login });
      return done(context, 'sessions');
    }),
  );

  app.route('/', twoStepPages({ accounts, audit }));
  return app;
}
