import { html } from 'hono/html';
import { STEPS } from '../../../../protocol/review.ts';
import type { AfterReview } from '../../../services/newsroom/index.ts';
import type { Markup } from '../../page/index.ts';
import { timeOf } from '../../page/time.ts';
import { readingAddress } from '../review/page.ts';
import { foldedList } from './findings.ts';

/** What is public, or was taken off the site, and still to be reviewed; nothing when there is nothing. */
export function afterReviewPanel(list: readonly AfterReview[], root: string): Markup {
  if (list.length === 0) return html``;
  return html`<section class="panel" aria-labelledby="urgent">
    <h2 id="urgent">先发后审，等补审（${list.length}）</h2>
    ${foldedList(
      list,
      ({ path, title, urgent, isMine: mine }) =>
        html`<a href="${root}${readingAddress(path)}">${title}</a>
          <span class="tag bad">先发后审</span> ${mine && html`<span class="tag">等我补审</span>`}
          <small class="muted"
            >${urgent.name}于${timeOf(urgent.at)}${urgent.action === 'unpublish' ? '先下线' : '先发布'}，还要补${urgent.pending.map((step) => STEPS[step].label).join('、')}${urgent.reason && `：${urgent.reason}`}</small
          >`,
    )}
  </section>`;
}
