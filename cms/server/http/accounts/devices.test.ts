import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { type OfficeOptions, openOffice, PASSWORD } from '../../../../tests/support/office.ts';
import { LOCK_MINUTES, MAX_ADDRESS_FAILURES, MAX_FAILURES } from '../../services/accounts/guard.ts';

/** Locking as a weapon: what strangers cannot do to the people of the office. */

const folder = mkdtempSync(join(tmpdir(), 'portal-devices-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => vi.useRealTimers());
let round = 0;
const newOffice = (options?: OfficeOptions) => openOffice(join(folder, String(round++)), options);
type Browser = ReturnType<Awaited<ReturnType<typeof newOffice>>['browser']>;

const leave = (browser: Browser) => browser.jar.delete('portal.session_token');
const deviceOf = (browser: Browser) => [...browser.jar].find(([name]) => name.startsWith('portal.device.'));

test('陌生人猜密码锁住一个人的名字，他登录过的电脑照样进得去，别的电脑进不去', async () => {
  const office = await newOffice();
  const wang = await office.administrator();
  leave(wang);
  for (let index = 0; index < MAX_FAILURES + 3; index++)
    await office.browser({ address: `198.51.100.${index}` }).login('wang', 'falsch-falsch');
  expect((await office.browser().login('wang')).status).toBe(429);
  expect((await wang.login('wang')).status).toBe(303);
  // Signing in there does not give the strangers new tries.
  expect((await office.browser().login('wang')).status).toBe(429);
  const told = await (await office.browser().login('wang')).text();
  expect(told).toContain('登录过的那台电脑');
});

test('登录过的电脑上猜密码也会锁，只锁那一台', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const office = await newOffice();
  const home = await office.administrator();
  const work = office.browser();
  await work.login('wang');
  for (const browser of [home, work]) leave(browser);
  for (let index = 0; index < MAX_FAILURES; index++)
    expect((await home.login('wang', 'falsch-falsch')).status).toBe(401);
  expect((await home.login('wang')).status).toBe(429);
  expect((await work.login('wang')).status).toBe(303);
  vi.setSystemTime(Date.now() + LOCK_MINUTES * 60_000 + 1000);
  expect((await home.login('wang')).status).toBe(303);
});

test('记住电脑的 Cookie 打不开任何东西；编的、改过的、别人的、过期的都不算', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const office = await newOffice();
  const wang = await office.administrator();
  const li = await office.member(wang, 'li');
  const [name = '', value = ''] = deviceOf(wang) ?? [];
  const stranger = office.browser();
  stranger.jar.set(name, value);
  expect((await stranger.get('api/session')).status).toBe(401);
  expect((await stranger.get('admin/desk/account/')).status).toBe(303);

  for (let index = 0; index < MAX_FAILURES; index++) await office.browser().login('wang', 'falsch-falsch');
  const [, liValue = ''] = deviceOf(li) ?? [];
  const [nonce = '', until = '', signature = ''] = value.split('.');
  for (const forged of [
    liValue,
    `${nonce}x.${until}.${signature}`,
    `${nonce}.${Number(until) + 1}.${signature}`,
    `${nonce}.${until}.`,
    'x',
  ]) {
    const browser = office.browser();
    browser.jar.set(name, forged);
    expect((await browser.login('wang')).status, forged).toBe(429);
  }
  const known = office.browser();
  known.jar.set(name, value);
  expect((await known.login('wang')).status).toBe(303);

  vi.setSystemTime(Number(until) + 1);
  for (let index = 0; index < MAX_FAILURES; index++) await office.browser().login('wang', 'falsch-falsch');
  const old = office.browser();
  old.jar.set(name, value);
  expect((await old.login('wang')).status).toBe(429);
});

test('记住电脑的 Cookie 半年有效，脚本读不到，只送回这个网站', async () => {
  const office = await newOffice({ origins: ['https://kexie.example.cn'], base: '/kepu/' });
  await office.administrator();
  const answer = await office.browser().login('wang');
  const cookie = answer.headers.getSetCookie().find((text) => text.startsWith('portal.device.')) ?? '';
  expect(cookie).toMatch(/Max-Age=15552000; Path=\/kepu\/; HttpOnly; SameSite=Strict; Secure$/);
});

test('前面的代理没有写进设置时，别人输错再多次，也锁不住同事', async () => {
  const office = await newOffice();
  await office.administrator();
  const through = (forwarded: string, login: string, password: string) =>
    office.browser({ address: '10.0.0.2' }).send('admin/login/', {
      method: 'POST',
      body: new URLSearchParams({ login, password }),
      headers: { 'x-forwarded-for': forwarded },
    });
  const statuses = await Promise.all(
    Array.from({ length: MAX_ADDRESS_FAILURES + 5 }, async (_, index) => {
      const answer = await through('198.51.100.7', `name${index}`, 'falsch');
      return answer.status;
    }),
  );
  expect(statuses.filter((status) => status === 429)).toHaveLength(5);
  expect((await through('203.0.113.9', 'wang', PASSWORD)).status).toBe(303);
});

test('登录为什么结束了，登录页和后台都照实说', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const rules = { idleMinutes: 30, twoStepFrom: '' as const };
  const office = await newOffice({ rules });
  const wang = await office.administrator();
  const told = async (browser: Browser) => (await browser.get('admin/login/')).text();
  expect(await told(office.browser())).not.toContain('notice');

  const idle = office.browser();
  await idle.login('wang');
  vi.setSystemTime(Date.now() + 29 * 60_000);
  expect((await idle.get('api/session')).status).toBe(200);
  vi.setSystemTime(Date.now() + 31 * 60_000);
  const answer = await idle.get('api/session');
  expect([answer.status, await answer.json()]).toEqual([
    401,
    { message: '超过 30 分钟没有用，登录已经结束，请重新登录' },
  ]);
  expect(await told(idle)).toContain('超过 30 分钟没有用');

  await wang.login('wang');
  const other = office.browser();
  await other.login('wang');
  await wang.post('admin/desk/account/sessions/', {});
  expect(await told(other)).toContain('在别的设备上被结束了');

  const li = await office.member(wang, 'li');
  const id = office.accounts.people().find(({ login }) => login === 'li')?.id;
  await wang.post(`admin/desk/people/${id}/`, { do: 'close' });
  expect(await told(li)).toContain('这个账号已经停用');

  rules.idleMinutes = 720;
  const busy = office.browser();
  await busy.login('wang');
  for (let hour = 0; hour < 12; hour++) {
    vi.setSystemTime(Date.now() + 61 * 60_000);
    await busy.get('api/session');
  }
  expect(await told(busy)).toContain('登录满 12 小时了');
});
