import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Audit } from '../../stores/audit.ts';
import { type Markup, plainPage, rootOf } from '../page/index.ts';
import { type Auth, MAX_LOGIN } from '../../services/accounts/auth.ts';
import { MAX_PASSWORD, MIN_PASSWORD, passwordProblem } from '../../services/accounts/password.ts';
import { headersOf, passCookies, type Session, sessionOf } from '../../services/accounts/sessions.ts';
import type { setupToken } from '../../services/accounts/setup.ts';
import type { Outcome, signIn } from '../../services/accounts/sign-in.ts';
import { AccountProblem, type AccountStore } from '../../services/accounts/store.ts';
import { credentials, secondStep } from '../../../protocol/session.ts';
import type { Signed } from '../access.ts';
import { csrfField, formOf } from '../page/forms.ts';
import { limitAnonymousBody } from '../own-pages.ts';

/** Pages for somebody who is not (quite) signed in, and their JSON twins for the editor's dialog. */

export interface LoginParts {
  auth: Auth;
  store: AccountStore;
  audit: Audit;
  setup: ReturnType<typeof setupToken>;
  signing: ReturnType<typeof signIn>;
}

/** Two fields for a new password, with the rules. */
export const newPasswordFields = (): Markup =>
  html` <label
      >新密码
      <input
        type="password"
        name="password"
        autocomplete="new-password"
        required
        minlength="${MIN_PASSWORD}"
        maxlength="${MAX_PASSWORD}"
        aria-describedby="rule"
      />
    </label>
    <small id="rule"
      >至少 ${MIN_PASSWORD} 个字符，越长越好，不必有特殊符号。不要用常见密码、自己的姓名或登录名。</small
    >
    <label
      >再输入一次
      <input type="password" name="again" autocomplete="new-password" required maxlength="${MAX_PASSWORD}" />
    </label>`;

/** What is wrong with the two fields. */
export const newPasswordProblem = (
  { password = '', again = '' }: Record<string, string>,
  person: { login: string; name: string },
): string | undefined =>
  password === again ? passwordProblem(password, person) : '两次输入的密码不一样，请重新输入';

/** Where to go after login: a page below `/admin/`, and nowhere else. */
const wayBack = (to: string | undefined) =>
  to && /^(?:desk\/[\w\-/.?=&%]*)?$/.test(to) && !to.includes('..') ? to : 'desk/';

/** The body of a call; undefined when it is not JSON. */
const jsonOf = ({ req }: Context): Promise<unknown> => req.json().catch(() => undefined);

export function loginRoutes({ auth, store, audit, setup, signing }: LoginParts): Hono<Signed> {
  const app = new Hono<Signed>();

  const loginPage = (
    context: Context,
    parts: { problem?: string; login?: string; status?: 401 | 429 | 503 },
  ) => {
    const { problem, login = '', status } = parts;
    return plainPage(context, {
      title: '登录',
      problem,
      ...(status ? { status } : {}),
      body: html`<form class="form" method="post">
        ${csrfField(context)}
        <label
          >登录名
          <input
            name="login"
            value="${login}"
            autocomplete="username"
            autocapitalize="none"
            spellcheck="false"
            required
            maxlength="${MAX_LOGIN}"
            ${login ? '' : html`autofocus`}
          />
        </label>
        <label
          >密码
          <input
            type="password"
            name="password"
            autocomplete="current-password"
            required
            maxlength="${MAX_PASSWORD}"
            ${login ? html`autofocus` : ''}
          />
        </label>
        <button>登录</button>
        <p class="muted small">账号由管理员建立。忘记密码请找管理员重置。</p>
      </form>`,
    });
  };

  const codePage = (context: Context, problem?: string, status: 200 | 401 | 429 | 503 = 200) =>
    plainPage(context, {
      title: '两步验证',
      problem,
      status,
      body: html`<form
        class="form"
        method="post"
        action="${rootOf(context)}admin/login/code/${new URL(context.req.url).search}"
      >
        ${csrfField(context)}
        <label
          >验证码
          <input
            name="code"
            autocomplete="one-time-code"
            autocapitalize="none"
            required
            maxlength="20"
            autofocus
            aria-describedby="hint"
          />
        </label>
        <small id="hint">手机验证器里的 6 位数字；手机不在身边时，用一个恢复码。</small>
        <button>继续</button>
        <p><a href="${rootOf(context)}admin/login/">重新输入密码</a></p>
      </form>`,
    });

  const afterLogin = (context: Context, mustChange: boolean) =>
    context.redirect(
      `${rootOf(context)}admin/${mustChange ? 'account/password/' : wayBack(context.req.query('to'))}`,
      303,
    );

  const follow = (
    context: Context,
    outcome: Outcome,
    again: (message: string, status: 401 | 429 | 503) => Response | Promise<Response>,
  ) => {
    if (outcome.kind === 'refused') return again(outcome.message, outcome.status);
    return outcome.kind === 'code' ? codePage(context) : afterLogin(context, outcome.account.mustChange);
  };

  app.get('/admin/login', async (context) => {
    const session = await sessionOf(auth, context.req.raw);
    if (session) return afterLogin(context, session.mustChange);
    if (store.isEmpty())
      return plainPage(context, {
        title: '还没有账号',
        body: html`<p>请打开服务器启动时显示的一次性链接，建立管理员账号。链接过期了，就重新启动服务器。</p>`,
      });
    return loginPage(context, {});
  });
  app.post('/admin/login', limitAnonymousBody, async (context) => {
    const { login = '', password = '' } = await formOf(context);
    return follow(context, await signing.withPassword(context, login, password), (problem, status) =>
      loginPage(context, { problem, login: login.slice(0, MAX_LOGIN), status }),
    );
  });
  app.post('/admin/login/code', limitAnonymousBody, async (context) => {
    const { code = '' } = await formOf(context);
    return follow(context, await signing.withCode(context, code), (problem, status) =>
      codePage(context, problem, status),
    );
  });
  app.get('/admin/login/code', (context) => context.redirect(`${rootOf(context)}admin/login/`, 303));

  const signOut = async (context: Context) => {
    const session = await sessionOf(auth, context.req.raw);
    const response = await auth.api.signOut({ headers: headersOf(context), asResponse: true });
    passCookies(context, response.headers);
    if (session) audit.write({ person: session.person, action: 'logout' });
  };
  app.post('/admin/logout', async (context) => {
    await signOut(context);
    return context.redirect(`${rootOf(context)}admin/login/`, 303);
  });

  app.post('/api/logout', async (context) => {
    await signOut(context);
    return context.json({});
  });
  const answer = (context: Context, outcome: Outcome) => {
    context.header('Cache-Control', 'no-store');
    if (outcome.kind === 'refused')
      return context.json({ message: outcome.message }, outcome.status as ContentfulStatusCode);
    if (outcome.kind === 'code') return context.json({ code: true });
    const { id, name, login, role, mustChange } = outcome.account;
    return context.json({
      user: { id, name, login, role },
      ...(mustChange ? { to: 'admin/account/password/' } : {}),
    });
  };
  app.post('/api/login', limitAnonymousBody, async (context) => {
    const { login, password } = credentials.parse(await jsonOf(context));
    return answer(context, await signing.withPassword(context, login, password));
  });
  app.post('/api/login/code', limitAnonymousBody, async (context) => {
    const { code } = secondStep.parse(await jsonOf(context));
    return answer(context, await signing.withCode(context, code));
  });

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
  app.get('/admin/setup', (context) => {
    const token = context.req.query('token') ?? '';
    return store.isEmpty() && setup.isValid(token) ? setupPage(context, token) : oldLink(context);
  });
  app.post('/admin/setup', limitAnonymousBody, async (context) => {
    const form = await formOf(context);
    const { token = '', login = '', name = '', password = '' } = form;
    if (!store.isEmpty() || !setup.isValid(token)) return oldLink(context);
    const problem = newPasswordProblem(form, { login, name });
    if (problem) return setupPage(context, token, problem, form);
    try {
      const details = store.check({ login, name });
      // From here on the link is void: two who send it at once make one account.
      if (!setup.use(token)) return oldLink(context);
      const { account } = await store.create({ ...details, role: 'administrator', password });
      audit.write({ person: account, action: 'setup', target: account.login });
    } catch (error) {
      if (error instanceof AccountProblem) return setupPage(context, token, error.message, form);
      throw error;
    }
    return follow(context, await signing.withPassword(context, login, password), (message, status) =>
      loginPage(context, { problem: message, login, status }),
    );
  });

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
  app.get('/admin/account/password', async (context) => {
    const session = await sessionOf(auth, context.req.raw);
    if (!session) return context.redirect(`${rootOf(context)}admin/login/`, 303);
    return session.mustChange ? changePage(context, session) : afterLogin(context, false);
  });
  app.post('/admin/account/password', async (context) => {
    const session = await sessionOf(auth, context.req.raw);
    if (!session?.mustChange) return context.redirect(`${rootOf(context)}admin/login/`, 303);
    const form = await formOf(context);
    const { person, token } = session;
    const problem =
      newPasswordProblem(form, person) ??
      ((await store.hasPassword(person.id, form.password ?? '')) ? '请换一个和现在不同的密码' : undefined);
    if (problem) return changePage(context, session, problem);
    if (!(await store.changePassword(person.id, form.password ?? '', token)))
      return context.redirect(`${rootOf(context)}admin/login/`, 303);
    audit.write({ person, action: 'password', target: person.login });
    return afterLogin(context, false);
  });
  return app;
}
