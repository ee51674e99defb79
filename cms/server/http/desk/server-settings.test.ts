import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { openContent } from '../../../../src/store/index.ts';
import type { Person, Role } from '../../../protocol/roles.ts';
import { type Audit, openAudit } from '../../stores/audit.ts';
import { openSettings, type SettingsStore } from '../../stores/settings/index.ts';
import type { Signed } from '../access.ts';
import { watchForwarded } from '../forwarded.ts';
import { serverFigures, serverProblems } from './overview/server-notices.ts';
import { settingsPage } from './settings.ts';

/** What administrators set and are told about signing in, uploads and the proxy. */

const folder = mkdtempSync(join(tmpdir(), 'portal-settings-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const person = (role: Role): Person => ({ id: '1', name: '王主任', login: 'wang', role });
let round = 0;
let settings: SettingsStore;
let audit: Audit;
let hasTwoStep = false;

beforeEach(() => {
  settings = openSettings(join(folder, `${round++}.json`));
  audit = openAudit(new DatabaseSync(':memory:'));
  hasTwoStep = false;
});

function post(fields: Record<string, string>) {
  const app = new Hono<Signed>();
  app.use((context, next) => {
    context.set('content', openContent());
    context.set('person', person('administrator'));
    return next();
  });
  const gitHost = { status: () => ({ state: 'off' as const }), request: () => {}, close: async () => {} };
  app.route(
    '/admin/desk/settings',
    settingsPage({
      settings,
      audit,
      gitHost: gitHost as never,
      outsideLinks: { checkIfDue: () => {} },
      hasTwoStep: () => hasTwoStep,
    }),
  );
  return app.request('/admin/desk/settings', { method: 'POST', body: new URLSearchParams(fields) });
}

test('多久不用要重新登录、上传的限额写错了，说明该写什么；没有改的照旧', async () => {
  for (const [name, wrong, told] of [
    ['idleMinutes', '5', '「多久不用要重新登录」请写 10 到 720 之间的整数'],
    ['idleMinutes', '', '「多久不用要重新登录」请写 10 到 720 之间的整数'],
    ['uploadMbEach', '很多', '「每人三十天里上传」请写 10 到 1000000 之间的整数'],
    ['uploadMbAll', '2.5', '「全部上传的文件」请写 100 到 10000000 之间的整数'],
  ] as const) {
    const refused = await post({ [name]: wrong });
    expect(refused.status, name).toBe(422);
    expect(await refused.text()).toContain(told);
  }
  expect((await post({ idleMinutes: '30' })).status).toBe(303);
  expect(settings.current()).toMatchObject({ idleMinutes: 30, uploadMbEach: 2000, uploadMbAll: 20_000 });
  expect(audit.list()[0]?.detail).toContain('多久不用要重新登录');
});

test('自己没有开启两步验证的管理员，不能要求别人用', async () => {
  const refused = await post({ twoStepFrom: 'publisher' });
  expect([refused.status, (await refused.text()).includes('请先在「我的账号」里给自己开启')]).toEqual([
    422,
    true,
  ]);
  hasTwoStep = true;
  expect((await post({ twoStepFrom: 'publisher' })).status).toBe(303);
  expect(settings.current().twoStepFrom).toBe('publisher');
});

test('没有写进设置的代理、猜密码的、快满的上传，管理员一打开就看到，别人看不到', async () => {
  const forwarded = watchForwarded(() => {});
  const parts = { audit, settings, forwarded, uploads: () => ({ text: '快满了。', isProblem: true }) };
  const told = async (role: Role) => String(await serverProblems(person(role), '../../../', parts));
  expect(await told('administrator')).not.toContain('X-Forwarded-For');
  forwarded.saw('127.0.0.1');
  for (let times = 0; times < 120; times++) audit.tally({ action: 'login-failed', target: 'wang' });
  const page = await told('administrator');
  for (const words of ['「代理的 IP 地址」里填 127.0.0.1', '过去一天有 120 次登录没有成功', '快满了'])
    expect(page).toContain(words);
  expect(await told('publisher')).toBe('');
  settings.change({ ...settings.current(), proxy: '127.0.0.1' });
  expect(await told('administrator')).not.toContain('X-Forwarded-For');
  const figures = String(await serverFigures(person('administrator'), '', parts));
  expect(figures).toMatch(/操作记录：共 1 条/);
});
