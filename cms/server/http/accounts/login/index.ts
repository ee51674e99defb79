import { Hono } from 'hono';
import { html } from 'hono/html';
import { MAX_LOGIN } from '../../../services/accounts/auth.ts';
import type { Signed } from '../../access.ts';
import { limitAnonymousBody } from '../../own-pages.ts';
import { formOf } from '../../page/forms.ts';
import { plainPage, rootOf } from '../../page/index.ts';
import { callerOf, withCookies } from '../cookies.ts';
import type { AccountParts } from '../parts.ts';
import { afterLogin, answerOutcome, codePage, loginPage } from './pages.ts';
import { signOut } from './sign-out.ts';

/** Login in one or two steps, and logout. */

export function loginPages({ accounts, audit }: AccountParts): Hono<Signed> {
  const app = new Hono<Signed>();

  app.get('/admin/login', async (context) => {
    const cookie = context.req.header('cookie') ?? '';
    const session = await accounts.sessionOf(cookie);
    if (session) return afterLogin(context, accounts.firstPageOf({ ...session, ...session.person }));
    if (accounts.store.isEmpty())
      return plainPage(context, {
        title: '还没有账号',
        body: html`<p>请打开服务器启动时显示的一次性链接，建立管理员账号。链接过期了，就重新启动服务器。</p>`,
      });
    return loginPage(context, { notice: accounts.whyEnded(cookie) });
  });
  app.post('/admin/login', limitAnonymousBody, async (context) => {
    const { login = '', password = '' } = await formOf(context);
    return answerOutcome(
      context,
      await withCookies(context, accounts.signIn.withPassword(callerOf(context), login, password)),
      accounts.firstPageOf,
      (problem, status) => loginPage(context, { problem, login: login.slice(0, MAX_LOGIN), status }),
    );
  });
  app.post('/admin/login/code', limitAnonymousBody, async (context) => {
    const { code = '' } = await formOf(context);
    return answerOutcome(
      context,
      await withCookies(context, accounts.signIn.withCode(callerOf(context), code)),
      accounts.firstPageOf,
      (problem, status) => codePage(context, problem, status),
    );
  });
  app.get('/admin/login/code', (context) => context.redirect(`${rootOf(context)}admin/login/`, 303));

  app.post('/admin/logout', async (context) => {
    await signOut(context, { accounts, audit });
    return context.redirect(`${rootOf(context)}admin/login/`, 303);
  });

  return app;
}
