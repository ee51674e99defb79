import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Office, openOffice, PASSWORD } from '../../../tests/support/office.ts';
import { ROLES, type Role } from '../people.ts';
import { TEMPORARY_DAYS } from './store.ts';

const folder = mkdtempSync(join(tmpdir(), 'portal-staff-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let round = 0;
let office: Office;
let wang: Awaited<ReturnType<Office['administrator']>>;
beforeEach(async () => {
  office = await openOffice(join(folder, String(round++)));
  wang = await office.administrator();
});
afterEach(() => vi.useRealTimers());

const idOf = (login: string) => office.accounts.people().find((person) => person.login === login)?.id ?? '';
const change = (login: string, fields: Record<string, string>) =>
  wang.post(`admin/desk/people/${idOf(login)}/`, fields);
const temporaryOn = async (page: Response) => /<code class="big">([^<]+)</.exec(await page.text())?.[1] ?? '';

test('a new colleague gets a temporary password, can do nothing before changing it, and is then at work', async () => {
  const page = await wang.post('admin/desk/people/', { name: '李编辑', login: 'Li', role: 'author' });
  const temporary = await temporaryOn(page);
  const li = office.browser();
  expect((await li.login('li', temporary)).headers.get('location')).toBe('../../admin/account/password/');
  expect((await li.get('api/session')).status).toBe(401);
  expect((await li.get('admin/desk/account/')).status).toBe(303);
  expect((await li.get('admin/login/')).headers.get('location')).toBe('../../admin/account/password/');
  for (const bad of [temporary, 'kurz', 'libianji-2026'])
    expect((await li.post('admin/account/password/', { password: bad, again: bad })).status, bad).toBe(422);
  const done = await li.post('admin/account/password/', { password: PASSWORD, again: PASSWORD });
  expect(done.status).toBe(303);
  expect(await (await li.get('api/session')).json()).toMatchObject({
    name: '李编辑',
    login: 'li',
    role: 'author',
  });
  expect((await office.browser().login('li', temporary)).status).toBe(401);
});

test('a temporary password is good for a week', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const temporary = await temporaryOn(
    await wang.post('admin/desk/people/', { name: '李编辑', login: 'li', role: 'author' }),
  );
  vi.setSystemTime(Date.now() + TEMPORARY_DAYS * 86_400_000 + 1000);
  expect((await office.browser().login('li', temporary)).status).toBe(401);
});

test('what is wrong with a new account is said, and nothing is made', async () => {
  const cases: [Record<string, string>, string][] = [
    [{ name: '', login: 'li', role: 'author' }, '请填写姓名'],
    [{ name: '李', login: '李', role: 'author' }, '登录名要'],
    [{ name: '李', login: 'l', role: 'author' }, '登录名要'],
    ...['-x', 'li.', 'li-', 'a..b', 'a._b', 'a b', 'li\u3002', `${'l'.repeat(31)}`].map(
      (login): [Record<string, string>, string] => [{ name: '李', login, role: 'author' }, '登录名要'],
    ),
    [{ name: '李', login: 'x.LOCK', role: 'author' }, '不能以 .lock 结尾'],
    [{ name: '李', login: 'li' }, '请选择角色'],
    [{ name: '李', login: 'li', role: 'constructor' }, '请选择角色'],
    [{ name: '李', login: 'WANG', role: 'author' }, '已经有人用了'],
  ];
  for (const [fields, message] of cases) {
    const page = await wang.post('admin/desk/people/', fields);
    expect(page.status).toBe(422);
    expect(await page.text()).toContain(message);
  }
  expect(office.accounts.people()).toHaveLength(1);
});

test('an account whose login would not be accepted today still signs in and can be renamed', async () => {
  await office.member(wang, 'li');
  let login = 'li';
  for (const older of ['li.', 'a..b', 'x.lock']) {
    office.database.prepare('UPDATE user SET username = ? WHERE username = ?').run(older, login);
    login = older;
    expect((await office.browser().login(login)).status, login).toBe(303);
    const renamed = await change(login, { do: 'change', name: `李${login}`, role: 'author' });
    expect(renamed.status, login).toBe(303);
  }
});

test('logins with dots, lines and figures are accepted', async () => {
  for (const login of ['li', 'li.na', 'li-na_2', '007', 'lock', 'x.locks'])
    expect((await wang.post('admin/desk/people/', { name: '李', login, role: 'author' })).status, login).toBe(
      200,
    );
});

test('names are shown as text', async () => {
  await wang.post('admin/desk/people/', {
    name: '<img src=x onerror=alert(1)>"\'',
    login: 'li',
    role: 'author',
  });
  for (const path of ['admin/desk/people/', `admin/desk/people/${idOf('li')}/`, 'admin/desk/audit/']) {
    const text = await (await wang.get(path)).text();
    expect(text).toContain('&lt;img src=x');
    expect(text).not.toContain('<img');
  }
});

test('pages and doings of the administrator are closed to everybody else', async () => {
  const roles = Object.keys(ROLES).filter((role) => role !== 'administrator') as Role[];
  const id = idOf('wang');
  for (const role of roles) {
    const member = await office.member(wang, role, role);
    for (const page of ['people/', `people/${id}/`, 'audit/', 'audit/export.csv'])
      expect((await member.get(`admin/desk/${page}`)).status, page).toBe(403);
    const attempts: [string, Record<string, string>][] = [
      ['people/', { name: '新人', login: 'neu', role: 'administrator' }],
      [`people/${id}/`, { do: 'close' }],
      [`people/${idOf(role)}/`, { do: 'change', name: '我', role: 'administrator' }],
      [`people/${id}/`, { do: 'reset' }],
    ];
    for (const [path, fields] of attempts)
      expect((await member.post(`admin/desk/${path}`, fields)).status, path).toBe(403);
    const own = await (await member.get('admin/desk/account/')).text();
    expect(own).toContain('我的账号');
    expect(own).not.toContain('admin/desk/people/');
    expect(own).not.toContain('admin/desk/audit/');
  }
  expect(office.accounts.people().filter(({ role }) => role === 'administrator')).toHaveLength(1);
});

test('without a session every page leads to the login and every post is refused', async () => {
  const nobody = office.browser();
  for (const page of ['', 'people/', `people/${idOf('wang')}/`, 'audit/', 'audit/export.csv', 'account/']) {
    const answer = await nobody.get(`admin/desk/${page}`);
    expect([answer.status, answer.headers.get('location')], page).toEqual([
      303,
      expect.stringContaining('login/?to='),
    ]);
  }
  for (const path of [
    'people/',
    `people/${idOf('wang')}/`,
    'account/password/',
    'account/two-factor/',
    'account/sessions/',
  ])
    expect((await nobody.post(`admin/desk/${path}`, { do: 'close' })).status, path).toBe(303);
  expect((await nobody.post('admin/account/password/', { password: PASSWORD, again: PASSWORD })).status).toBe(
    303,
  );
  expect((await nobody.call('PUT', 'api/file', {})).status).toBe(401);
  expect(office.accounts.people()).toHaveLength(1);
});

test('another site’s form does nothing, even with a session, and neither does one without the token', async () => {
  const csrf = await wang.token();
  const fields = { name: '新人', login: 'neu', role: 'administrator' };
  const send = (body: Record<string, string>, headers: Record<string, string>) =>
    wang.send('admin/desk/people/', { method: 'POST', body: new URLSearchParams(body), headers });
  expect((await send({ ...fields, csrf }, { origin: 'https://evil.example' })).status).toBe(403);
  expect((await send({ ...fields, csrf }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect((await send(fields, {})).status).toBe(403);
  const li = await office.member(wang, 'li');
  expect((await send({ ...fields, csrf: await li.token() }, {})).status).toBe(403);
  expect(office.accounts.people()).toHaveLength(2);
  expect((await send({ ...fields, csrf }, {})).status).toBe(200);
});

test('the last administrator can be neither demoted nor closed, even by two at once', async () => {
  const alone = await change('wang', { do: 'change', name: '王主任', role: 'author' });
  expect([alone.status, await alone.text()]).toEqual([422, expect.stringContaining('最后一位管理员')]);
  expect((await change('wang', { do: 'close' })).status).toBe(422);

  const zhao = await office.member(wang, 'zhao', 'administrator', '赵副主任');
  const [wangId, zhaoId] = [idOf('wang'), idOf('zhao')];
  const answers = await Promise.all([
    zhao.post(`admin/desk/people/${wangId}/`, { do: 'close' }),
    wang.post(`admin/desk/people/${zhaoId}/`, { do: 'close' }),
  ]);
  expect(answers.filter(({ headers }) => headers.get('location')?.includes('done=closed'))).toHaveLength(1);
  const open = office.database
    .prepare(
      "SELECT login FROM (SELECT username AS login, role, closed FROM user) WHERE role = 'administrator' AND closed = 0",
    )
    .all();
  expect(open).toHaveLength(1);
});

test('a closed account is out at once, keeps its name, and can be opened again', async () => {
  const li = await office.member(wang, 'li');
  office.audit.write({
    person: office.accounts.people().find(({ login }) => login === 'li'),
    action: 'save',
    target: '文章',
  });
  expect((await li.get('api/session')).status).toBe(200);
  await change('li', { do: 'close' });
  expect((await li.get('api/session')).status).toBe(401);
  expect(office.accounts.people().map(({ name }) => name)).toContain('李编辑');
  expect(office.audit.list({ action: 'save' })).toMatchObject([{ name: '李编辑', login: 'li' }]);
  await change('li', { do: 'open' });
  expect((await office.browser().login('li')).status).toBe(303);
});

test('a lesser role counts from the next request on', async () => {
  const zhao = await office.member(wang, 'zhao', 'administrator', '赵副主任');
  expect((await zhao.get('admin/desk/audit/')).status).toBe(200);
  const answer = await change('zhao', { do: 'change', name: '赵主任', role: 'reviewer' });
  expect(answer.status).toBe(303);
  expect((await zhao.get('admin/desk/audit/')).status).toBe(403);
  expect(office.audit.list({ action: 'account-changed' })).toMatchObject([
    { login: 'wang', target: 'zhao', detail: '姓名：赵副主任 → 赵主任；角色：管理员 → 审核' },
  ]);
});

test('one’s own new password ends the sessions on other devices and needs the old one', async () => {
  const phone = office.browser();
  await phone.login('wang');
  const fields = { current: 'falsch-falsch', password: '河边的风车转得慢-3', again: '河边的风车转得慢-3' };
  expect((await wang.post('admin/desk/account/password/', fields)).status).toBe(422);
  const done = await wang.post('admin/desk/account/password/', { ...fields, current: PASSWORD });
  expect(done.headers.get('location')).toContain('done=password');
  expect((await wang.get('api/session')).status).toBe(200);
  expect((await phone.get('api/session')).status).toBe(401);
  expect((await office.browser().login('wang')).status).toBe(401);
  expect((await office.browser().login('wang', '河边的风车转得慢-3')).status).toBe(303);
});

test('a session that somebody has found open cannot guess the password for long', async () => {
  const fields = { password: '河边的风车转得慢-3', again: '河边的风车转得慢-3' };
  const pages: string[] = [];
  for (let index = 0; index < 12; index++)
    pages.push(
      await (
        await wang.post('admin/desk/account/password/', { ...fields, current: `falsch-${index}` })
      ).text(),
    );
  expect(pages.at(-1)).toContain('次数太多');
});

const THIEF = '河边的风车转得慢-3';

test('who logs in with the old password while an administrator resets it is out afterwards', async () => {
  await office.member(wang, 'li');
  const browsers: ReturnType<Office['browser']>[] = [];
  let isReset = false;
  const logIn = async () => {
    while (!isReset) {
      const browser = office.browser();
      browsers.push(browser);
      await browser.login('li');
    }
  };
  const loops = Array.from({ length: 4 }, logIn);
  const temporary = await temporaryOn(await change('li', { do: 'reset' }));
  isReset = true;
  await Promise.all(loops);
  for (const browser of browsers) expect((await browser.get('admin/account/password/')).status).toBe(303);
  expect((await office.browser().login('li', temporary)).status).toBe(303);
});

test('a password that is changed while an administrator resets it is the administrator’s in the end', async () => {
  const li = await office.member(wang, 'li');
  const fields = { current: PASSWORD, csrf: await li.token(), password: THIEF, again: THIEF };
  const [temporary] = await Promise.all([
    change('li', { do: 'reset' }).then(temporaryOn),
    ...Array.from({ length: 3 }, () => li.post('admin/desk/account/password/', fields)),
  ]);
  expect((await office.browser().login('li', THIEF)).status).toBe(401);
  const given = office.browser();
  await given.login('li', temporary);
  await Promise.all([
    change('li', { do: 'reset' }),
    ...Array.from({ length: 3 }, () =>
      given.post('admin/account/password/', { password: THIEF, again: THIEF }),
    ),
  ]);
  expect((await office.browser().login('li', THIEF)).status).toBe(401);
  expect((await given.get('admin/account/password/')).status).toBe(303);
});

test('all sessions on other devices end with one button', async () => {
  const phone = office.browser();
  await phone.login('wang');
  expect(await (await wang.get('admin/desk/account/')).text()).toContain('Chrome，Windows');
  expect((await wang.post('admin/desk/account/sessions/', {})).status).toBe(303);
  expect((await phone.get('api/session')).status).toBe(401);
  expect((await wang.get('api/session')).status).toBe(200);
});

test('pages load nothing from elsewhere, run nothing inline, and are not kept', async () => {
  for (const path of ['admin/desk/people/', 'admin/desk/account/', 'admin/desk/audit/', 'admin/login/']) {
    const answer = await (path === 'admin/login/' ? office.browser() : wang).get(path);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(answer.headers.get('content-security-policy')).not.toMatch(/unsafe|\*/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('x-frame-options')).toBe('DENY');
    const text = await answer.text();
    expect(text).not.toMatch(/<script|<style| style=| on\w+=|https?:\/\//);
  }
});
