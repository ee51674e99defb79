import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { qrCode } from '../../../../src/ui/qr.ts';
import { readSettings } from '../../../../src/store/files.ts';
import { defaultSettings } from '../../../../src/types/site-defaults.ts';
import { settings } from '../../../../src/types/site.ts';
import type { Audit } from '../../stores/audit.ts';
import { deskPage, type Markup, rootOf } from '../page/index.ts';
import { inShanghai } from '../page/time.ts';
import { ROLES } from '../../../protocol/roles.ts';
import type { Auth } from '../../services/accounts/auth.ts';
import type { Guard } from '../../services/accounts/guard.ts';
import { newPasswordFields, newPasswordProblem } from './login.ts';
import { MAX_PASSWORD } from '../../services/accounts/password.ts';
import { headersOf, passCookies, type Session, sessionOf } from '../../services/accounts/sessions.ts';
import type { AccountStore } from '../../services/accounts/store.ts';
import type { Signed } from '../access.ts';
import { csrfField, formOf } from '../page/forms.ts';

/** 我的账号: one's own password, two-step login and sessions. */

export interface OwnParts {
  auth: Auth;
  store: AccountStore;
  guard: Guard;
  audit: Audit;
}

interface Message {
  notice?: string;
  problem?: string;
}

const WRONG_PASSWORD = '现在的密码不对，请再试一次';

const NOT_ON = '两步验证没有开启';

const DONE: Record<string, string> = {
  password: '密码已经换好，其他设备上的登录都已退出。',
  sessions: '其他设备上的登录都已退出。',
  'no-code': '两步验证已经关闭。',
};

/** 「Chrome，Windows」 of a browser's own description; the order matters, each pretends to be those after it. */
function deviceOf(agent: string): string {
  const first = (names: Record<string, RegExp>) =>
    Object.entries(names).find(([, pattern]) => pattern.test(agent))?.[0] ?? '';
  const browser = first({
    微信: /MicroMessenger/,
    Edge: /Edg/,
    '360 浏览器': /360|QIHU/i,
    'QQ 浏览器': /QQBrowser/,
    Firefox: /Firefox/,
    Chrome: /Chrom/,
    Safari: /Safari/,
  });
  const system = first({
    鸿蒙: /HarmonyOS|OpenHarmony/,
    安卓: /Android/,
    'iPhone 或 iPad': /iPhone|iPad/,
    Windows: /Windows/,
    macOS: /Mac OS/,
    Linux: /Linux/,
  });
  return [browser, system].filter(Boolean).join('，') || '未知的设备';
}

export function ownAccount({ auth, store, guard, audit }: OwnParts): Hono<Signed> {
  const app = new Hono<Signed>();

  const sessionOrLogin = async (context: Context) => sessionOf(auth, context.req.raw);
  const toLogin = (context: Context) => context.redirect(`${rootOf(context)}admin/login/`, 303);
  const done = (context: Context, what: string) =>
    context.redirect(`${rootOf(context)}admin/desk/account/?done=${what}`, 303);

  /** One's own password, asked again before a change; wrong ones count like failed logins. */
  async function confirmed(
    context: Context,
    { person }: Session,
    password: string,
  ): Promise<string | undefined> {
    const attempt = guard.attempt(person.login, context.get('client')?.address ?? '');
    if (attempt.lockedFor) return `密码输错的次数太多，请 ${attempt.lockedFor} 分钟以后再试`;
    if (!(await store.hasPassword(person.id, password.slice(0, MAX_PASSWORD)))) return WRONG_PASSWORD;
    attempt.succeeded();
    return undefined;
  }

  async function page(context: Context, session: Session, message: Message = {}) {
    const { person, twoFactor, token } = session;
    const sessions = await auth.api.listSessions({ headers: headersOf(context) });
    const password = currentPassword(person.login);
    return deskPage(context, {
      title: '我的账号',
      ...message,
      status: message.problem ? 422 : 200,
      body: html` <dl class="facts">
          <dt>姓名</dt>
          <dd>${person.name}</dd>
          <dt>登录名</dt>
          <dd>${person.login}</dd>
          <dt>角色</dt>
          <dd>${ROLES[person.role]}</dd>
        </dl>
        <section class="panel">
          <h2>换密码</h2>
          <form class="form" method="post" action="password/">
            ${csrfField(context)} ${password} ${newPasswordFields()}
            <button>换密码</button>
          </form>
        </section>
        <section class="panel">
          <h2>
            两步验证
            ${twoFactor ? html`<span class="tag good">已开启</span>` : html`<span class="tag">没有开启</span>`}
          </h2>
          ${
            twoFactor
              ? html`<p>登录时除了密码，还要手机验证器里的数字。</p>
                  <form class="form" method="post">
                    ${csrfField(context)} ${password}
                    <div class="actions">
                      <button formaction="codes/">换一批恢复码</button>
                      <button class="warn" formaction="two-factor/off/">关闭两步验证</button>
                    </div>
                  </form>`
              : html`<p>
                    登录时除了密码，再加一个手机验证器里的数字：密码被人知道了，也进不来。手机上要有一个能扫码的验证器应用（通用的
                    TOTP 都可以）。
                  </p>
                  <form class="form" method="post" action="two-factor/">
                    ${csrfField(context)} ${password}
                    <button>开启两步验证</button>
                  </form>`
          }
        </section>
        <section class="panel">
          <h2>登录着的设备</h2>
          <ul>
            ${sessions.map(
              ({ token: other, userAgent, ipAddress, createdAt, updatedAt }) =>
                html`<li>
                  ${deviceOf(userAgent ?? '')}${ipAddress ? `，${ipAddress}` : ''}${other === token ? html` <span class="tag good">这一台</span>` : ''}<br /><small
                    class="muted"
                    >登录于 ${inShanghai(createdAt)}，最近使用 ${inShanghai(updatedAt)}</small
                  >
                </li>`,
            )}
          </ul>
          <form method="post" action="sessions/">
            ${csrfField(context)}
            <button class="plain">退出其他设备</button>
          </form>
        </section>`,
    });
  }

  app.get('/', async (context) => {
    const session = await sessionOrLogin(context);
    const notice = DONE[context.req.query('done') ?? ''];
    return session ? page(context, session, notice ? { notice } : {}) : toLogin(context);
  });
  // A page that answers a form has no address of its own to come back to.
  for (const path of [
    '/password',
    '/two-factor',
    '/two-factor/code',
    '/two-factor/off',
    '/codes',
    '/sessions',
  ])
    app.get(path, (context) => context.redirect(`${rootOf(context)}admin/desk/account/`, 303));

  app.post('/password', async (context) => {
    const session = await sessionOrLogin(context);
    if (!session) return toLogin(context);
    const form = await formOf(context);
    const problem =
      newPasswordProblem(form, session.person) ?? (await confirmed(context, session, form.current ?? ''));
    if (problem) return page(context, session, { problem });
    if (!(await store.changePassword(session.person.id, form.password ?? '', session.token)))
      return toLogin(context);
    audit.write({ person: session.person, action: 'password', target: session.person.login });
    return done(context, 'password');
  });

  app.post('/sessions', async (context) => {
    const session = await sessionOrLogin(context);
    if (!session) return toLogin(context);
    store.endSessions(session.person.id, session.token);
    audit.write({ person: session.person, action: 'session-ended', target: session.person.login });
    return done(context, 'sessions');
  });

  const codeForm = (context: Context) =>
    html`<form class="form" method="post" action="${rootOf(context)}admin/desk/account/two-factor/code/">
      ${csrfField(context)}
      <label
        >验证器显示的 6 位数字
        <input name="code" inputmode="numeric" autocomplete="one-time-code" required maxlength="10" />
      </label>
      <button>完成</button>
    </form>`;

  app.post('/two-factor', async (context) => {
    const session = await sessionOrLogin(context);
    if (!session) return toLogin(context);
    const { current = '' } = await formOf(context);
    const problem = session.twoFactor ? '两步验证已经开启' : await confirmed(context, session, current);
    if (problem) return page(context, session, { problem });
    const answer = await auth.api.enableTwoFactor({
      body: { password: current, method: 'totp' },
      headers: headersOf(context),
    });
    const secret = new URL(('totpURI' in answer && answer.totpURI) || '').searchParams.get('secret') ?? '';
    return deskPage(context, {
      title: '开启两步验证',
      body: html`<ol>
          <li>
            打开手机上的验证器应用，扫描下面的二维码。扫不了就手工输入这个密钥：<code
              >${secret.replace(/.{4}(?=.)/g, '$& ')}</code
            >
          </li>
          <li>输入验证器显示的 6 位数字。</li>
        </ol>
        ${qrSvg(totpAddress(secret, session.person.login))} ${codeForm(context)}`,
    });
  });

  app.post('/two-factor/code', async (context) => {
    const session = await sessionOrLogin(context);
    if (!session) return toLogin(context);
    const { code = '' } = await formOf(context);
    const attempt = guard.attempt(session.person.login, context.get('client')?.address ?? '');
    const response = attempt.lockedFor
      ? undefined
      : await auth.api.verifyTOTP({
          body: { code: code.normalize('NFKC').replace(/\s/g, '') },
          headers: headersOf(context),
          asResponse: true,
        });
    if (!response?.ok)
      return deskPage(context, {
        title: '开启两步验证',
        problem: attempt.lockedFor
          ? `输错的次数太多，请 ${attempt.lockedFor} 分钟以后再试`
          : '数字不对：请看清手机上最新的 6 位数字，并检查手机的时间准不准',
        body: html`${codeForm(context)}
          <p><a href="${rootOf(context)}admin/desk/account/">重新开始</a></p>`,
        status: 422,
      });
    attempt.succeeded();
    passCookies(context, response.headers);
    audit.write({
      person: session.person,
      action: 'two-factor',
      target: session.person.login,
      detail: '开启',
    });
    const { backupCodes } = await auth.api.viewBackupCodes({ body: { userId: session.person.id } });
    return codesPage(context, '两步验证已经开启。', backupCodes);
  });

  app.post('/codes', async (context) => {
    const session = await sessionOrLogin(context);
    if (!session) return toLogin(context);
    const { current = '' } = await formOf(context);
    const problem = session.twoFactor ? await confirmed(context, session, current) : NOT_ON;
    if (problem) return page(context, session, { problem });
    const { backupCodes } = await auth.api.generateBackupCodes({
      body: { password: current },
      headers: headersOf(context),
    });
    audit.write({
      person: session.person,
      action: 'two-factor',
      target: session.person.login,
      detail: '换恢复码',
    });
    return codesPage(context, '恢复码换好了，以前的都不能再用。', backupCodes);
  });

  const codesPage = (context: Context, notice: string, codes: readonly string[]) =>
    deskPage(context, {
      title: '恢复码',
      notice,
      body: html`<p>
          手机丢了或者换了，可以用恢复码登录，每个只能用一次。请现在抄下来或者打印，放在安全的地方；这一页只显示一次。
        </p>
        <ul class="codes">
          ${codes.map((code) => html`<li><code>${code}</code></li>`)}
        </ul>
        <p><a class="button" href="${rootOf(context)}admin/desk/account/">抄好了</a></p>`,
    });

  app.post('/two-factor/off', async (context) => {
    const session = await sessionOrLogin(context);
    if (!session) return toLogin(context);
    const { current = '' } = await formOf(context);
    const problem = await confirmed(context, session, current);
    if (problem) return page(context, session, { problem });
    const response = await auth.api.disableTwoFactor({
      body: { password: current },
      headers: headersOf(context),
      asResponse: true,
    });
    passCookies(context, response.headers);
    audit.write({
      person: session.person,
      action: 'two-factor',
      target: session.person.login,
      detail: '关闭',
    });
    return done(context, 'no-code');
  });
  return app;
}

/** With the login beside it, so that a password keeper knows whose it is. */
const currentPassword = (login: string): Markup =>
  html`<input type="text" name="username" value="${login}" autocomplete="username" hidden /><label
      >现在的密码
      <input
        type="password"
        name="current"
        autocomplete="current-password"
        required
        maxlength="${MAX_PASSWORD}"
      />
    </label>`;

/** `otpauth://…` with the site's name, which the authenticator shows beside the digits. */
function totpAddress(secret: string, login: string): string {
  const { name } = readSettings(settings).data ?? defaultSettings;
  const query = new URLSearchParams({ secret, issuer: name, digits: '6', period: '30' });
  return `otpauth://totp/${encodeURIComponent(name)}:${encodeURIComponent(login)}?${query.toString().replaceAll('+', '%20')}`;
}

function qrSvg(text: string): Markup {
  const { size, path } = qrCode(text);
  return html`<svg class="qr" viewBox="0 0 ${size} ${size}" role="img" aria-label="给验证器扫的二维码">
    <path d="${path}" stroke="#000" fill="none" />
  </svg>`;
}
