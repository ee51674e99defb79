import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { openOffice, type OfficeOptions, PASSWORD } from '../../../../tests/support/office.ts';
import { LONGEST_HOURS } from '../../services/accounts/auth.ts';
import { LOCK_MINUTES, MAX_ADDRESS_FAILURES, MAX_FAILURES } from '../../services/accounts/guard.ts';
import { DEFAULT_RULES } from '../../services/accounts/sessions.ts';
import { WRONG } from '../../services/accounts/sign-in.ts';

/** How many password digests were computed: each takes as long as all the rest of a login together. */
const hashes = vi.hoisted(() => ({ count: 0 }));
vi.mock('better-auth/crypto', async (importOriginal) => {
  const original = await importOriginal<typeof import('better-auth/crypto')>();
  const counting =
    <Arguments extends unknown[], Result>(compute: (...given: Arguments) => Result) =>
    (...given: Arguments) => {
      hashes.count++;
      return compute(...given);
    };
  return {
    ...original,
    hashPassword: counting(original.hashPassword),
    verifyPassword: counting(original.verifyPassword),
  };
});

const folder = mkdtempSync(join(tmpdir(), 'portal-sign-in-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => vi.useRealTimers());

let round = 0;
const newOffice = (options?: OfficeOptions) => openOffice(join(folder, String(round++)), options);

/** Moves the clock that cookies, sessions and locks go by; timers stay real. */
const later = (ms: number) => vi.setSystemTime(Date.now() + ms);
const MINUTE = 60_000;
const IDLE_MS = DEFAULT_RULES.idleMinutes * MINUTE;

test('一次性链接建立管理员账号，随即登录，链接作废', async () => {
  const office = await newOffice();
  const path = office.accounts.setupPath() as string;
  const browser = office.browser();
  expect(await (await browser.get(path)).text()).toContain('建立管理员账号');
  const token = path.split('token=')[1] as string;
  const form = { token, name: '王主任', login: 'Wang', password: PASSWORD, again: PASSWORD };
  const made = await browser.post('admin/setup/', form);
  expect([made.status, made.headers.get('location')]).toEqual([303, '../../admin/desk/']);
  expect((await browser.get('admin/desk/')).headers.get('location')).toBe('./audit/');
  for (const page of ['people', 'account', 'audit'])
    expect((await browser.get(`admin/desk/${page}/`)).status, page).toBe(200);
  expect((await office.browser().get(path)).status).toBe(403);
  expect((await office.browser().post('admin/setup/', { ...form, login: 'zweiter' })).status).toBe(403);
  expect(office.accounts.setupPath()).toBeUndefined();
  expect(office.accounts.people()).toMatchObject([{ name: '王主任', login: 'wang', role: 'administrator' }]);
});

test('猜的、旧的、过期的链接什么也建不了；密码不合要求时链接还能用', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const office = await newOffice();
  const tokenOf = () => office.accounts.setupPath()?.split('token=')[1] ?? '';
  const older = tokenOf();
  const token = tokenOf();
  const form = { name: '王主任', login: 'wang', password: PASSWORD, again: PASSWORD };
  for (const wrong of ['', 'x', older, `${token}x`])
    expect((await office.browser().post('admin/setup/', { ...form, token: wrong })).status, wrong).toBe(403);
  for (const bad of [
    { again: 'x' },
    { password: 'admin12345', again: 'admin12345' },
    { login: '王' },
    { name: ' ' },
  ])
    expect((await office.browser().post('admin/setup/', { ...form, token, ...bad })).status).toBe(422);
  expect((await office.browser().get(`admin/setup/?token=${token}`)).status).toBe(200);
  later(24 * 60 * MINUTE);
  expect((await office.browser().post('admin/setup/', { ...form, token })).status).toBe(403);
  expect(office.accounts.people()).toEqual([]);
});

test('几个人同时提交一次性链接，只建成一个账号', async () => {
  const office = await newOffice();
  const token = office.accounts.setupPath()?.split('token=')[1] ?? '';
  const form = { token, name: '王主任', password: PASSWORD, again: PASSWORD };
  const answers = await Promise.all(
    ['eins', 'zwei', 'drei'].map((login) => office.browser().post('admin/setup/', { ...form, login })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 403, 403]);
  expect(office.accounts.people()).toHaveLength(1);
});

test('密钥文件和数据库只有运行服务器的用户读得了', async () => {
  const office = await newOffice();
  await office.administrator();
  const at = join(folder, String(round - 1));
  for (const file of ['secret', 'portal.db']) expect(statSync(join(at, file)).mode & 0o077, file).toBe(0);
  expect(readFileSync(join(at, 'secret'), 'utf8').trim().length).toBeGreaterThanOrEqual(64);
});

test('密钥文件空了或者被截断就什么也不打开，并说明怎么办', async () => {
  const at = join(folder, String(round));
  await newOffice();
  for (const cut of ['', '\n', 'x'.repeat(31)]) {
    writeFileSync(join(at, 'secret'), cut);
    await expect(openOffice(at)).rejects.toThrow(/不完整.*请从备份里恢复/);
  }
  writeFileSync(join(at, 'secret'), 'x'.repeat(32));
  await openOffice(at);
});

test('密码不对、没有这个人、账号已停用，回答一字不差', async () => {
  const office = await newOffice();
  const wang = await office.administrator();
  await office.member(wang, 'li');
  const id = office.accounts.people().find(({ login }) => login === 'li')?.id;
  await wang.post(`admin/desk/people/${id}/`, { do: 'close' });
  const pages = await Promise.all(
    [
      ['wang', 'falsch-falsch'],
      ['niemand', PASSWORD],
      ['li', PASSWORD],
      ['', ''],
      ["' OR 1=1 --", 'x'],
      ['wang', 'x'.repeat(10_000)],
    ].map(async ([login = '', password = '']) => {
      const answer = await office.browser().login(login, password);
      expect(answer.headers.getSetCookie().filter((cookie) => cookie.includes('session_token'))).toEqual([]);
      return [answer.status, (await answer.text()).includes(WRONG)];
    }),
  );
  for (const page of pages) expect(page).toEqual([401, true]);
});

const PIECE_BYTES = 8 * 1024;
const PIECES = 1000;

/** Posts a body in pieces, as long as they are taken. */
async function pour(browser: ReturnType<Awaited<ReturnType<typeof newOffice>>['browser']>, path: string) {
  let taken = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(stream) {
      if (taken++ < PIECES) stream.enqueue(new Uint8Array(PIECE_BYTES).fill(97));
      else stream.close();
    },
  });
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-portal': '1' };
  const init: RequestInit & { duplex: 'half' } = { method: 'POST', body, headers, duplex: 'half' };
  const { status } = await browser.send(path, init);
  return { status, taken };
}

test('登录完成以前，每个地址最多收 16 kB', async () => {
  const office = await newOffice();
  const wang = await office.administrator();
  const made = await wang.post('admin/desk/people/', { name: '李编辑', login: 'li', role: 'author' });
  const [, temporary = ''] = /<code class="big">([^<]+)</.exec(await made.text()) ?? [];
  const posts = office.app.routes.filter(({ method }) => method === 'POST');
  expect(posts.length).toBeGreaterThan(12);
  for (const hasToChange of [false, true]) {
    const browser = office.browser();
    if (hasToChange) await browser.login('li', temporary);
    for (const { path } of posts) {
      const { status, taken } = await pour(browser, path.slice(1).replace(':id', 'x'));
      expect(taken, path).toBeLessThan(5);
      if (/login|setup/.test(path)) expect(status, path).toBe(413);
    }
  }
});

test('没有这个登录名、账号停用和密码不对，都算同样多次密码，从回答快慢看不出来', async () => {
  const office = await newOffice();
  const wang = await office.administrator();
  await office.member(wang, 'li');
  const id = office.accounts.people().find(({ login }) => login === 'li')?.id;
  await wang.post(`admin/desk/people/${id}/`, { do: 'close' });
  const computed = async (login: string, password: string) => {
    hashes.count = 0;
    await office.browser().login(login, password);
    return hashes.count;
  };
  expect(await computed('wang', 'falsch-falsch')).toBe(1);
  expect(await computed('niemand', 'falsch-falsch')).toBe(1);
  expect(await computed('li', 'falsch-falsch')).toBe(1);
  expect(await computed('li', PASSWORD)).toBe(1);
});

test('Cookie 只给这台服务器的页面，关了浏览器就没了，只在站点的路径下面发送', async () => {
  for (const [origin, base] of [
    ['http://127.0.0.1:4321', '/'],
    ['https://kexie.example.cn', '/kepu/'],
  ] as const) {
    const office = await newOffice({ origins: [origin], base });
    const wang = await office.administrator();
    const login = await office.browser().login('wang');
    const cookie =
      login.headers.getSetCookie().find((text) => text.startsWith('portal.session_token=')) ?? '';
    expect(cookie).toMatch(/; HttpOnly/i);
    expect(cookie).toMatch(/; SameSite=Strict/i);
    expect(cookie).toContain(`Path=${base}`);
    expect(cookie).not.toMatch(/max-age|expires/i);
    expect(/; Secure/i.test(cookie)).toBe(origin.startsWith('https:'));
    expect((await wang.get('api/session')).status).toBe(200);
  }
});

test('登录以后去到原来要去的页面，绝不去别的网站', async () => {
  const office = await newOffice();
  await office.administrator();
  const to = async (wanted: string) => {
    const body = new URLSearchParams({ login: 'wang', password: PASSWORD });
    const answer = await office
      .browser()
      .send(`admin/login/?to=${encodeURIComponent(wanted)}`, { method: 'POST', body });
    return answer.headers.get('location');
  };
  expect(await to('desk/audit/?page=2')).toBe('../../admin/desk/audit/?page=2');
  expect(await to('')).toBe('../../admin/desk/');
  for (const evil of [
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    'desk/../../x',
    'desk/\r\nx: y',
  ])
    expect(await to(evil), evil).toBe('../../admin/desk/');
  expect((await office.browser().get('admin/desk/audit/?page=2')).headers.get('location')).toBe(
    '../../login/?to=desk%2Faudit%2F%3Fpage%3D2',
  );
});

test('登录以前浏览器里就有的登录，登录以后谁也不能接着用', async () => {
  const office = await newOffice();
  await office.administrator();
  const victim = office.browser();
  // An attacker left their own session, and a made-up one, in the victim's browser.
  const attacker = office.browser();
  await attacker.login('wang');
  const planted = attacker.jar.get('portal.session_token') as string;
  victim.jar.set('portal.session_token', planted);
  await victim.login('wang');
  expect(victim.jar.get('portal.session_token')).not.toBe(planted);
  expect((await victim.get('api/session')).status).toBe(200);
  expect((await attacker.get('api/session')).status).toBe(401);

  for (const made of ['x', 'x.y', `${planted.slice(0, -4)}AAA=`, `${planted.split('.')[0]}.`, '%00']) {
    const other = office.browser();
    other.jar.set('portal.session_token', made);
    expect((await other.get('api/session')).status, made).toBe(401);
    expect((await other.login('wang')).status).toBe(303);
    expect(other.jar.get('portal.session_token')).not.toBe(made);
  }
});

test('闲置太久登录就失效，过了一个工作日无论如何都失效', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const office = await newOffice();
  await office.administrator();
  const idle = office.browser();
  await idle.login('wang');
  later(IDLE_MS - MINUTE);
  expect((await idle.get('api/session')).status).toBe(200);
  later(IDLE_MS - MINUTE);
  expect((await idle.get('api/session')).status).toBe(200);
  later(IDLE_MS + MINUTE);
  expect((await idle.get('api/session')).status).toBe(401);

  const busy = office.browser();
  await busy.login('wang');
  for (let passed = 0; passed < LONGEST_HOURS; passed++) {
    expect((await busy.get('api/session')).status, `${passed} h`).toBe(200);
    later(60 * MINUTE);
  }
  later(MINUTE);
  expect((await busy.get('api/session')).status).toBe(401);
  expect((await busy.get('admin/desk/account/')).status).toBe(303);
});

test('退出时服务器上的登录也失效，不只是浏览器里的', async () => {
  const office = await newOffice();
  const wang = await office.administrator();
  const kept = wang.jar.get('portal.session_token') as string;
  const left = await wang.post('admin/logout/', {});
  expect(left.headers.get('location')).toBe('../../admin/login/');
  expect(wang.jar.has('portal.session_token')).toBe(false);
  wang.jar.set('portal.session_token', kept);
  expect((await wang.get('api/session')).status).toBe(401);
});

test('密码错太多次以后，锁定到时以前，对的密码也进不去', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const office = await newOffice();
  await office.administrator();
  for (let index = 0; index < MAX_FAILURES; index++)
    expect(
      (await office.browser({ address: `192.0.2.${index}` }).login('Wang ', 'falsch-falsch')).status,
    ).toBe(401);
  const locked = await office.browser().login('wang');
  expect(locked.status).toBe(429);
  expect(await locked.text()).toContain(`${LOCK_MINUTES} 分钟以后`);
  // A restart forgets nothing.
  const again = await openOffice(join(folder, String(round - 1)));
  expect((await again.browser().login('wang')).status).toBe(429);
  expect(
    (await again.browser().call('POST', 'api/login', { login: 'wang', password: PASSWORD })).status,
  ).toBe(429);
  expect(office.audit.count({ action: 'login-failed' })).toBe(MAX_FAILURES);
  expect(office.audit.list({ action: 'login-locked' }).length).toBeGreaterThan(0);
  later(LOCK_MINUTES * MINUTE + 1000);
  expect((await again.browser().login('wang')).status).toBe(303);
});

test('同时来的尝试一次不漏都算', async () => {
  const office = await newOffice();
  await office.administrator();
  const answers = await Promise.all(
    Array.from({ length: MAX_FAILURES * 3 }, () => office.browser().login('wang', 'falsch-falsch')),
  );
  const statuses = answers.map(({ status }) => status);
  expect(statuses.filter((status) => status === 401)).toHaveLength(MAX_FAILURES);
  expect(statuses.filter((status) => status === 429)).toHaveLength(MAX_FAILURES * 2);
});

test('没有的登录名和有的一样会锁定', async () => {
  const office = await newOffice();
  const statuses: number[] = [];
  for (let index = 0; index <= MAX_FAILURES; index++)
    statuses.push((await office.browser().login('niemand', 'falsch-falsch')).status);
  expect(statuses.at(-1)).toBe(429);
});

test('一个地址试很多登录名会被拦下，别的地址上的同事不受影响', async () => {
  const office = await newOffice();
  await office.administrator();
  const attempts = Array.from({ length: MAX_ADDRESS_FAILURES + 5 }, (_, index) => `name${index}`);
  const statuses = await Promise.all(
    attempts.map(
      async (login) => (await office.browser({ address: '198.51.100.7' }).login(login, 'falsch')).status,
    ),
  );
  expect(statuses.filter((status) => status === 429)).toHaveLength(5);
  expect((await office.browser({ address: '198.51.100.7' }).login('wang')).status).toBe(429);
  expect((await office.browser({ address: '198.51.100.8' }).login('wang')).status).toBe(303);
});

test('同一个地址后面的四十位同事可以同时登录', async () => {
  const office = await newOffice();
  const wang = await office.administrator();
  const csrf = await wang.token();
  const passwords = await Promise.all(
    Array.from({ length: 40 }, async (_, index) => {
      const fields = { csrf, name: '同事', login: `tongshi${index}`, role: 'author' };
      const page = await wang.send('admin/desk/people/', {
        method: 'POST',
        body: new URLSearchParams(fields),
      });
      return /<code class="big">([^<]+)</.exec(await page.text())?.[1] ?? '';
    }),
  );
  const answers = await Promise.all(
    passwords.map((password, index) => office.browser().login(`tongshi${index}`, password)),
  );
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(40);
});

test('后台里的登录框用 JSON 登录', async () => {
  const office = await newOffice();
  const wang = await office.administrator();
  const browser = office.browser();
  const wrong = await browser.call('POST', 'api/login', { login: 'wang', password: 'falsch-falsch' });
  expect([wrong.status, await wrong.json()]).toEqual([401, { message: WRONG }]);
  const right = await browser.call('POST', 'api/login', { login: 'wang', password: PASSWORD });
  expect(await right.json()).toEqual({
    user: { id: expect.any(String), name: '王主任', login: 'wang', role: 'administrator' },
  });
  expect((await browser.call('PUT', 'api/file', {})).status).toBe(200);
  expect((await browser.call('POST', 'api/logout')).status).toBe(200);
  expect((await browser.call('PUT', 'api/file', {})).status).toBe(401);
  expect((await wang.get('api/session')).status).toBe(200);
  for (const body of [null, [], { login: 1, password: {} }, 'x'])
    expect((await browser.call('POST', 'api/login', body)).status).toBe(401);
  const foreign = { origin: 'https://evil.example' };
  expect(
    (await browser.call('POST', 'api/login', { login: 'wang', password: PASSWORD }, foreign)).status,
  ).toBe(403);
});

test('登录所用的库自带的地址一个也不开放', async () => {
  const office = await newOffice();
  const wang = await office.administrator();
  for (const path of [
    'sign-up/email',
    'sign-in/username',
    'get-session',
    'list-sessions',
    'update-user',
    'is-username-available',
  ])
    for (const start of ['api/auth/', 'api/'])
      expect((await wang.call('POST', start + path, { username: 'x' })).status, path).toBe(404);
});

test('密码、令牌、当作登录名打进来的字，都不写进任何记录', async () => {
  const office = await newOffice();
  const setup = office.accounts.setupPath()?.split('token=')[1] as string;
  const wang = office.browser();
  await wang.post('admin/setup/', {
    token: setup,
    name: '王主任',
    login: 'wang',
    password: PASSWORD,
    again: PASSWORD,
  });
  await office.browser().login('mein-geheimes-passwort', 'x');
  await office.member(wang, 'li');
  const written = JSON.stringify([
    office.audit.list({ limit: -1 }),
    office.database.prepare('SELECT * FROM loginFailures').all(),
    office.database.prepare('SELECT * FROM setupLink').all(),
  ]);
  const [token = ''] = decodeURIComponent(wang.jar.get('portal.session_token') ?? '').split('.');
  expect(token.length).toBeGreaterThan(20);
  for (const secret of [PASSWORD, setup, token, 'mein-geheimes-passwort'])
    expect(written).not.toContain(secret);
  const kept = JSON.stringify(office.database.prepare('SELECT * FROM account').all());
  expect(kept).not.toContain(PASSWORD);
});
