import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Office, openOffice, PASSWORD } from '../../../../tests/support/office.ts';
import { codeOf } from '../../../../tests/support/totp.ts';
import { MAX_WRONG_CODES } from '../../services/accounts/auth.ts';
import { LOCK_MINUTES } from '../../services/accounts/guard.ts';

const folder = mkdtempSync(join(tmpdir(), 'portal-two-step-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let round = 0;
let office: Office;
let wang: Awaited<ReturnType<Office['administrator']>>;
beforeEach(async () => {
  // The moment in a period of 30 s is the same in each run.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-23T08:00:05Z') });
  office = await openOffice(join(folder, String(round++)));
  wang = await office.administrator();
});
afterEach(() => vi.useRealTimers());
const later = (ms: number) => vi.setSystemTime(Date.now() + ms);

test('这里的测试算出的验证码和 RFC 6238 的一样', () => {
  expect(codeOf('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', 59_000)).toBe('287082');
});

const secretOn = (page: string) => /<code\s*>([A-Z2-7 ]+)<\/code/.exec(page)?.[1]?.replaceAll(' ', '') ?? '';

async function turnOn(browser = wang) {
  const start = await browser.post('admin/desk/account/two-factor/', { current: PASSWORD });
  const page = await start.text();
  const secret = secretOn(page);
  const end = await browser.post('admin/desk/account/two-factor/code/', { code: codeOf(secret) });
  const codes = [...(await end.text()).matchAll(/<code>([^<]+)<\/code>/g)].map(([, code]) => code as string);
  return { page, secret, codes };
}

/** The first step only. */
async function withPassword() {
  const browser = office.browser();
  const page = await browser.login('wang');
  expect([page.status, browser.jar.has('portal.session_token')]).toEqual([200, false]);
  return browser;
}
const sendCode = (browser: ReturnType<Office['browser']>, code: string) =>
  browser.send('admin/login/code/', { method: 'POST', body: new URLSearchParams({ code }) });

test('开启以后先输密码再输验证码才能登录，给手机扫的二维码就在这里画', async () => {
  const { page, secret } = await turnOn();
  expect(page).toMatch(/<svg class="qr"[^>]*>\s*<path d="M/);
  expect(page).not.toContain('invalid');
  later(30_000);
  const browser = await withPassword();
  expect((await browser.get('api/session')).status).toBe(401);
  const done = await sendCode(browser, codeOf(secret));
  expect([done.status, done.headers.get('location')]).toEqual([303, '../../../admin/desk/']);
  expect((await browser.get('api/session')).status).toBe(200);
});

test('第一次输对验证码以前，什么也没有变', async () => {
  await wang.post('admin/desk/account/two-factor/', { current: PASSWORD });
  const wrong = await wang.post('admin/desk/account/two-factor/code/', { code: '000000' });
  expect(wrong.status).toBe(422);
  expect((await office.browser().login('wang')).status).toBe(303);
});

test('用过的、过时的、属于别的密钥的验证码都不收', async () => {
  const { secret } = await turnOn();
  later(60_000);
  const code = codeOf(secret);
  const first = await withPassword();
  expect((await sendCode(first, code)).status).toBe(303);
  const second = await withPassword();
  expect((await sendCode(second, code)).status).toBe(401);
  expect((await second.get('api/session')).status).toBe(401);
  const third = await withPassword();
  for (const wrong of [
    codeOf(secret, Date.now() - 300_000),
    codeOf('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'),
    '',
    'x',
  ])
    expect((await sendCode(third, wrong)).status, wrong).toBe(401);
});

test('没先输密码，光有验证码没有用', async () => {
  const { secret, codes } = await turnOn();
  later(60_000);
  for (const code of [codeOf(secret), codes[0] as string]) {
    const browser = office.browser();
    expect((await sendCode(browser, code)).status).toBe(401);
    expect((await browser.get('api/session')).status).toBe(401);
  }
});

/** Ten wrong codes, five after each password. */
async function guess() {
  const statuses: number[] = [];
  for (let challenge = 0; challenge < 2; challenge++) {
    const browser = await withPassword();
    for (let index = 0; index < MAX_WRONG_CODES / 2; index++)
      statuses.push((await sendCode(browser, String(100_000 + index))).status);
  }
  return statuses;
}

test('验证码猜十次就锁定，这时输对的人知道要等多久，到时就进得去', async () => {
  const { secret } = await turnOn();
  later(60_000);
  for (const status of await guess()) expect(status).toBe(401);
  const page = await sendCode(await withPassword(), codeOf(secret));
  expect([page.status, await page.text()]).toEqual([
    429,
    expect.stringContaining(`请 ${LOCK_MINUTES} 分钟以后再试`),
  ]);
  later((LOCK_MINUTES + 1) * 60_000);
  expect((await sendCode(await withPassword(), codeOf(secret))).status).toBe(303);
});

test('验证码错五次，要重新输密码', async () => {
  const { secret } = await turnOn();
  later(60_000);
  const browser = await withPassword();
  for (let index = 0; index < 5; index++) await sendCode(browser, String(100_000 + index));
  for (let index = 0; index < 2; index++)
    expect(await (await sendCode(browser, codeOf(secret))).text()).toContain('请重新输入登录名和密码');
  expect((await sendCode(await withPassword(), codeOf(secret))).status).toBe(303);
});

test('管理员重置以后，第二步的锁定也解除', async () => {
  const zhao = await office.member(wang, 'zhao', 'administrator', '赵副主任');
  const { secret } = await turnOn();
  later(60_000);
  await guess();
  const id = office.accounts.people().find(({ login }) => login === 'wang')?.id;
  const page = await zhao.post(`admin/desk/people/${id}/`, { do: 'reset' });
  const [, temporary = ''] = /<code class="big">([^<]+)</.exec(await page.text()) ?? [];
  const browser = office.browser();
  await browser.login('wang', temporary);
  expect((await sendCode(browser, codeOf(secret))).headers.get('location')).toContain('account/password/');
});

test('恢复码只能用来登录一次', async () => {
  const { codes } = await turnOn();
  expect(codes.length).toBeGreaterThanOrEqual(8);
  later(60_000);
  const browser = await withPassword();
  expect((await sendCode(browser, ` ${codes[0]} `)).status).toBe(303);
  const again = await withPassword();
  expect((await sendCode(again, codes[0] as string)).status).toBe(401);
  expect((await sendCode(again, codes[1] as string)).status).toBe(303);
});

test('换了恢复码，旧的都作废', async () => {
  const { codes } = await turnOn();
  const page = await (await wang.post('admin/desk/account/codes/', { current: PASSWORD })).text();
  const fresh = [...page.matchAll(/<code>([^<]+)<\/code>/g)].map(([, code]) => code as string);
  expect(fresh).toHaveLength(codes.length);
  later(60_000);
  const browser = await withPassword();
  expect((await sendCode(browser, codes[0] as string)).status).toBe(401);
  expect((await sendCode(browser, fresh[0] as string)).status).toBe(303);
});

test('后台里的登录框也要验证码', async () => {
  const { secret } = await turnOn();
  later(60_000);
  const browser = office.browser();
  const first = await browser.call('POST', 'api/login', { login: 'wang', password: PASSWORD });
  expect(await first.json()).toEqual({ code: true });
  const wrong = await browser.call('POST', 'api/login/code', { code: '000000' });
  expect([wrong.status, await wrong.json()]).toEqual([
    401,
    { message: expect.stringContaining('验证码不对') },
  ]);
  const second = await browser.call('POST', 'api/login/code', { code: codeOf(secret) });
  expect(await second.json()).toMatchObject({ user: { login: 'wang' } });
  expect((await browser.get('api/session')).status).toBe(200);
});

test('开启、关闭和换恢复码都要再输一次密码', async () => {
  await turnOn();
  for (const path of ['two-factor/off/', 'codes/'])
    expect((await wang.post(`admin/desk/account/${path}`, { current: 'falsch-falsch' })).status, path).toBe(
      422,
    );
  expect((await withPassword()).jar.has('portal.two_factor')).toBe(true);
  const off = await wang.post('admin/desk/account/two-factor/off/', { current: PASSWORD });
  expect(off.headers.get('location')).toContain('done=no-code');
  expect((await office.browser().login('wang')).status).toBe(303);
  expect(office.audit.list({ action: 'two-factor' }).map(({ detail }) => detail)).toEqual(['关闭', '开启']);
});

test('等着输验证码的登录，密码一重置就作废', async () => {
  const li = await office.member(wang, 'li');
  const { secret } = await turnOn(li);
  later(60_000);
  const browser = office.browser();
  expect((await browser.login('li')).status).toBe(200);
  const id = office.accounts.people().find(({ login }) => login === 'li')?.id;
  await wang.post(`admin/desk/people/${id}/`, { do: 'reset' });
  expect((await sendCode(browser, codeOf(secret))).status).toBe(401);
  expect((await browser.get('admin/account/password/')).status).toBe(303);
});

test('手机丢了，管理员把密码和两步验证一起重置', async () => {
  const li = await office.member(wang, 'li');
  await turnOn(li);
  const id = office.accounts.people().find(({ login }) => login === 'li')?.id;
  const page = await wang.post(`admin/desk/people/${id}/`, { do: 'reset', without: '1' });
  const [, temporary = ''] = /<code class="big">([^<]+)</.exec(await page.text()) ?? [];
  expect((await li.get('api/session')).status).toBe(401);
  const browser = office.browser();
  expect((await browser.login('li', temporary)).headers.get('location')).toBe(
    '../../admin/account/password/',
  );
});
