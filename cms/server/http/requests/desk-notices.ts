import type { Context } from 'hono';
import { html } from 'hono/html';
import { siteSettingsOf } from '../../../../src/types/site-settings.ts';
import type { WithdrawnRequest } from '../../stores/requests/store.ts';
import type { Signed } from '../access.ts';
import { editorAddress } from '../page/editor-address.ts';
import { timeOf } from '../page/time.ts';
import { contactOf } from './consent.ts';

/** What stands around the queue of the office. */

/** Tells the office that the form cannot say how to reach it. */
export const noContact = (context: Context<Signed>) => {
  if (contactOf(siteSettingsOf(context.get('content')))) return html``;
  return html`<p class="problem">
    站点设置里没有填「联系方式」：申请页应当告诉申请人怎样找到你们，个人信息保护法也这样要求。
  </p>`;
};

export const withdrawnList = (gone: readonly WithdrawnRequest[], root: string) =>
  html`<section class="panel" aria-labelledby="withdrawn">
    <h2 id="withdrawn">申请人已删除（${gone.length}）</h2>
    <p class="muted">填的内容都没有了；已经转成的站次还在，请看看还去不去。</p>
    <ul>
      ${gone.map(
        ({ reference, withdrawnAt, draft }) =>
          html`<li>
            ${reference}，${timeOf(withdrawnAt)}${draft && html`，<a href="${editorAddress(root, draft)}">转成的站次</a>`}
          </li>`,
      )}
    </ul>
  </section>`;
