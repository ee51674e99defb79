import { Hono } from 'hono';
import { html } from 'hono/html';
import type { ExportGroup } from '../../../../src/report/index.ts';
import type { Reports } from '../../services/reports/index.ts';
import type { Audit } from '../../stores/audit.ts';
import type { Signed } from '../access.ts';
import { deskPage, type Markup } from '../page/index.ts';
import { download } from '../page/download.ts';
import { yearIn } from './report/index.ts';

/** 填报和导出: forms, lists and pages of a year to hand in or to hand out, made when they are asked for. */

export const EXPORTS_TITLE = '填报和导出';

export interface ExportsPageParts {
  reports: Pick<Reports, 'years' | 'exports'>;
  audit: Audit;
}

export function exportsPage({ reports, audit }: ExportsPageParts): Hono<Signed> {
  const app = new Hono<Signed>({ strict: false });

  app.get('/', (context) => {
    const years = reports.years();
    const year = yearIn(context.req.query('year')) ?? years[0];
    const groups = year === undefined ? [] : reports.exports(year);
    return deskPage(context, {
      title: EXPORTS_TITLE,
      body: html`<p>都由已发布的记录做成，下载时当场生成。数字不对，先改对应的记录。</p>
        ${yearForm(years, year)} ${year === undefined && html`<p class="empty">还没有哪一年有记录。</p>`}
        ${year !== undefined && groups.map((group) => groupMarkup(group, year))}`,
    });
  });

  app.get('/file/:year/:name', async (context) => {
    const { year: text, name } = context.req.param();
    const year = yearIn(text);
    const file = year === undefined ? undefined : fileNamed(reports.exports(year), name);
    if (!file)
      return deskPage(context, {
        title: EXPORTS_TITLE,
        problem: '没有这个文件，可能记录改过了。请回到上一页重新选择。',
        body: [],
        status: 404,
      });
    audit.write({ person: context.get('person'), action: 'export', target: name });
    return download(context, await file.make(), name);
  });
  return app;
}

const fileNamed = (groups: readonly ExportGroup[], name: string) =>
  groups.flatMap(({ files }) => files).find((file) => file.name === name);

const yearForm = (years: readonly number[], chosen: number | undefined): Markup =>
  html`${
    years.length > 0 &&
    html`<form class="filter">
      <label
        >年份
        <select name="year">
          ${years.map(
            (year) =>
              html`<option value="${year}" ${year === chosen ? html`selected` : ''}>${year}年</option>`,
          )}
        </select></label
      >
      <button>看这一年</button>
    </form>`
  }`;

const groupMarkup = ({ label, hint, files }: ExportGroup, year: number): Markup =>
  html`<section class="panel">
    <h2>${label}</h2>
    <p>${hint}</p>
    <ul>
      ${files.map(({ name }) => html`<li><a href="file/${year}/${encodeURIComponent(name)}">${name}</a></li>`)}
    </ul>
  </section>`;
