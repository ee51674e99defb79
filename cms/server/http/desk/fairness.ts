import { Hono } from 'hono';
import { html } from 'hono/html';
import { today } from '../../../../src/calendar/today.ts';
import { caveat, fairnessOf, lastText, sinceText } from '../../../../src/caravan/fairness/fairness.ts';
import { FAIRNESS_TITLE } from '../../../../src/caravan/addresses.ts';
import { schools } from '../../../../src/types/caravan.ts';
import { townships } from '../../../../src/types/townships.ts';
import type { StoredFile } from '../../../protocol/entries.ts';
import type { Signed } from '../access.ts';
import { plannedStops } from '../../services/planning.ts';
import { deskPage } from '../page/index.ts';

/** 各校多久没去了: for planning the next stops, drafts included. */
export function fairnessPage(readStops: () => readonly StoredFile[]): Hono<Signed> {
  const app = new Hono<Signed>();
  app.get('/', (context) => {
    const content = context.get('content');
    const stops = plannedStops(content, readStops()).map(({ data }) => data);
    const fairness = fairnessOf(content.list(schools).items, stops, today());
    const names = new Map(content.list(townships).items.map(({ id, name }) => [id, name]));
    const rows = fairness.turns.map(
      (turn) =>
        html`<tr>
          <th scope="row">
            ${turn.school.name}<br /><small>${names.get(turn.school.township) ?? turn.school.township}</small>
          </th>
          <td>${sinceText(turn)}<br />${turn.last && lastText(turn.last)}</td>
          <td>${turn.next ? lastText(turn.next) : '还没排'}</td>
          <td>${turn.visits}</td>
        </tr>`,
    );
    return deskPage(context, {
      title: FAIRNESS_TITLE,
      body: html`<p>${caveat(fairness)}草稿里排的站也算在「下一次」里。</p>
        ${rows.length === 0 && html`<p class="empty">还没有登记学校。</p>`}
        ${
          rows.length > 0 &&
          html`<div class="scroll" tabindex="0" role="region" aria-label="各学校上次和下次到校的日子">
            <table>
              <thead>
                <tr>
                  <th scope="col">学校</th>
                  <th scope="col">上次到校</th>
                  <th scope="col">下一次</th>
                  <th scope="col">去过（次）</th>
                </tr>
              </thead>
              <tbody>
                ${rows}
              </tbody>
            </table>
          </div>`
        }`,
    });
  });
  return app;
}
