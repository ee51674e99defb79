import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openOffice, PASSWORD } from '../../../../tests/support/office.ts';
import { codeOf } from '../../../../tests/support/totp.ts';
import type { SessionRules } from '../../services/accounts/sessions.ts';

/** Two-step login as a duty of publishers and administrators. */

const folder = mkdtempSync(join(tmpdir(), 'portal-enrolment-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-23T08:00:05Z') });
});
afterEach(() => vi.useRealTimers());

let round = 0;
async function officeWith(twoStepFrom: SessionRules['twoStepFrom']) {
  const rules: SessionRules = { idleMinutes: 120, twoStepFrom: '' };
  const office = await openOffice(join(folder, String(round++)), { rules });
  const wang = await office.administrator();
  const fa = await office.member(wang, 'fa', 'publisher', '发布员');
  const li = await office.member(wang, 'li', 'author');
  rules.twoStepFrom = twoStepFrom;
  return { office, rules, fa, li };
}

const secretOn = (page: string) => /<code\s*>([A-Z2-7 ]+)<\/code/.exec(page)?.[1]?.replaceAll(' ', '') ?? '';
const ENROL = 'admin/account/two-step/';

test('必须用两步验证的人，下一次登录先要开启，什么别的也做不了；开启以后照常工作', async () => {
  const { office, li } = await officeWith('publisher');
  const fa = office.browser();
  expect((await fa.login('fa')).headers.get('location')).toBe(`../../${ENROL}`);
  const refused = await fa.get('api/session');
  expect([refused.status, await refused.json()]).toEqual([
    401,
    { message: '你的角色必须用两步验证，请先到工作台里开启，再接着做' },
  ]);
  expect((await fa.call('PUT', 'api/file', {})).status).toBe(401);
  expect((await fa.get('admin/desk/account/')).headers.get('location')).toContain('login/');
  expect((await fa.get('admin/login/')).headers.get('location')).toBe(`../../${ENROL}`);

  const page = await (await fa.get(ENROL)).text();
  expect(page).toContain('请开启两步验证');
  const csrf = /name="csrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
  const post = (path: string, fields: Record<string, string>) =>
    fa.send(path, { method: 'POST', body: new URLSearchParams({ csrf, ...fields }) });
  expect((await post(ENROL, { current: 'falsch-falsch' })).status).toBe(422);
  const secret = secretOn(await (await post(ENROL, { current: PASSWORD })).text());
  expect((await post(`${ENROL}code/`, { code: '000000' })).status).toBe(422);
  const done = await (await post(`${ENROL}code/`, { code: codeOf(secret) })).text();
  expect(done.match(/<li><code>/g)?.length).toBeGreaterThan(5);
  expect((await fa.get('api/session')).status).toBe(200);
  expect((await fa.get(ENROL)).headers.get('location')).toBe('../../../admin/desk/');

  // Those below the role are not asked.
  expect((await li.get('api/session')).status).toBe(200);
  expect((await office.browser().login('li')).headers.get('location')).toBe('../../admin/desk/');
});

test('在后台里登录的也被领去开启；必须用的人不能关闭，不必用的人可以', async () => {
  const { office, rules } = await officeWith('administrator');
  const browser = office.browser();
  const answer = await browser.call('POST', 'api/login', { login: 'wang', password: PASSWORD });
  expect(await answer.json()).toMatchObject({ to: ENROL });
  const csrf = /name="csrf" value="([^"]+)"/.exec(await (await browser.get(ENROL)).text())?.[1] ?? '';
  const post = (path: string, fields: Record<string, string>) =>
    browser.send(path, { method: 'POST', body: new URLSearchParams({ csrf, ...fields }) });
  const secret = secretOn(await (await post(ENROL, { current: PASSWORD })).text());
  await post(`${ENROL}code/`, { code: codeOf(secret) });
  const off = () => browser.post('admin/desk/account/two-factor/off/', { current: PASSWORD });
  const refused = await off();
  expect([refused.status, (await refused.text()).includes('必须用两步验证，不能关闭')]).toEqual([422, true]);
  rules.twoStepFrom = '';
  expect((await off()).status).toBe(303);
});

test('临时密码和两步验证都要先办的，先换密码，再开启两步验证', async () => {
  const { office, rules } = await officeWith('');
  const wang = office.browser();
  await wang.login('wang');
  const page = await wang.post('admin/desk/people/', { name: '新来的', login: 'xin', role: 'publisher' });
  const [, temporary = ''] = /<code class="big">([^<]+)</.exec(await page.text()) ?? [];
  rules.twoStepFrom = 'publisher';
  const xin = office.browser();
  expect((await xin.login('xin', temporary)).headers.get('location')).toContain('account/password/');
  expect((await xin.get(ENROL)).headers.get('location')).toContain('account/password/');
  const changed = await xin.post('admin/account/password/', { password: PASSWORD, again: PASSWORD });
  expect(changed.headers.get('location')).toBe(`../../../${ENROL}`);
});
