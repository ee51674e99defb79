import { html } from 'hono/html';
import { formatDay } from '../../../../../src/calendar/text.ts';
import { today } from '../../../../../src/calendar/today.ts';
import { daysBetween } from '../../../../../src/calendar/days.ts';
import type { Clock } from '../../../../../src/checks/freshness.ts';
import { type DueReview, REVIEW_NOTICE_DAYS } from '../../../../../src/checks/reviews.ts';
import { editorAddress } from '../../page/editor-address.ts';
import { foldedList } from './findings.ts';
import type { Markup } from '../../page/index.ts';

/** 多久没更新, and what is due soon. */

/** Days before the end of a limit that count as near. */
const NEAR_DAYS = 3;

export function clocksPanel(clocks: readonly Clock[], root: string): Markup {
  return html`<section class="panel" aria-labelledby="clocks">
    <h2 id="clocks">多久没更新</h2>
    ${
      clocks.length === 0
        ? html`<p class="empty">还没有发布内容。</p>`
        : html`<p>到期还没有新内容，上级检查网站时就算「不更新」。</p>
            <table class="clocks">
              <thead>
                <tr>
                  <th scope="col">栏目</th>
                  <th scope="col">最近一条</th>
                  <th scope="col">还剩几天</th>
                </tr>
              </thead>
              <tbody>
                ${clocks.map((clock) => row(clock, root))}
              </tbody>
            </table>`
    }
  </section>`;
}

const row = ({ label, limit, newest, daysLeft }: Clock, root: string): Markup =>
  html`<tr>
    <th scope="row">${label}<small>期限 ${limit}</small></th>
    <td>
      <a href="${editorAddress(root, newest.file)}">${newest.title}</a>
      <small>${newest.published}</small>
    </td>
    <td>${leftText(daysLeft)}</td>
  </tr>`;

function leftText(daysLeft: number): Markup {
  if (daysLeft < 0) return html`<strong class="tag bad">超过 ${-daysLeft} 天</strong>`;
  if (daysLeft === 0) return html`<strong class="tag bad">今天到期</strong>`;
  if (daysLeft <= NEAR_DAYS) return html`<strong class="tag">快到了，还剩 ${daysLeft} 天</strong>`;
  return html`<span class="tag good">还剩 ${daysLeft} 天</span>`;
}

/** Reviews that come soon; nothing when there are none. */
export function reviewsPanel(reviews: readonly DueReview[], root: string): Markup {
  if (reviews.length === 0) return html``;
  return html`<section class="panel" aria-labelledby="due">
    <h2 id="due">${REVIEW_NOTICE_DAYS} 天内要复核（${reviews.length}）</h2>
    <p>先和审稿专家约好时间，到期前把全文读一遍。</p>
    ${foldedList(reviews, (review) => reviewLine(review, root))}
  </section>`;
}

function reviewLine({ file, title, due }: DueReview, root: string): Markup {
  const days = daysBetween(today(), due);
  return html`<a href="${editorAddress(root, file)}">「${title}」</a>
    <span>${formatDay(due)}，${days > 0 ? `还有 ${days} 天` : '就是今天'}</span>`;
}
