import type { Context } from 'hono';
import { html } from 'hono/html';
import { LINK_DAYS, type LookLink } from '../../../services/looking/index.ts';
import { csrfField } from '../../page/forms.ts';
import type { Markup } from '../../page/index.ts';
import { timeOf } from '../../page/time.ts';

/** Links for looking, made for one draft: for a leader or an expert without an account. */

/** Address of a link, below the site's root. */
export const lookAddress = (secret: string) => `api/look/${secret}/`;

export interface LinkParts {
  context: Context;
  links: readonly LookLink[];
  /** A link that was made just now: it is shown once. */
  made?: string | undefined;
}

export function linksPanel({ context, links, made }: LinkParts): Markup {
  return html`<section class="panel" aria-labelledby="links">
    <h2 id="links">给没有账号的人看</h2>
    <p>
      做一个网址发给领导或外面的专家：不用登录，只看得到这一稿，到期自己失效。他们可以回一句意见，算不得审核。
    </p>
    ${
      made &&
      html`<div class="notice" role="status">
        <p>网址做好了，只显示这一次，请复制了发给他：</p>
        <p><code class="made">${made}</code></p>
      </div>`
    }
    ${
      links.length > 0 &&
      html`<ul class="findings">
        ${links.map(
          ({ id, by, madeAt, expiresAt, commit, answers }) =>
            html`<li>
              <form method="post" action="links/">
                ${csrfField(context)}<input type="hidden" name="id" value="${id}" />
                ${by.name}
                ${timeOf(madeAt)}做的，${commit ? '只看那一版' : '跟着改'}，${timeOf(expiresAt)}到期，收到
                ${answers} 次意见
                <button class="plain" name="do" value="revoke">收回</button>
              </form>
            </li>`,
        )}
      </ul>`
    }
    <details>
      <summary>做一个网址</summary>
      <form class="form" method="post" action="links/">
        ${csrfField(context)}
        <label>
          几天以后失效
          <select name="days">
            ${LINK_DAYS.map((days) => html`<option value="${days}" ${days === 3 && html`selected`}>${days} 天</option>`)}
          </select>
        </label>
        <fieldset>
          <legend>看哪一版</legend>
          <label
            ><input type="radio" name="which" value="follow" checked />
            跟着改：打开时是什么样就看什么样</label
          >
          <label><input type="radio" name="which" value="fixed" /> 只看现在这一版</label>
        </fieldset>
        <button name="do" value="make">做一个网址</button>
      </form>
    </details>
  </section>`;
}
