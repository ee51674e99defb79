import type { Context } from 'hono';
import { html } from 'hono/html';
import { type Role, ROLES } from '../../../../protocol/roles.ts';
import { MAX_LOGIN } from '../../../services/accounts/auth.ts';
import { type Account, TEMPORARY_DAYS } from '../../../services/accounts/store.ts';
import { csrfField } from '../../page/forms.ts';
import { deskPage, rootOf } from '../../page/index.ts';
import { inShanghai } from '../../page/time.ts';

/** The pages of 账号. */

const WHAT_ROLES_DO: Record<Role, string> = {
  author: '写稿、改稿、送审',
  reviewer: '还可以初审和复审',
  publisher: '还可以终审、发布和回退',
  administrator: '还管理账号、设置和操作记录',
};

const roleChoice = (chosen: Role) =>
  html`<fieldset>
    <legend>角色</legend>
    ${Object.entries(ROLES).map(
      ([role, label]) =>
        html`<label
          ><input type="radio" name="role" value="${role}" ${role === chosen ? html`checked` : ''} /><span
            >${label} <small>${WHAT_ROLES_DO[role as Role]}</small></span
          ></label
        >`,
    )}
  </fieldset>`;

const stateOf = ({ closed, mustChange }: Account) => {
  if (closed) return html`<span class="tag bad">已停用</span>`;
  return mustChange ? html`<span class="tag">等待换密码</span>` : html`<span class="tag good">正常</span>`;
};

/** All accounts, and the form for a new one. */
export const listPage = (
  context: Context,
  accounts: readonly Account[],
  problem?: string,
  typed: Record<string, string> = {},
) =>
  deskPage(context, {
    title: '账号',
    problem,
    status: problem ? 422 : 200,
    body: html`<section class="scroll" tabindex="0" aria-label="账号">
        <table>
          <thead>
            <tr>
              <th scope="col">姓名</th>
              <th scope="col">登录名</th>
              <th scope="col">角色</th>
              <th scope="col">状态</th>
              <th scope="col">两步验证</th>
              <th scope="col">最近登录</th>
            </tr>
          </thead>
          <tbody>
            ${accounts.map(
              (account) =>
                html`<tr>
                  <th scope="row">
                    <a href="${rootOf(context)}admin/desk/people/${account.id}/">${account.name}</a>
                  </th>
                  <td>${account.login}</td>
                  <td>${ROLES[account.role]}</td>
                  <td>${stateOf(account)}</td>
                  <td>${account.twoFactor ? '已开启' : '没有'}</td>
                  <td>${account.lastLogin ? inShanghai(account.lastLogin) : '还没有'}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </section>
      <section class="panel">
        <h2>新建账号</h2>
        <form class="form" method="post" action="${rootOf(context)}admin/desk/people/">
          ${csrfField(context)}
          <label>姓名 <input name="name" value="${typed.name ?? ''}" required autocomplete="off" /></label>
          <label
            >登录名
            <input
              name="login"
              value="${typed.login ?? ''}"
              required
              maxlength="${MAX_LOGIN}"
              autocomplete="off"
              autocapitalize="none"
              spellcheck="false"
              aria-describedby="login-rule"
          /></label>
          <small id="login-rule">小写字母和数字，例如姓名的拼音；以后不能改。</small>
          ${roleChoice('author')}
          <button>新建</button>
          <p class="muted small">
            会得到一个临时密码，请转告本人；${TEMPORARY_DAYS} 天内有效，第一次登录时换成自己的。
          </p>
        </form>
      </section>`,
  });

/** The only page that shows a password: once, and a temporary one. */
export const passwordPage = (context: Context, title: string, { name, login }: Account, password: string) =>
  deskPage(context, {
    title,
    body: html`<p>请把下面的登录名和临时密码当面或打电话告诉${name}，不要发在群里。这一页只显示一次。</p>
      <dl class="facts">
        <dt>登录名</dt>
        <dd><code>${login}</code></dd>
        <dt>临时密码</dt>
        <dd><code class="big">${password}</code></dd>
      </dl>
      <p>${TEMPORARY_DAYS} 天内有效；第一次登录时要换成自己的密码。</p>
      <p><a class="button" href="${rootOf(context)}admin/desk/people/">记下了</a></p>`,
  });

/** One account. */
export const accountPage = (
  context: Context,
  account: Account,
  message: { problem?: string; notice?: string } = {},
) => {
  const isMyself = account.id === context.get('person').id;
  const csrf = csrfField(context);
  return deskPage(context, {
    title: account.name,
    ...message,
    status: message.problem ? 422 : 200,
    body: html`<p><a href="${rootOf(context)}admin/desk/people/">所有账号</a></p>
      <dl class="facts">
        <dt>登录名</dt>
        <dd>${account.login}</dd>
        <dt>状态</dt>
        <dd>${stateOf(account)}</dd>
        <dt>两步验证</dt>
        <dd>${account.twoFactor ? '已开启' : '没有开启'}</dd>
        <dt>最近登录</dt>
        <dd>${account.lastLogin ? inShanghai(account.lastLogin) : '还没有'}</dd>
      </dl>
      <section class="panel">
        <h2>姓名和角色</h2>
        <form class="form" method="post">
          ${csrf}
          <label>姓名 <input name="name" value="${account.name}" required autocomplete="off" /></label>
          ${roleChoice(account.role)}
          <button name="do" value="change">保存</button>
        </form>
      </section>
      ${
        isMyself
          ? html`<p>
              自己的密码和两步验证在<a href="${rootOf(context)}admin/desk/account/">我的账号</a>里改。
            </p>`
          : html`<section class="panel">
                <h2>密码</h2>
                <form class="form" method="post">
                  ${csrf}
                  <p>忘了密码、密码可能被人知道了，就重置：得到一个临时密码，他在各处的登录都会退出。</p>
                  ${account.twoFactor ? html`<label><input type="checkbox" name="without" value="1" /> 手机丢了：同时关闭两步验证</label>` : ''}
                  <button name="do" value="reset" class="plain">重置密码</button>
                </form>
              </section>
              <section class="panel">
                <h2>${account.closed ? '恢复账号' : '停用账号'}</h2>
                <form class="form" method="post">
                  ${csrf}
                  ${
                    account.closed
                      ? html`<p>恢复以后，他可以用原来的密码登录。</p>
                          <button name="do" value="open">恢复账号</button>`
                      : html`<p>调走或离职的人请停用，账号不会删除：他写过、审过的内容仍然记着他的名字。</p>
                          <button name="do" value="close" class="warn">停用账号</button>`
                  }
                </form>
              </section>`
      }`,
  });
};

export const missingPage = (context: Context) =>
  deskPage(context, {
    title: '没有这个账号',
    body: html`<p><a href="${rootOf(context)}admin/desk/people/">所有账号</a></p>`,
    status: 404,
  });
