import type { Context } from 'hono';
import { html } from 'hono/html';
import type { QueuedNotice, QueueState } from '../../../services/notices/index.ts';
import { csrfField } from '../../page/forms.ts';
import type { Markup } from '../../page/index.ts';
import { timeOf } from '../../page/time.ts';
import { channelLabel } from './channels.ts';

/** What of the notices waits to be sent, and what could not be sent, for 运行情况. */

/** Value of the form's field `do` that tries everything again. */
export const RETRY_NOTICES = 'retry-notices';

const STATES: Record<QueuedNotice['state'], string> = {
  waiting: '过一会儿再试',
  sent: '后来发出去了',
  failed: '不再试了',
};

export const noticesPanel = (context: Context, { waiting, failed, sent, troubles }: QueueState): Markup =>
  html`<section class="panel" aria-labelledby="notices">
    <h2 id="notices">通知</h2>
    <p>等着发 ${waiting} 条，没有发出去 ${failed} 条，三十天里发出 ${sent} 条。</p>
    ${
      troubles.length > 0 &&
      html`<div class="scroll" tabindex="0" role="region" aria-label="没有发出去的通知">
          <table>
            <thead>
              <tr>
                <th scope="col">发给</th>
                <th scope="col">什么时候</th>
                <th scope="col">试过几次</th>
                <th scope="col">为什么</th>
              </tr>
            </thead>
            <tbody>
              ${troubles.map(
                ({ channel, recipient, createdAt, attempts, lastError, state, nextAt }) =>
                  html`<tr>
                    <th scope="row">
                      ${channelLabel(channel)}${recipient && html`<small>${recipient}</small>`}
                    </th>
                    <td>${timeOf(createdAt)}</td>
                    <td>${attempts} 次，${STATES[state]}${state === 'waiting' && `（${timeOf(nextAt)}）`}</td>
                    <td>${lastError}</td>
                  </tr>`,
              )}
            </tbody>
          </table>
        </div>
        <form method="post">
          ${csrfField(context)}<input type="hidden" name="do" value="${RETRY_NOTICES}" />
          <button class="plain">现在再试</button>
        </form>`
    }
  </section>`;
