import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import type { Content } from '../../../../../src/store/index.ts';
import { siteSettingsOf } from '../../../../../src/types/site-settings.ts';
import { qrCode } from '../../../../../src/ui/qr/qr.ts';
import { headersOf } from '../../../services/accounts/caller.ts';
import type { Signed } from '../../access.ts';
import { csrfField, formOf } from '../../page/forms.ts';
import { deskPage, type Markup, rootOf } from '../../page/index.ts';
import { callerOf, passCookies } from '../cookies.ts';
import type { AccountParts } from '../parts.ts';
import { confirmPassword, withSession } from './confirm.ts';
import { accountPage } from './page.ts';

/** 两步验证: turning the second step of the login on and off, and its recovery codes. */

const NOT_ON = '两步验证没有开启';

const codeForm = (context: Context) =>
  html`<form class="form" method="post" action="${rootOf(context)}admin/desk/account/two-factor/code/">
    ${csrfField(context)}
    <label
      >验证器显示的 6 位数字
      <input name="code" inputmode="numeric" autocomplete="one-time-code" required maxlength="10" />
    </label>
    <button>完成</button>
  </form>`;

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

/** Routes below 我的账号. */
export function twoStepPages({ accounts, audit }: AccountParts): Hono<Signed> {
  const app = new Hono<Signed>();

  app.post(
    '/two-factor',
    withSession(accounts, async (context, session) => {
      const { current = '' } = await formOf(context);
      const problem = session.twoFactor
        ? '两步验证已经开启'
        : await confirmPassword({ accounts }, context, session, current);
      if (problem) return accountPage({ accounts }, context, session, { problem });
      const answer = await accounts.auth.api.enableTwoFactor({
        body: { password: current, method: 'totp' },
        headers: headersOf(callerOf(context)),
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
          ${qrSvg(totpAddress(context.get('content'), secret, session.person.login))} ${codeForm(context)}`,
      });
    }),
  );

  app.post(
    '/two-factor/code',
    withSession(accounts, async (context, session) => {
      const { code = '' } = await formOf(context);
      const attempt = accounts.guard.attempt(session.person.login, callerOf(context).address);
      const response = attempt.lockedFor
        ? undefined
        : await accounts.auth.api.verifyTOTP({
            body: { code: code.normalize('NFKC').replace(/\s/g, '') },
            headers: headersOf(callerOf(context)),
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
      const { backupCodes } = await accounts.auth.api.viewBackupCodes({
        body: { userId: session.person.id },
      });
      return codesPage(context, '两步验证已经开启。', backupCodes);
    }),
  );

  app.post(
    '/codes',
    withSession(accounts, async (context, session) => {
      const { current = '' } = await formOf(context);
      const problem = session.twoFactor
        ? await confirmPassword({ accounts }, context, session, current)
        : NOT_ON;
      if (problem) return accountPage({ accounts }, context, session, { problem });
      const { backupCodes } = await accounts.auth.api.generateBackupCodes({
        body: { password: current },
        headers: headersOf(callerOf(context)),
      });
      audit.write({
        person: session.person,
        action: 'two-factor',
        target: session.person.login,
        detail: '换恢复码',
      });
      return codesPage(context, '恢复码换好了，以前的都不能再用。', backupCodes);
    }),
  );

  app.post(
    '/two-factor/off',
    withSession(accounts, async (context, session) => {
      const { current = '' } = await formOf(context);
      const problem = await confirmPassword({ accounts }, context, session, current);
      if (problem) return accountPage({ accounts }, context, session, { problem });
      const response = await accounts.auth.api.disableTwoFactor({
        body: { password: current },
        headers: headersOf(callerOf(context)),
        asResponse: true,
      });
      passCookies(context, response.headers);
      audit.write({
        person: session.person,
        action: 'two-factor',
        target: session.person.login,
        detail: '关闭',
      });
      return context.redirect(`${rootOf(context)}admin/desk/account/?done=no-code`, 303);
    }),
  );
  return app;
}

/** `otpauth://…` with the site's name, which the authenticator shows next to the digits. */
function totpAddress(content: Content, secret: string, login: string): string {
  const { name } = siteSettingsOf(content);
  const query = new URLSearchParams({ secret, issuer: name, digits: '6', period: '30' });
  return `otpauth://totp/${encodeURIComponent(name)}:${encodeURIComponent(login)}?${query.toString().replaceAll('+', '%20')}`;
}

function qrSvg(text: string): Markup {
  const { size, path } = qrCode(text);
  return html`<svg class="qr" viewBox="0 0 ${size} ${size}" role="img" aria-label="给验证器扫的二维码">
    <path d="${path}" stroke="#000" fill="none" />
  </svg>`;
}
