import type { Context } from 'hono';
import { html } from 'hono/html';
import { STARTING_PAGES } from '../../../../first-run/pages.ts';
import { SCHOOL_COLUMNS } from '../../../../first-run/schools.ts';
import type { Signed } from '../../access.ts';
import { csrfField } from '../../page/forms.ts';
import type { Markup } from '../../page/index.ts';

/** Forms of the steps that write lists and pages. */

/** 乡镇街道. */
export const townshipsForm = (
  context: Context<Signed>,
  { names, text = '' }: { names: readonly string[]; text?: string },
): Markup =>
  html`${listed('已经有', names)}
    <form class="form" method="post">
      ${csrfField(context)}
      <label
        >${names.length > 0 ? '再加上' : '全县的乡镇和街道'}
        <textarea name="text" rows="8" required placeholder="城关镇、青禾镇、桃河乡、西街街道">
${text}</textarea>
        <small
          >一行一个，或者用顿号、逗号、空格隔开。开车时间、示意图以后在「设置和名录 → 乡镇街道」里补。</small
        >
      </label>
      <p class="actions"><button>保存名单</button></p>
    </form>`;

const listed = (label: string, names: readonly string[]): Markup =>
  names.length > 0
    ? html`<details class="panel">
        <summary>${label} ${names.length} 个</summary>
        <p>${names.join('、')}</p>
      </details>`
    : html``;

/** 学校. */
export const schoolsForm = (
  context: Context<Signed>,
  { names, hasTownships, text = '' }: { names: readonly string[]; hasTownships: boolean; text?: string },
): Markup =>
  hasTownships
    ? html`${listed('已经有', names)}
        <form class="form" method="post" enctype="multipart/form-data">
          ${csrfField(context)}
          <label
            >从 Excel 或 WPS 表格里复制过来
            <textarea name="text" rows="8" placeholder="青禾镇中心小学	青禾镇	小学">${text}</textarea>
            <small
              >三列：${SCHOOL_COLUMNS.join('、')}。没有写学段的，按校名认；没有写乡镇的，按校名开头的乡镇认。</small
            >
          </label>
          <label
            >或者传一个表格
            <input type="file" name="file" accept=".xlsx,.csv" />
            <small>第一行写列名：${SCHOOL_COLUMNS.join('、')}。</small>
          </label>
          <p class="actions"><button>保存学校</button></p>
        </form>`
    : html`<p class="notice">学校要写在哪个乡镇：请先<a href="../townships/">贴乡镇名单</a>。</p>`;

/** 主题和页面. */
export const pagesForm = (
  context: Context<Signed>,
  {
    topics,
    chosen,
    existing,
  }: {
    topics: readonly { id: string; name: string }[];
    chosen: ReadonlySet<string>;
    existing: ReadonlySet<string>;
  },
): Markup =>
  html`<form class="form" method="post">
    ${csrfField(context)}
    <fieldset class="choices">
      <legend>文章的主题</legend>
      ${topics.map(
        ({ id, name }) =>
          html`<label
            ><input type="checkbox" name="topics" value="${id}" ${chosen.has(id) ? html`checked` : ''} />
            ${name}</label
          >`,
      )}
      <label>还要加的 <input name="more" placeholder="农机、水产" /><small>用顿号隔开。</small></label>
    </fieldset>
    <fieldset>
      <legend>先有这些页面（草稿，填好【】再送审）</legend>
      ${STARTING_PAGES.map(
        ({ slug, title, summary }) =>
          html`<label
            >${
              existing.has(slug)
                ? html`<span class="tag good">已有</span>`
                : html`<input type="checkbox" name="pages" value="${slug}" checked />`
            }
            ${title} <small>${summary}</small></label
          >`,
      )}
    </fieldset>
    <p class="actions"><button>保存</button></p>
  </form>`;
