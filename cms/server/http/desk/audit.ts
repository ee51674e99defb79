import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { csv, csvLines } from '../../../sheets/csv.ts';
import {
  AUDIT_ACTIONS,
  type Audit,
  type AuditAction,
  type AuditFilter,
  type AuditRow,
  type AuditSize,
} from '../../stores/audit.ts';
import { deskPage } from '../page/index.ts';
import { inShanghai } from '../page/time.ts';
import type { Signed } from '../access.ts';

/** 操作记录: the audit log, to be read, filtered and exported. */

const ROWS_ON_A_PAGE = 50;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

const HEADINGS = ['时间', '姓名', '登录名', '操作', '对象', '说明', '网络地址'];

/** Said of a database with a log that becomes slow to search, in rows. */
const MANY_ROWS = 1_000_000;

const repeated = ({ times, lastAt }: AuditRow) =>
  times > 1 ? `共 ${times} 次，最后一次 ${inShanghai(lastAt)}` : '';

const cells = (row: AuditRow) => {
  const { at, name, login, action, target, detail, address } = row;
  return [
    inShanghai(at),
    name,
    login,
    AUDIT_ACTIONS[action] ?? action,
    target,
    [detail, repeated(row)].filter(Boolean).join('；'),
    address,
  ];
};

/** 「共 12,345 条，2026-11-23 以来；数据库 3.4 MB」 */
export function auditSize({ rows, since, bytes }: AuditSize): string {
  if (since === undefined) return '还没有记录。';
  const size = `${(bytes / 1024 / 1024).toFixed(1)} MB`;
  const many = rows > MANY_ROWS ? '已经很多，请看看磁盘还有多少空间。' : '';
  return `共 ${rows.toLocaleString('zh-CN')} 条，${inShanghai(since).slice(0, 10)} 以来；数据库（连同账号和申请）${size}。${many}`;
}

/** All rows as CSV, read and sent in batches: other requests are answered between them. */
function exported(audit: Audit, filter: AuditFilter): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const batches = audit.batches(filter);
  return new ReadableStream({
    start: (stream) => stream.enqueue(encoder.encode(csv([HEADINGS]))),
    async pull(stream) {
      await yieldToEventLoop();
      const { value: rows, done } = batches.next();
      if (done) stream.close();
      else stream.enqueue(encoder.encode(csvLines(rows.map(cells))));
    },
    cancel: () => void batches.return(undefined),
  });
}

function filterOf({ req }: Context): AuditFilter {
  const day = (name: string) => {
    const value = req.query(name) ?? '';
    return DAY.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined;
  };
  const action = req.query('action') ?? '';
  return {
    login: req.query('login') || undefined,
    action: Object.hasOwn(AUDIT_ACTIONS, action) ? (action as AuditAction) : undefined,
    from: day('from'),
    to: day('to'),
  };
}

const query = (filter: AuditFilter, page?: number) =>
  new URLSearchParams(
    Object.entries({ ...filter, page: page === undefined ? undefined : String(page) }).filter(
      (pair): pair is [string, string] => pair[1] !== undefined,
    ),
  ).toString();

export function auditPage(audit: Audit): Hono<Signed> {
  const app = new Hono<Signed>();

  app.get('/', (context) => {
    const filter = filterOf(context);
    const total = audit.count(filter);
    const pages = Math.max(1, Math.ceil(total / ROWS_ON_A_PAGE));
    const page = Math.min(pages, Math.max(1, Number.parseInt(context.req.query('page') ?? '', 10) || 1));
    const rows = audit.list({ ...filter, limit: ROWS_ON_A_PAGE, offset: (page - 1) * ROWS_ON_A_PAGE });
    const option = (value: string, label: string, chosen: string | undefined) =>
      html`<option value="${value}" ${value === (chosen ?? '') ? html`selected` : ''}>${label}</option>`;
    return deskPage(context, {
      title: '操作记录',
      body: html` <p class="muted">
          谁在什么时候做了什么。只能添加和查看，不能修改或删除；没有登录的人十五分钟里反复做的，记成一条，写明次数。${auditSize(audit.size())}
        </p>
        <form class="filter" method="get">
          <label
            >登录名
            <select name="login">
              ${option('', '全部', filter.login)}${audit.logins().map((login) => option(login, login, filter.login))}
            </select>
          </label>
          <label
            >操作
            <select name="action">
              ${option('', '全部', filter.action)}${Object.entries(AUDIT_ACTIONS).map(([action, label]) => option(action, label, filter.action))}
            </select>
          </label>
          <label>从 <input type="date" name="from" value="${filter.from ?? ''}" /></label>
          <label>到 <input type="date" name="to" value="${filter.to ?? ''}" /></label>
          <button>查看</button>
          <a class="button plain" href="export.csv?${query(filter)}">导出表格</a>
        </form>
        ${rows.length === 0 ? html`<p class="empty">没有这样的记录。</p>` : table(rows)}
        ${
          pages > 1 &&
          html`<nav class="pager" aria-label="翻页">
            ${page > 1 && html`<a href="?${query(filter, page - 1)}">上一页</a>`}
            <span>第 ${page} 页，共 ${pages} 页（${total} 条）</span>
            ${page < pages && html`<a href="?${query(filter, page + 1)}">下一页</a>`}
          </nav>`
        }`,
    });
  });

  app.get('/export.csv', (context) => {
    const filter = filterOf(context);
    const stream = exported(audit, filter);
    const rows = audit.count(filter);
    audit.write({ person: context.get('person'), action: 'export', target: `操作记录 ${rows} 条` });
    context.header('Content-Type', 'text/csv; charset=utf-8');
    context.header('Content-Disposition', `attachment; filename="audit.csv"`);
    context.header('Cache-Control', 'no-store');
    context.header('X-Content-Type-Options', 'nosniff');
    return context.body(stream);
  });
  return app;
}

const table = (rows: AuditRow[]) =>
  html`<section class="scroll" tabindex="0" aria-label="操作记录">
    <table>
      <thead>
        <tr>
          ${HEADINGS.map((heading) => html`<th scope="col">${heading}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${cells(row).map((value) => html`<td>${value}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
