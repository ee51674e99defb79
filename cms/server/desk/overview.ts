import { Hono } from 'hono';
import { html } from 'hono/html';
import type { Problem } from '../../../src/model/problems.ts';
import { STAGES } from '../../review.ts';
import type { Inspection } from '../inspection.ts';
import type { Newsroom, Waiting } from '../newsroom.ts';
import { placeOf } from '../places.ts';
import { titleOf } from '../uses.ts';
import type { Signed } from '../people.ts';
import type { Releases, ReleaseStatus } from '../releases.ts';
import { deskPage, type Markup, rootOf } from './frame.ts';
import { timeOf } from './time.ts';

/** 待办: what waits for this person, what everybody is working on, what the content wants looking at. */

export interface OverviewParts {
  newsroom: Newsroom;
  releases: Releases;
  inspection: () => Inspection;
}

const STATES = { idle: '已上线', building: '正在更新网站', failed: '没有更新成功' } as const;

const MOST_PROBLEMS = 200;

/** Address of an entry in the editor, from the desk. */
export function editorAddress(root: string, path: string): string {
  const [, folder = '', slug = ''] = /^content\/([\w-]+)\/([\w-]+)\.\w+$/.exec(path) ?? [];
  const collection = folder === 'data' ? 'data' : folder;
  return `${root}admin/#/collections/${collection}/entries/${slug}`;
}

/** Whether a draft waits for this very person: a review step, or their own that was sent back. */
const isMine = ({ stage, actions, authors }: Waiting, login: string) =>
  stage === 'draft'
    ? authors.some((author) => author.login === login)
    : actions.includes('approve') || actions.includes('return');

export function overviewPage({ newsroom, releases, inspection }: OverviewParts): Hono<Signed> {
  const app = new Hono<Signed>();
  app.get('/', (context) => {
    const root = rootOf(context);
    const person = context.get('person');
    const waiting = newsroom.waiting(person);
    const mine = waiting.filter((draft) => isMine(draft, person.login));
    const others = waiting.filter((draft) => !mine.includes(draft));
    const { problems, at } = inspection();
    return deskPage(context, {
      title: '待办',
      body: html`${siteState(releases.status())}
        <section class="panel">
          <h2>等我处理（${mine.length}）</h2>
          ${mine.length > 0 ? drafts(mine, root) : html`<p class="empty">没有等你处理的内容。</p>`}
        </section>
        <section class="panel">
          <h2>大家的草稿（${others.length}）</h2>
          ${others.length > 0 ? drafts(others, root) : html`<p class="empty">没有别的草稿。</p>`}
        </section>
        <section class="panel">
          <h2>要看一看的内容（${problems.length}）</h2>
          ${at ? problemList(problems, root, newsroom) : html`<p class="empty">正在检查全部内容，过一会儿再看。</p>`}
          ${at && html`<p class="muted">${timeOf(at)}检查。</p>`}
        </section>
        <section class="panel">
          <h2>最近发布</h2>
          ${latest(releases)}
        </section>`,
    });
  });
  return app;
}

const siteState = ({ state, builtAt, message }: ReleaseStatus): Markup =>
  html`<p class="${state === 'failed' ? 'problem' : 'notice'}" role="status">
    网站：${STATES[state]}${builtAt && `，现在访客看到的是 ${timeOf(builtAt)} 发布的`}。
    ${state === 'failed' && html`<br />${message}`}
  </p>`;

const LATEST_SHOWN = 5;

function latest(releases: Releases): Markup {
  const list = releases.list().slice(0, LATEST_SHOWN);
  if (list.length === 0) return html`<p class="empty">网站还没有生成过。</p>`;
  return html`<ul>
    ${list.map(
      ({ builtAt, why, by, seconds }) =>
        html`<li>
          ${timeOf(builtAt)} ${why} <span class="muted">（${by}，${seconds.toFixed(1)} 秒）</span>
        </li>`,
    )}
  </ul>`;
}

const drafts = (list: readonly Waiting[], root: string): Markup =>
  html`<div class="scroll" tabindex="0" role="region" aria-label="草稿">
    <table>
      <thead>
        <tr>
          <th scope="col">标题</th>
          <th scope="col">状态</th>
          <th scope="col">谁写的</th>
          <th scope="col">最后修改</th>
        </tr>
      </thead>
      <tbody>
        ${list.map(
          ({ path, title, stage, authors, at, name, publishAt }) =>
            html`<tr>
              <td><a href="${editorAddress(root, path)}">${title}</a></td>
              <td>${STAGES[stage]}${publishAt && `（${timeOf(publishAt)}）`}</td>
              <td>${authors.map((author) => author.name).join('、')}</td>
              <td>${timeOf(at)} ${name}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;

function problemList(problems: readonly Problem[], root: string, newsroom: Newsroom): Markup {
  if (problems.length === 0) return html`<p class="empty">没有发现问题。</p>`;
  const first = [...problems].sort((a, b) => (a.severity < b.severity ? -1 : 1)).slice(0, MOST_PROBLEMS);
  return html`<ul>
      ${first.map(
        (problem) =>
          html`<li>
            ${problem.severity === 'error' && html`<strong class="tag">要改</strong>`}
            ${linkTo(problem, root, newsroom)} ${problem.field} ${problem.message}
          </li>`,
      )}
    </ul>
    ${problems.length > first.length && html`<p>还有 ${problems.length - first.length} 处。</p>`}`;
}

/** A link to what a problem is about; a whole column has none. */
function linkTo({ file }: Problem, root: string, newsroom: Newsroom): Markup {
  const place = placeOf(file);
  if (!place) return html`${file}`;
  const label = place.list?.label ?? titleOf(place, newsroom.read(file)?.text ?? '');
  return html`<a href="${editorAddress(root, file)}">${label}</a>`;
}
