import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Content } from '../../../../src/store/index.ts';
import { siteSettingsOf } from '../../../../src/types/site-settings.ts';
import { qrCode } from '../../../../src/ui/qr/qr.ts';
import { headersOf } from '../../services/accounts/caller.ts';
import type { Session } from '../../services/accounts/sessions.ts';
import { csrfField, formOf } from '../page/forms.ts';
import { type Markup, type PageParts, rootOf } from '../page/index.ts';
import { callerOf, passCookies } from './cookies.ts';
import type { AccountParts } from './parts.ts';

/** Setting up two-step login: the key for the authenticator, the first code, the recovery codes. */

/** Where it happens: in the desk, or before anything else is allowed. */
export interface EnrolmentPlace {
  page: (context: Context, parts: PageParts) => Response | Promise<Response>;
  /** Addresses below the site's root: where the code is posted, where one begins again, and where one goes afterwards. */
  codeAddress: string;
  restart: string;
  after: string;
}

type Step = (context: Context, session: Session) => Promise<Response>;

export function twoStepEnrolment(
  { accounts, audit }: AccountParts,
  { page, codeAddress, restart, after }: EnrolmentPlace,
): { start: (context: Context, session: Session, password: string) => Promise<Response>; confirm: Step } {
  const codeForm = (context: Context) =>
    html`<form class="form" method="post" action="${rootOf(context)}${codeAddress}">
      ${csrfField(context)}
      <label
        >验证器显示的 6 位数字
        <input name="code" inputmode="numeric" autocomplete="one-time-code" required maxlength="10" />
      </label>
      <button>完成</button>
    </form>`;

  return {
    /** Shows the key; the password has been confirmed. */
    async start(context, { person }, password) {
      const answer = await accounts.auth.api.enableTwoFactor({
        body: { password, method: 'totp' },
        headers: headersOf(callerOf(context)),
      });
      const secret = new URL(('totpURI' in answer && answer.totpURI) || '').searchParams.get('secret') ?? '';
      return page(context, {
        title: '开启两步验证',
        body: html`<ol>
            <li>
              打开手机上的验证器应用，扫描下面的二维码。扫不了就手工输入这个密钥：<code
                >${secret.replace(/.{4}(?=.)/g, '$& ')}</code
              >
            </li>
            <li>输入验证器显示的 6 位数字。</li>
          </ol>
          ${qrSvg(totpAddress(context.get('content') as Content, secret, person.login))} ${codeForm(context)}`,
      });
    },

    /** Turns it on when the code is right. */
    async confirm(context, { id, person }) {
      const { code = '' } = await formOf(context);
      const attempt = accounts.guard.attempt(person.login, callerOf(context).counted, `session:${id}`);
      const response = attempt.lockedFor
        ? undefined
        : await accounts.auth.api.verifyTOTP({
            body: { code: code.normalize('NFKC').replace(/\s/g, '') },
            headers: headersOf(callerOf(context)),
            asResponse: true,
          });
      if (!response?.ok)
        return page(context, {
          title: '开启两步验证',
          problem: attempt.lockedFor
            ? `输错的次数太多，请 ${attempt.lockedFor} 分钟以后再试`
            : '数字不对：请看清手机上最新的 6 位数字，并检查手机的时间准不准',
          body: html`${codeForm(context)}
            <p><a href="${rootOf(context)}${restart}">重新开始</a></p>`,
          status: 422,
        });
      attempt.succeeded();
      passCookies(context, response.headers);
      audit.write({ person, action: 'two-factor', target: person.login, detail: '开启' });
      const { backupCodes } = await accounts.auth.api.viewBackupCodes({ body: { userId: person.id } });
      return codesPage(context, backupCodes, { notice: '两步验证已经开启。', page, after });
    },
  };
}

/** Recovery codes, shown once. */
export const codesPage = (
  context: Context,
  codes: readonly string[],
  { notice, page, after }: Pick<EnrolmentPlace, 'page' | 'after'> & { notice: string },
) =>
  page(context, {
    title: '恢复码',
    notice,
    body: html`<p>
        手机丢了或者换了，可以用恢复码登录，每个只能用一次。请现在抄下来或者打印，放在安全的地方；这一页只显示一次。
      </p>
      <ul class="codes">
        ${codes.map((code) => html`<li><code>${code}</code></li>`)}
      </ul>
      <p><a class="button" href="${rootOf(context)}${after}">抄好了</a></p>`,
  });

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
