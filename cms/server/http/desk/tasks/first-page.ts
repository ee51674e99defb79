import type { Context } from 'hono';
import { html } from 'hono/html';
import { EVENT_STATES } from '../../../../../src/calendar/states.ts';
import { hasExactDay } from '../../../../../src/calendar/precision.ts';
import { slugOfPath } from '../../../../documents/slug.ts';
import { STAGES } from '../../../../protocol/review.ts';
import { dated, lastDayOf } from '../../../../results/happening.ts';
import type { ListedEntry } from '../../../../protocol/entries.ts';
import type { Data } from '../../../../results/form.ts';
import { whenAndWhere } from '../results/form-page.ts';
import { deskPage, type Markup } from '../../page/index.ts';
import { cancel, reschedule } from './changes.ts';
import { newEvent } from './new-event.ts';
import { newStop } from './new-stop.ts';

/** 办事: the tasks, and the entries that a change can be made of. */

export const TASKS_TITLE = '发活动、改期、取消';

export const firstPage = (
  context: Context,
  {
    notice,
    problem,
    after,
  }: { notice?: string | undefined; problem?: string | undefined; after?: Markup | undefined },
) =>
  deskPage(context, {
    title: TASKS_TITLE,
    notice,
    problem,
    body: html`${after}
      <ul class="tasks">
        ${[
          { path: `${newEvent.path}/`, title: newEvent.title, lead: newEvent.lead },
          { path: `${newStop.path}/`, title: newStop.title, lead: newStop.lead },
          { path: 'change/', title: '改期', lead: reschedule.lead },
          { path: 'change/', title: '取消', lead: cancel.lead },
          { path: '../results/', title: '补成果', lead: '办完的活动，两分钟补好场次、人数和照片。' },
        ].map(
          ({ path, title, lead }) =>
            html`<li>
              <a href="${path}"><strong>${title}</strong><span>${lead}</span></a>
            </li>`,
        )}
      </ul>
      <p class="muted">答完先看一遍，再存成草稿或送审；审核步骤照常。别的字段在「编辑内容」里都能改。</p>`,
  });

export interface Upcoming extends ListedEntry {
  data: Data;
}

/** Events and stops that are still to come and not cancelled, the next one first. */
export const upcomingOf = (entries: readonly ListedEntry[], today: string): Upcoming[] =>
  entries
    .filter((entry): entry is Upcoming => {
      const happening = entry.data && dated(entry.data);
      return (
        happening !== undefined &&
        hasExactDay(happening) &&
        !['cancelled', 'completed'].includes(happening.state) &&
        lastDayOf(happening) >= today
      );
    })
    .sort((a, b) => String(a.data.start).localeCompare(String(b.data.start)));

export const changePage = (context: Context, found: readonly Upcoming[], words: string) =>
  deskPage(context, {
    title: '改期、取消：选哪一个',
    body: html`<form class="filter" method="get">
        <label>标题里有 <input type="search" name="words" value="${words}" /></label>
        <button class="plain">查找</button>
      </form>
      ${found.length === 0 && html`<p class="empty">没有还没办的活动和站次。已经取消的要恢复，请在编辑后台打开那一条。</p>`}
      <ul class="findings to-fill">
        ${found.map(lineOf)}
      </ul>
      <p class="actions"><a class="button plain" href="../">返回</a></p>`,
  });

function lineOf({ path, data, stage }: Upcoming): Markup {
  const title = String(data.title ?? slugOfPath(path));
  const below = `${path.split('/')[1]}/${slugOfPath(path)}/`;
  return html`<li>
    <span
      ><strong>${title}</strong>
      <span class="tag">${EVENT_STATES[data.state as keyof typeof EVENT_STATES]}</span>
      ${stage !== 'published' && html`<span class="tag">${STAGES[stage]}</span>`}<small class="muted"
        >${whenAndWhere(data)}</small
      ></span
    >
    <span class="actions">
      <a class="button plain" href="../${reschedule.path}/${below}" aria-label="改期：${title}">改期</a>
      <a class="button plain" href="../${cancel.path}/${below}" aria-label="取消：${title}">取消</a>
    </span>
  </li>`;
}
