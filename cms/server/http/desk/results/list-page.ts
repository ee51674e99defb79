import type { Context } from 'hono';
import { html } from 'hono/html';
import { EVENT_STATES } from '../../../../../src/calendar/states.ts';
import { lacksResults, lastDayOf, RESULT_TYPES } from '../../../../results/happening.ts';
import { slugOfPath } from '../../../../documents/slug.ts';
import type { ListedEntry } from '../../../../protocol/entries.ts';
import { STAGES } from '../../../../protocol/review.ts';
import type { Newsroom } from '../../../services/newsroom/index.ts';
import { deskPage, type Markup } from '../../page/index.ts';
import { whenAndWhere } from './form-page.ts';

/** 补成果: what is over and has no results, the latest first, and what has been filled in lately. */

export const RESULTS_TITLE = '补成果';

const MOST_SHOWN = 100;
const RECENT = 20;

interface Happening extends ListedEntry {
  data: Record<string, unknown>;
}

/** `events/2026-10-24-jishi/`, below the page of the list. */
export const formAddress = (path: string) => `${path.split('/')[1]}/${slugOfPath(path)}/`;

/** All events and stops as the office has them now; what cannot be read is left out. */
export async function happeningsOf(newsroom: Pick<Newsroom, 'list'>): Promise<Happening[]> {
  const lists = await Promise.all(RESULT_TYPES.map(({ name }) => newsroom.list(`content/${name}`)));
  return lists
    .flatMap((list) => list ?? [])
    .filter((entry): entry is Happening => entry.data !== undefined)
    .sort((a, b) => lastDayOf(b.data).localeCompare(lastDayOf(a.data)));
}

interface ListPage {
  happenings: readonly Happening[];
  notice?: string | undefined;
  problem?: string | undefined;
  /** What follows a save. */
  after?: Markup | undefined;
}

export function listPage(context: Context, { happenings, notice, problem, after }: ListPage) {
  const open = happenings.filter(({ data }) => lacksResults(data));
  const done = happenings.filter(({ data }) => Array.isArray(data.results) && data.results.length > 0);
  return deskPage(context, {
    title: RESULTS_TITLE,
    notice,
    problem,
    body: html`${after}
      <section class="panel" aria-labelledby="open">
        <h2 id="open">已过去、还没有成果的活动（${open.length}）</h2>
        ${
          open.length > 0
            ? entryList(open.slice(0, MOST_SHOWN), '补成果')
            : html`<p class="empty">都补齐了。</p>`
        }
        ${
          open.some(({ data }) => data.state !== 'completed') &&
          html`<p>
            办完了、数还没齐的，先<a href="../entries/?stage=over">一次设为「${EVENT_STATES.completed}」</a
            >，数以后再补。
          </p>`
        }
        ${open.length > MOST_SHOWN && html`<p>还有 ${open.length - MOST_SHOWN} 个没有列出，请先补上面这些，或者用表格一次补完。</p>`}
      </section>
      <section class="panel" aria-labelledby="sheet">
        <h2 id="sheet">用表格补</h2>
        <p>一次补几十个活动，用表格快：下载的表里，活动已经填好，只填数。</p>
        <p class="actions"><a class="button plain" href="sheet/">成果表格</a></p>
      </section>
      <section class="panel" aria-labelledby="done">
        <h2 id="done">已经有成果的</h2>
        ${done.length > 0 ? entryList(done.slice(0, RECENT), '改') : html`<p class="empty">还没有。</p>`}
        ${done.length > RECENT && html`<p class="muted">只列最近 ${RECENT} 个；更早的在编辑后台打开那一条，点「补成果」。</p>`}
      </section>`,
  });
}

const entryList = (entries: readonly Happening[], label: string): Markup =>
  html`<ul class="findings to-fill">
    ${entries.map(
      ({ path, data, stage }) =>
        html`<li>
          <span
            ><strong>${data.title ?? slugOfPath(path)}</strong> ${
              stage !== 'published' && html`<span class="tag">${STAGES[stage]}</span>`
            }<small class="muted">${whenAndWhere(data)}</small></span
          >
          <a
            class="button plain"
            href="${formAddress(path)}"
            aria-label="${label}：${data.title ?? slugOfPath(path)}"
            >${label}</a
          >
        </li>`,
    )}
  </ul>`;
