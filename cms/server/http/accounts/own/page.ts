import type { Context } from 'hono';
import { html } from 'hono/html';
import { ROLES } from '../../../../protocol/roles.ts';
import { headersOf } from '../../../services/accounts/caller.ts';
import type { Session } from '../../../services/accounts/sessions.ts';
import { csrfField } from '../../page/forms.ts';
import { deskPage } from '../../page/index.ts';
import { inShanghai } from '../../page/time.ts';
import { callerOf } from '../cookies.ts';
import { currentPassword } from '../current-password.ts';
import { newPasswordFields } from '../new-password.ts';
import type { AccountParts } from '../parts.ts';
import { deviceOf } from '../../device.ts';

export interface Message {
  notice?: string;
  problem?: string;
}

/** The page of one's own account. */
export async function accountPage(
  { accounts }: Pick<AccountParts, 'accounts'>,
  context: Context,
  session: Session,
  message: Message = {},
) {
  const { person, twoFactor, token } = session;
  const sessions = await accounts.auth.api.listSessions({ headers: headersOf(callerOf(context)) });
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
        <h2>通知</h2>
        <p>有稿子等你审、你写的有了结果，可以发到你的邮箱。</p>
        <p><a class="button plain" href="notices/">选要收哪些</a></p>
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
