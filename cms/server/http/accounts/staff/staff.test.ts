import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Office, openOffice, PASSWORD } from '../../../../../tests/support/office.ts';
import { ROLES, type Role } from '../../../../protocol/roles.ts';
import { TEMPORARY_DAYS } from '../../../services/accounts/store.ts';

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

test('新同事拿到临时密码，没换以前什么也做不了，换好就能工作', async () => {
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

test('临时密码一个星期内有效', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const temporary = await temporaryOn(
    await wang.post('admin/desk/people/', { name: '李编辑', login: 'li', role: 'author' }),
  );
  vi.setSystemTime(Date.now() + TEMPORARY_DAYS * 86_400_000 + 1000);
  expect((await office.browser().login('li', temporary)).status).toBe(401);
});

test('新账号填得不对就说明哪里不对，什么也不建', async () => {
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

test('登录名不合现在规矩的老账号，仍能登录，也能改姓名', async () => {
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

test('登录名可以有点、横线和数字', async () => {
  for (const login of ['li', 'li.na', 'li-na_2', '007', 'lock', 'x.locks'])
    expect((await wang.post('admin/desk/people/', { name: '李', login, role: 'author' })).status, login).toBe(
      200,
    );
});

test('姓名按文字显示', async () => {
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

test('管理员的页面和操作，别人一概不能用', async () => {
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

test('没登录时，每一页都转到登录，每一次提交都不收', async () => {
  const stranger = office.browser();
  for (const page of ['', 'people/', `people/${idOf('wang')}/`, 'audit/', 'audit/export.csv', 'account/']) {
    const answer = await stranger.get(`admin/desk/${page}`);
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
    expect((await stranger.post(`admin/desk/${path}`, { do: 'close' })).status, path).toBe(303);
  expect(
    (await stranger.post('admin/account/password/', { password: PASSWORD, again: PASSWORD })).status,
  ).toBe(303);
  expect((await stranger.call('PUT', 'api/file', {})).status).toBe(401);
  expect(office.accounts.people()).toHaveLength(1);
});

test('别的网站的表单，就算登录着也不起作用；没有令牌的也一样', async () => {
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

test('最后一位管理员不能降级也不能停用，两位同时互相停用也不行', async () => {
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

test('账号停用后立刻退出，名字留着，还可以再启用', async () => {
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

test('角色降低以后，下一次请求就按新的算', async () => {
  const zhao = await office.member(wang, 'zhao', 'administrator', '赵副主任');
  expect((await zhao.get('admin/desk/audit/')).status).toBe(200);
  const answer = await change('zhao', { do: 'change', name: '赵主任', role: 'reviewer' });
  expect(answer.status).toBe(303);
  expect((await zhao.get('admin/desk/audit/')).status).toBe(403);
  expect(office.audit.list({ action: 'account-changed' })).toMatchObject([
    { login: 'wang', target: 'zhao', detail: '姓名：赵副主任 → 赵主任；角色：管理员 → 审核' },
  ]);
});

test('自己改密码要旧密码，改完别的设备都退出', async () => {
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

test('别人捡到开着的登录，猜不了几次密码', async () => {
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

test('管理员重置密码的同时有人用旧密码登录，重置以后都退出', async () => {
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

test('管理员重置密码的同时有人改密码，最后以管理员的为准', async () => {
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

test('按一下，别的设备上的登录全部退出', async () => {
  const phone = office.browser();
  await phone.login('wang');
  expect(await (await wang.get('admin/desk/account/')).text()).toContain('Chrome，Windows');
  expect((await wang.post('admin/desk/account/sessions/', {})).status).toBe(303);
  expect((await phone.get('api/session')).status).toBe(401);
  expect((await wang.get('api/session')).status).toBe(200);
});

test('页面不从别处加载，不在行内运行，也不留缓存', async () => {
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
