import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import type { Session } from '../../services/accounts/sessions.ts';
import type { Signed } from '../access.ts';
import { csrfField, formOf } from '../page/forms.ts';
import { plainPage, rootOf } from '../page/index.ts';
import type { AccountParts } from './parts.ts';
import { afterLogin } from './login/pages.ts';
import { newPasswordFields, newPasswordProblem } from './new-password.ts';

/** The page where a temporary password is changed, before anything else is allowed. */

const changePage = (context: Context, { person }: Session, problem?: string) => {
  return plainPage(context, {
    title: '请换一个密码',
    problem,
    status: problem ? 422 : 200,
    body: html`<p>${person.name}，您好。现在的密码是管理员给的，请换成只有自己知道的。</p>
      <form class="form" method="post">
        ${csrfField(context)}
        <input type="text" name="username" value="${person.login}" autocomplete="username" hidden />
        ${newPasswordFields()}
        <button>换密码</button>
      </form>`,
  });
};

export function temporaryPasswordPages({ accounts, audit }: AccountParts): Hono<Signed> {
  const app = new Hono<Signed>();

  app.get('/admin/account/password', async (context) => {
    const session = await accounts.sessionOf(context.req.header('cookie') ?? '');
    if (!session) return context.redirect(`${rootOf(context)}admin/login/`, 303);
    return session.mustChange ? changePage(context, session) : afterLogin(context, undefined);
  });
  app.post('/admin/account/password', async (context) => {
    const session = await accounts.sessionOf(context.req.header('cookie') ?? '');
    if (!session?.mustChange) return context.redirect(`${rootOf(context)}admin/login/`, 303);
    const form = await formOf(context);
    const { person, token } = session;
    const problem =
      newPasswordProblem(form, person) ??
      ((await accounts.store.hasPassword(person.id, form.password ?? ''))
        ? '请换一个和现在不同的密码'
        : undefined);
    if (problem) return changePage(context, session, problem);
    if (!(await accounts.store.changePassword(person.id, form.password ?? '', token)))
      return context.redirect(`${rootOf(context)}admin/login/`, 303);
    audit.write({ person, action: 'password', target: person.login });
    return afterLogin(context, session.mustEnrol ? 'admin/account/two-step/' : undefined);
  });
  return app;
}
