import type { Context } from 'hono';
import { html } from 'hono/html';
import { MAX_LOGIN } from '../../../services/accounts/auth.ts';
import type { Accounts } from '../../../services/accounts/index.ts';
import { MAX_PASSWORD } from '../../../services/accounts/password.ts';
import type { Outcome } from '../../../services/accounts/sign-in.ts';
import { csrfField } from '../../page/forms.ts';
import { plainPage, rootOf } from '../../page/index.ts';

/** The pages of signing in, and where each step leads. */

export const loginPage = (
  context: Context,
  parts: { notice?: string | undefined; problem?: string; login?: string; status?: 401 | 429 | 503 },
) => {
  const { notice, problem, login = '', status } = parts;
  return plainPage(context, {
    title: '登录',
    notice,
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

export const codePage = (context: Context, problem?: string, status: 200 | 401 | 429 | 503 = 200) =>
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

/** Where to go after login: a page below `/admin/` only, so that the login is no open redirect. */
const returnPath = (to: string | undefined) =>
  to && /^(?:desk\/[\w\-/.?=&%]*)?$/.test(to) && !to.includes('..') ? to : 'desk/';

/**
 * Redirects after a login.
 *
 * @param first page below the site's root that must come before anything else, see `Accounts.firstPageOf`
 */
export const afterLogin = (context: Context, first: string | undefined) =>
  context.redirect(`${rootOf(context)}${first ?? `admin/${returnPath(context.req.query('to'))}`}`, 303);

/** Answers a step of signing in; `again` shows its page once more. */
export const answerOutcome = (
  context: Context,
  outcome: Outcome,
  firstPageOf: Accounts['firstPageOf'],
  again: (message: string, status: 401 | 429 | 503) => Response | Promise<Response>,
) => {
  if (outcome.kind === 'refused') return again(outcome.message, outcome.status);
  return outcome.kind === 'code' ? codePage(context) : afterLogin(context, firstPageOf(outcome.account));
};
