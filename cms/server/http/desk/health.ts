import type { Context } from 'hono';
import { Hono } from 'hono';
import { html } from 'hono/html';
import { hasRole } from '../../../protocol/roles.ts';
import type { Health, ListedJob, Trouble } from '../../services/upkeep/health.ts';
import type { Audit } from '../../stores/audit.ts';
import type { Signed } from '../access.ts';
import { csrfField } from '../page/forms.ts';
import { deskPage, type Markup, rootOf } from '../page/index.ts';
import { timeOf } from '../page/time.ts';
import type { Notices } from '../../services/notices/index.ts';
import { noticesPanel, RETRY_NOTICES } from './notices/queue-panel.ts';

/** 运行情况: what the server does by itself, how it went, and what an administrator has to do. */

/** Value of the form's field `do` that says that the clock is right. */
const CONFIRM_CLOCK = 'confirm-clock';

export interface HealthPageParts {
  health: Health;
  /** What waits to be sent; absent where nothing is. */
  notices?: Pick<Notices, 'state' | 'retryAll'> | undefined;
  audit: Pick<Audit, 'write'>;
}

export function healthPage({ health, notices, audit }: HealthPageParts): Hono<Signed> {
  const app = new Hono<Signed>();
  app.get('/', (context) => {
    const troubles = health.troubles();
    return deskPage(context, {
      title: '运行情况',
      notice: context.req.query('done') ? '已经记下：现在的时间是对的。' : undefined,
      body: html`${clockNotice(context, health)}
        ${troubles.length > 0 ? troubleList(troubles) : html`<p class="panel">没有要处理的问题。</p>`}
        <div class="scroll" tabindex="0" role="region" aria-label="各项工作">
          <table>
            <thead>
              <tr>
                <th scope="col">工作</th>
                <th scope="col">现在</th>
                <th scope="col">上次做成</th>
                <th scope="col">上次失败</th>
                <th scope="col">说明</th>
              </tr>
            </thead>
            <tbody>
              ${health.jobs().map(jobRow)}
            </tbody>
          </table>
        </div>
        ${notices && noticesPanel(context, notices.state())}
        <p class="muted">
          服务器的时间是${timeOf(health.clock().shown)}。怎样备份、恢复，见 docs/operate.md。
        </p>`,
    });
  });
  app.post('/', async (context) => {
    const form = await context.req.parseBody().catch(() => ({}) as Record<string, unknown>);
    if (form.do === RETRY_NOTICES) {
      notices?.retryAll();
      return context.redirect('./#notices', 303);
    }
    if (form.do === CONFIRM_CLOCK && !health.clock().isTrusted) {
      const { doubt } = health.clock();
      health.confirmClock();
      audit.write({
        person: context.get('person'),
        action: 'settings',
        target: '服务器的时钟',
        detail: `确认现在的时间是对的（${doubt}）`,
      });
    }
    return context.redirect('./?done=1', 303);
  });
  return app;
}

const jobRow = ({ label, ok, lastSuccess = '', lastFailure = '', message = '' }: ListedJob): Markup =>
  html`<tr>
    <th scope="row">${label}</th>
    <td>${ok ? html`<span class="tag good">好</span>` : html`<strong class="tag bad">有问题</strong>`}</td>
    <td>${timeOf(lastSuccess) || '还没有'}</td>
    <td>${timeOf(lastFailure) || '没有'}</td>
    <td>${message}</td>
  </tr>`;

const troubleList = (troubles: readonly Trouble[]): Markup =>
  html`<div role="alert">
    ${troubles.map(
      ({ message, since }) =>
        html`<p class="problem">${message}${since && html` <small>（${timeOf(since)}）</small>`}</p>`,
    )}
  </div>`;

/** What waits while the clock may be wrong; an administrator can say that it is right. Nothing while it is. */
export function clockNotice(context: Context, health: Health): Markup {
  const { isTrusted, doubt } = health.clock();
  if (isTrusted) return html``;
  const isAdministrator = hasRole(context.get('person'), 'administrator');
  return html`<div class="problem" role="alert">
      <p>服务器的时钟可能不准：${doubt}。定时发布、定时下线、删除到期的申请都先停着，时钟对了会自己继续。</p>
      ${!isAdministrator && html`<p>请告诉管理员。要马上发布的，可以手工发布。</p>`}
    </div>
    ${
      isAdministrator &&
      html`<form method="post" action="${rootOf(context)}admin/desk/health/">
        ${csrfField(context)}<input type="hidden" name="do" value="${CONFIRM_CLOCK}" />
        <button>现在的时间是对的</button>
        <span class="muted">不对就先把服务器的时间校准，不用按。</span>
      </form>`
    }`;
}

/** What an administrator sees of it on the first page; nothing when all is well. */
export function troublesNotice(context: Context, health: Health): Markup {
  if (!hasRole(context.get('person'), 'administrator')) return html``;
  const troubles = health.troubles();
  if (troubles.length === 0) return html``;
  return html`${troubleList(troubles)}
    <p><a href="${rootOf(context)}admin/desk/health/">看运行情况</a></p>`;
}
