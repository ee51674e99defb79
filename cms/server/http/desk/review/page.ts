import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Problem } from '../../../../../src/model/problems.ts';
import { commentedIn, placeComments } from '../../../../documents/anchors.ts';
import { stemOf } from '../../../../documents/places.ts';
import { RECORDED, type ReviewRequest, type ReviewState, standingOf } from '../../../../protocol/review.ts';
import type { LookLink } from '../../../services/looking/index.ts';
import type { ReadEntry } from '../../../services/newsroom/index.ts';
import { titleOf } from '../../../services/uses.ts';
import { comparedText } from '../../page/compared-text.ts';
import { editorAddress } from '../../page/editor-address.ts';
import { deskPage, type Markup, rootOf } from '../../page/index.ts';
import { timeOf } from '../../page/time.ts';
import { actionsPanel, problemList, problemsPanel } from './actions.ts';
import { commentForm, commentItem, orphanComments } from './comments.ts';
import { linksPanel } from './links.ts';

/** The reading page of an entry: what it says, what has changed, what people say of it, what is to be done. */

/** Address of the page, below the site's root. */
export const readingAddress = (path: string) => `admin/desk/review/${stemOf(path)}/`;

export interface PageState {
  entry: ReadEntry;
  review: ReviewState;
  links: readonly LookLink[];
  notice?: string | undefined;
  problem?: string | undefined;
  /** What was found before a step that the person asked for. */
  found?: { request: ReviewRequest; problems: readonly Problem[] } | undefined;
  /** Address of a link that was made just now. */
  made?: string | undefined;
  status?: 200 | 400 | 403 | 404 | 409 | 413 | 422 | 429;
}

const AGAINST: Record<ReadEntry['against'], string> = {
  live: '和网站上的一版比',
  previous: '和网站上的前一版比',
  nothing: '第一次写，全文都是新的',
};

export function readingPage(context: Context, state: PageState): Response | Promise<Response> {
  const { entry, review, found, notice, problem, status = 200 } = state;
  const root = rootOf(context);
  const { document, comparison } = entry;
  const { place, version } = document;
  const acting = { context, review, version };
  const errors = review.problems.filter(({ severity }) => severity === 'error');
  return deskPage(context, {
    title: titleOf(document),
    notice,
    problem,
    status,
    body: html`<p class="lead">
        <strong class="tag ${review.returned !== undefined && 'bad'}"
          >${standingOf(review.stage, review.returned)}</strong
        >
        ${place.type?.singular}${review.authors.length > 0 && `，写稿：${review.authors.map(({ name }) => name).join('、')}`}
      </p>
      <p class="actions">
        ${place.type?.address && html`<a class="button plain" href="page/">看网页的样子</a>`}
        <a class="button plain" href="#act">去审核</a>
        <a href="${editorAddress(root, document.path)}">在编辑器里打开</a>
      </p>
      ${
        place.type?.address &&
        html`<details class="panel wide-only">
          <summary>在这里看网页的样子</summary>
          <iframe src="page/" loading="lazy" title="网页的样子"></iframe>
        </details>`
      }
      ${found && problemsPanel(acting, found.request, found.problems)}
      ${
        errors.length > 0 &&
        html`<details class="panel">
          <summary>发布前还要改 ${errors.length} 处</summary>
          ${problemList(errors)}
        </details>`
      }
      ${textPanel(context, state, root)} ${actionsPanel(acting)}
      ${review.stage !== 'published' && linksPanel({ context, links: state.links, made: state.made })}
      ${recordPanel(review)}`,
  });

  function textPanel(at: Context, { entry: { against } }: PageState, toRoot: string): Markup {
    const parts = { context: at, person: at.get('person'), authors: review.authors };
    const mayComment = review.stage !== 'published';
    const { at: placed, orphans } = placeComments(review.comments, commentedIn(comparison));
    const changes = [...comparison.fields, ...comparison.body].filter((one) => one.status !== 'same').length;
    return html`<section class="panel" aria-labelledby="text">
        <h2 id="text">${against === 'nothing' ? '全文' : '改了什么'}</h2>
        <p class="muted">
          ${AGAINST[against]}${against !== 'nothing' && (comparison.isSame ? '，没有差别。' : `，${changes} 处不同：`)}
          ${
            against !== 'nothing' &&
            !comparison.isSame &&
            html`<del>划去的</del>是原来的，<ins>下面有线的</ins>是现在的。`
          }
        </p>
        ${comparedText({
          comparison,
          isCompared: against !== 'nothing',
          root: toRoot,
          isBusy: (index) => placed.has(index),
          below: (one) =>
            html`<div id="place-${one.index}" class="below">
              ${(placed.get(one.index) ?? []).map((comment) => commentItem(parts, comment))}
              ${mayComment && commentForm(parts, one)}
            </div>`,
        })}
      </section>
      ${orphanComments(parts, orphans)}`;
  }
}

function recordPanel({ notes }: ReviewState): Markup {
  if (notes.length === 0) return html``;
  return html`<details class="panel">
    <summary>审核记录（${notes.length}）</summary>
    <ol class="findings">
      ${notes
        .toReversed()
        .map(
          ({ at, name, action, agrees, comment, accepted }) =>
            html`<li>
              ${timeOf(at)}　${name}　${RECORDED[action]}${agrees !== undefined && (agrees ? '：同意' : '：有意见')}
              ${comment && html`<p>${comment}</p>`}
              ${accepted && html`<p class="muted">看过、没有改的提醒：${accepted.join('；')}</p>`}
            </li>`,
        )}
    </ol>
  </details>`;
}
