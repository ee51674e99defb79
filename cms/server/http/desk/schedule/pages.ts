import type { Context } from 'hono';
import { html } from 'hono/html';
import { schoolYearOf } from '../../../../../src/calendar/month.ts';
import { fileForm } from '../sheet-import/pages.ts';
import type { Markup } from '../../page/index.ts';

/** 日程表格: choose a file, or take the schedule as one. */

export const TITLE = '日程表格';

export const startPage = (context: Context, years: readonly string[]): Markup =>
  html`<section class="panel" aria-labelledby="import">
      <h2 id="import">从表格导入</h2>
      ${fileForm(context, html`<a class="button plain" href="template.xlsx">下载模板</a>`)}
      <ul>
        <li>第一行是列名，和编辑后台里的一样；学校、乡镇、车辆写名称就行，日期写 2026/9/1 9:00 的样子。</li>
        <li>有「日历编号」的行改已有的那一站，没有的新建一站；表里没有的站不会动，更不会删除。</li>
        <li>改已有的站时，空着的格子会去掉原来的内容；不想动的列，整列删掉再导入。</li>
        <li>导入的都存成草稿，审核、发布照常。</li>
      </ul>
    </section>
    <section class="panel" aria-labelledby="export">
      <h2 id="export">导出成表格</h2>
      <p>导出的表改好以后可以再导入。大家的草稿也在里面。</p>
      ${years.length === 0 && html`<p class="empty">还没有站次。</p>`}
      ${
        years.length > 0 &&
        html`${years.map((year) => exportLinks(schoolYearOf(`${year}-08-01`).label, `?year=${year}`))}
        ${exportLinks('全部', '')}`
      }
    </section>`;

const exportLinks = (label: string, query: string) =>
  html`<p class="actions">
    <span>${label}</span>
    <a class="button plain" href="export.xlsx${query}">Excel 表格</a>
    <a class="button plain" href="export.csv${query}">CSV</a>
  </p>`;
