import type { Context } from 'hono';
import { html } from 'hono/html';
import { optionOf, optionsOf } from '../../../../../src/model/labels.ts';
import type { ContentType } from '../../../../../src/model/type.ts';
import { types } from '../../../../../src/types/index.ts';
import { type Stage, STAGES } from '../../../../protocol/review.ts';
import { type Ticked, tickedList } from '../batch/ticked-list.ts';
import { editorAddress } from '../../page/editor-address.ts';
import { deskPage, type Markup, rootOf } from '../../page/index.ts';

/** 全部内容: the list with its filters. */

export interface Listed extends Omit<Ticked, 'line'> {
  type: ContentType;
  stage: Stage;
  data: Readonly<Record<string, unknown>>;
  /** `YYYY-MM-DD`, by which lists are sorted; may be empty. */
  day: string;
}

interface ListPage {
  shown: readonly Listed[];
  /** On all pages. */
  count: number;
  page: number;
  pages: number;
  type: ContentType | undefined;
  stage: Stage | undefined;
  words: string;
  /** Only events and stops that are over and not completed. */
  isOver: boolean;
}

export const listPage = (
  context: Context,
  { shown, count, page, pages, type, stage, words, isOver }: ListPage,
) =>
  deskPage(context, {
    title: '全部内容',
    script: 'ticks',
    body: html`<form class="filter" method="get">
        <label
          >栏目
          <select name="type">
            ${options({ '': '全部栏目', ...Object.fromEntries(types.map(({ name, label }) => [name, label])) }, type?.name)}
          </select></label
        >
        <label
          >进度
          <select name="stage">
            ${options({ '': '全部', ...STAGES, over: '已过去、没写「完成」的' }, isOver ? 'over' : stage)}
          </select></label
        >
        <label>标题里有 <input type="search" name="words" value="${words}" /></label>
        <button class="plain">查找</button>
      </form>
      <p class="muted">
        共 ${count} 条，没发布的在前面。勾选以后，上面的按钮一次处理；每一条仍照自己的审核步骤。
      </p>
      ${
        shown.length === 0
          ? html`<p class="empty">没有这样的内容，请换一个栏目或进度。</p>`
          : tickedList(
              context,
              'entries',
              shown.map((entry) => ({ ...entry, line: lineOf(entry, rootOf(context)) })),
              { isFolded: false },
            )
      }
      ${pages > 1 && pager({ page, pages, type, stage, words, isOver })}`,
  });

const options = (labels: Readonly<Record<string, string>>, chosen = ''): Markup =>
  html`${Object.entries(labels).map(
    ([value, label]) =>
      html`<option value="${value}" ${value === chosen && html`selected`}>${label}</option>`,
  )}`;

function lineOf({ type, path, title, stage, day, data }: Listed, root: string): Markup {
  const state = typeof data.state === 'string' && Object.keys(optionsOf(type.schema, 'state')).length > 0;
  return html`<a href="${editorAddress(root, path)}">${title}</a>
    <span class="tag ${stage === 'published' ? 'good' : ''}">${STAGES[stage]}</span> ${
      state && html`<span class="tag">${optionOf(type.schema, ['state'], data.state as string)}</span>`
    }<small class="muted">${type.label}${day && ` · ${day}`}</small>`;
}

function pager({ page, pages, type, stage, words, isOver }: Omit<ListPage, 'shown' | 'count'>) {
  const to = (number: number) =>
    `?${new URLSearchParams({ type: type?.name ?? '', stage: isOver ? 'over' : (stage ?? ''), words, page: String(number) })}`;
  return html`<nav class="pager" aria-label="翻页">
    ${page > 1 && html`<a href="${to(page - 1)}">上一页</a>`}
    <span>第 ${page} 页，共 ${pages} 页</span>
    ${page < pages && html`<a href="${to(page + 1)}">下一页</a>`}
  </nav>`;
}
