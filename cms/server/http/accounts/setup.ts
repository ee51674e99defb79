import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { MAX_LOGIN } from '../../services/accounts/auth.ts';
import { AccountProblem } from '../../services/accounts/store.ts';
import type { Signed } from '../access.ts';
import { limitAnonymousBody } from '../own-pages.ts';
import { formOf } from '../page/forms.ts';
import { plainPage, rootOf } from '../page/index.ts';
import { callerOf, withCookies } from './cookies.ts';
import type { AccountParts } from './parts.ts';
import { answerOutcome, loginPage } from './login/pages.ts';
import { newPasswordFields, newPasswordProblem } from './new-password.ts';

/** The one-time link of a first start, by which the first administrator makes an account. */

const setupPage = (context: Context, token: string, problem?: string, typed: Record<string, string> = {}) =>
  plainPage(context, {
    title: '建立管理员账号',
    problem,
    status: problem ? 422 : 200,
    body: html`<p>这个账号管理其他人的账号和网站设置。</p>
      <form class="form" method="post" action="${rootOf(context)}admin/setup/">
        <input type="hidden" name="token" value="${token}" />
        <label>姓名 <input name="name" value="${typed.name ?? ''}" autocomplete="name" required /></label>
        <label
          >登录名
          <input
            name="login"
            value="${typed.login ?? ''}"
            autocomplete="username"
            autocapitalize="none"
            spellcheck="false"
            required
            maxlength="${MAX_LOGIN}"
        /></label>
        <small>小写字母和数字，例如姓名的拼音。</small>
        ${newPasswordFields()}
        <button>建立账号</button>
      </form>`,
  });
const oldLink = (context: Context) =>
  plainPage(context, {
    title: '链接不能用了',
    body: html`<p>
      这个链接只能用一次，24 小时内有效。还没有管理员账号时，重新启动服务器会显示新的链接；已经有账号就<a
        href="${rootOf(context)}admin/login/"
        >去登录</a
      >。
    </p>`,
    status: 403,
  });

export function setupPages({ accounts, audit }: AccountParts): Hono<Signed> {
  const app = new Hono<Signed>();

  app.get('/admin/setup', (context) => {
    const token = context.req.query('token') ?? '';
    return accounts.store.isEmpty() && accounts.setup.isValid(token)
      ? setupPage(context, token)
      : oldLink(context);
  });
  app.post('/admin/setup', limitAnonymousBody, async (context) => {
    const form = await formOf(context);
    const { token = '', login = '', name = '', password = '' } = form;
    if (!accounts.store.isEmpty() || !accounts.setup.isValid(token)) return oldLink(context);
    const problem = newPasswordProblem(form, { login, name });
    if (problem) return setupPage(context, token, problem, form);
    try {
      const details = accounts.store.check({ login, name });
      // The link is void from here on: of two requests at once only one makes an account.
      if (!accounts.setup.use(token)) return oldLink(context);
      const { account } = await accounts.store.create({ ...details, role: 'administrator', password });
      audit.write({ person: account, action: 'setup', target: account.login });
    } catch (error) {
      if (error instanceof AccountProblem) return setupPage(context, token, error.message, form);
      throw error;
    }
    return answerOutcome(
      context,
      await withCookies(context, accounts.signIn.withPassword(callerOf(context), login, password)),
      accounts.firstPageOf,
      (message, status) => loginPage(context, { problem: message, login, status }),
    );
  });

  return app;
}
