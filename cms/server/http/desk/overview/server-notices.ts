import { html } from 'hono/html';
import { hasRole, type Person } from '../../../../protocol/roles.ts';
import type { Audit } from '../../../stores/audit.ts';
import type { SettingsStore } from '../../../stores/settings/index.ts';
import { auditSize } from '../audit.ts';
import { type ForwardedWatch, forwardedAdvice } from '../../forwarded.ts';
import type { Markup } from '../../page/index.ts';

/** 服务器: what an administrator has to know of it, among what waits to be done. */

export interface ServerNoticesParts {
  audit: Audit;
  settings: Pick<SettingsStore, 'current'>;
  forwarded: Pick<ForwardedWatch, 'latest'>;
  /** How much is uploaded, Chinese sentences; a problem when little room is left. */
  uploads: () => { text: string; isProblem: boolean };
}

const DAY_MS = 86_400_000;
/** So many failed logins a day are not people who mistyped. */
const MANY_FAILURES = 100;

/** How often a login failed in the last day. */
function failedLogins(audit: Audit): number {
  const since = Date.now() - DAY_MS;
  return audit.timesSince('login-failed', since) + audit.timesSince('login-locked', since);
}

const toAudit = (root: string) => html`<a href="${root}admin/desk/audit/?action=login-failed">看记录</a>`;

const guessing = (failures: number): string =>
  `过去一天有 ${failures} 次登录没有成功，像是有人在猜密码。登录过的电脑不受影响；新的电脑登录不上时，等十五分钟再试。请提醒大家开启两步验证。`;

/** What has to be done about the server, for the top of the page; nothing for those who are not administrators. */
export function serverProblems(
  person: Person,
  root: string,
  { audit, settings, forwarded, uploads }: ServerNoticesParts,
): Markup {
  if (!hasRole(person, 'administrator')) return html``;
  const proxy = forwarded.latest(settings.current().proxy);
  const room = uploads();
  const failures = failedLogins(audit);
  const toSettings = html`<a href="${root}admin/desk/settings/">打开服务器设置</a>`;
  return html`${proxy !== undefined && html`<p class="problem">${forwardedAdvice(proxy)}。${toSettings}</p>`}
  ${room.isProblem && html`<p class="problem">${room.text}${toSettings}</p>`}
  ${failures >= MANY_FAILURES && html`<p class="problem">${guessing(failures)}${toAudit(root)}</p>`}`;
}

/** How much there is, for the end of the page. */
export function serverFigures(person: Person, root: string, { audit, uploads }: ServerNoticesParts): Markup {
  if (!hasRole(person, 'administrator')) return html``;
  const failures = failedLogins(audit);
  return html`<section class="panel" aria-labelledby="server">
    <h2 id="server">服务器</h2>
    <p>操作记录：${auditSize(audit.size())}</p>
    <p>${uploads().text}</p>
    <p>过去一天有 ${failures} 次登录没有成功。${failures > 0 && toAudit(root)}</p>
  </section>`;
}
