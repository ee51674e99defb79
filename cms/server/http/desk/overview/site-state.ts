import type { Context } from 'hono';
import { html } from 'hono/html';
import { hasRole, ROLES } from '../../../../protocol/roles.ts';
import type { Releases, ReleaseStatus } from '../../../services/releases.ts';
import { type Markup, rootOf } from '../../page/index.ts';
import { rebuildForm } from '../rebuild-form.ts';
import { timeOf } from '../../page/time.ts';

/** What visitors see now, the build that runs or failed, and the latest ones. */

const LATEST_SHOWN = 5;

/** How often a page that shows a running build asks again. */
const REFRESH_SECONDS = 5;

/** Query that turns reloading off, for people who are reading the page. */
const STAY = 'stay';

/** Seconds after which the page is loaded again; undefined when nothing is being built, or reloading was turned off. */
export const refreshOf = (context: Context, { state }: ReleaseStatus): number | undefined =>
  state === 'building' && context.req.query(STAY) === undefined ? REFRESH_SECONDS : undefined;

export function siteState(context: Context, status: ReleaseStatus): Markup {
  const { state, builtAt } = status;
  const old = context.get('oldRelease');
  if (state === 'building') return building(context, status);
  if (state === 'failed') return failed(context, status);
  if (old)
    return html`<p class="problem" role="status">
      网站：访客现在看到的是换回的旧版（${timeOf(old.builtAt)}），后来发布的 ${old.later} 次都看不到。
    </p>`;
  return html`<p class="notice" role="status">
    网站：已上线${builtAt && `，访客现在看到的就是最新的，${timeOf(builtAt)}发布`}。
  </p>`;
}

const stillThere = (builtAt: string | undefined) =>
  builtAt ? `访客看到的还是${timeOf(builtAt)}发布的样子。` : '';

function building(
  context: Context,
  { step = '正在准备', progress, builtAt, ...status }: ReleaseStatus,
): Markup {
  const done = progress === undefined ? '' : `，完成了 ${Math.round(progress * 100)}%`;
  const again = refreshOf(context, status)
    ? html`这一页每 ${REFRESH_SECONDS} 秒自己刷新一次，<a href="?${STAY}">不要刷新</a>。`
    : html`<a href="./">看看好了没有</a>。`;
  return html`<p class="notice" role="status">
    网站正在更新：${step}${done}。${stillThere(builtAt)}<br />${again}
  </p>`;
}

function failed(context: Context, { message, builtAt }: ReleaseStatus): Markup {
  const isPublisher = hasRole(context.get('person'), 'publisher');
  return html`<div class="problem" role="alert">
      <p>网站没有更新成功：${message}</p>
      <p>${stillThere(builtAt)}${!isPublisher && `改好以后，请「${ROLES.publisher}」以上的人再试一次。`}</p>
    </div>
    ${isPublisher && rebuildForm(context, { label: '再试一次', action: `${rootOf(context)}admin/desk/releases/`, from: 'overview' })}`;
}

export function latestReleases(releases: Pick<Releases, 'list'>): Markup {
  const list = releases.list().slice(0, LATEST_SHOWN);
  if (list.length === 0) return html`<p class="empty">网站还没有生成过。</p>`;
  return html`<ul class="findings">
    ${list.map(
      ({ builtAt, why, by, seconds }) =>
        html`<li>
          ${timeOf(builtAt)} ${why} <span class="muted">（${by}，${seconds.toFixed(1)} 秒）</span>
        </li>`,
    )}
  </ul>`;
}
