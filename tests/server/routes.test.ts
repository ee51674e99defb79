import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasRole, type Role } from '../../cms/protocol/roles.ts';
import { type Office, openNewsroom, type Visitor } from '../support/newsroom.ts';

/** Every address of the office, as the server itself lists them: closed to strangers, to lesser roles, to other sites. */

/** What works without a session; nothing may be added here without a thought. */
const OPEN = [
  'GET /admin/desk.css',
  'GET /admin/ticks.js',
  'GET /admin/login',
  'POST /admin/login',
  'GET /admin/login/code',
  'POST /admin/login/code',
  'POST /admin/logout',
  'GET /admin/setup',
  'POST /admin/setup',
  'POST /api/login',
  'POST /api/login/code',
  'POST /api/logout',
];
/** Visit requests need no account, nor do links for looking: they have a secret. */
const isPublic = (path: string) => /^\/api\/(?:requests|look)(?:\/|$)/.test(path);

/** The minimum role for each page of the desk. These tests fail for a new page that is not listed here. */
const LEAST: Record<string, Role> = {
  overview: 'author',
  review: 'author',
  tasks: 'author',
  'first-run': 'administrator',
  results: 'author',
  entries: 'author',
  schedule: 'author',
  fairness: 'author',
  account: 'author',
  deleted: 'author',
  report: 'author',
  exports: 'author',
  requests: 'reviewer',
  releases: 'publisher',
  settings: 'administrator',
  health: 'administrator',
  audit: 'administrator',
  people: 'administrator',
};

interface Route {
  method: string;
  path: string;
}

let office: Office;
let routes: Route[];
const people = {} as Record<Exclude<Role, 'administrator'>, Visitor>;

beforeAll(async () => {
  office = await openNewsroom({ steps: ['final'], content: 'tests/fixtures/county' });
  for (const role of ['author', 'reviewer', 'publisher'] as const)
    people[role] = await office.member(`a-${role}`, role, role);
  const seen = new Set<string>();
  routes = office.served.routes.flatMap(({ method, path }) => {
    const name = `${method} ${path}`;
    if (seen.has(name)) return [];
    seen.add(name);
    return [{ method, path: path.replace(/\/$/, '') }];
  });
});
afterAll(() => office?.close());

const name = ({ method, path }: Route) => `${method} ${path}`;
const address = ({ path }: Route) =>
  `${path.slice(1).replaceAll(/:\w+/g, '1').replaceAll('*', 'x')}${path.startsWith('/admin/') && !/\.(?:css|csv|js)$/.test(path) ? '/' : ''}`;
const isSafe = ({ method }: Route) => method === 'GET';
const closed = () => routes.filter((route) => !OPEN.includes(name(route)) && !isPublic(route.path));

const send = (visitor: Visitor, route: Route, headers: Record<string, string> = { 'x-portal': '1' }) =>
  visitor.fetch(address(route), {
    method: route.method,
    headers,
    ...(isSafe(route) ? {} : { body: new URLSearchParams({ id: '1' }) }),
  });

test('服务器列得出自己的全部地址', () => {
  expect(routes.length).toBeGreaterThan(40);
  const parts = new Set(routes.flatMap(({ path }) => /^\/admin\/desk\/([\w-]+)/.exec(path)?.[1] ?? []));
  expect([...parts].sort()).toEqual(Object.keys(LEAST).sort());
  for (const open of OPEN) expect(routes.map(name)).toContain(open);
});

test('没登录时，除了登录、建立管理员和大篷车申请，什么也不回答', async () => {
  const stranger = office.visitor();
  for (const route of closed()) {
    const response = await send(stranger, route);
    if (route.path.startsWith('/api/')) {
      expect(response.status, name(route)).toBe(401);
      expect(await response.json(), name(route)).toEqual({ message: '请先登录' });
    } else {
      expect([302, 303], name(route)).toContain(response.status);
      expect(
        new URL(response.headers.get('location') ?? '', office.url + address(route)).pathname,
        name(route),
      ).toMatch(/^\/admin\/(login\/|desk\/[\w/-]+\/$)/);
      expect(await response.text(), name(route)).toBe('');
    }
  }
});

test('编造的、空的、重复的登录 Cookie 什么也打不开', async () => {
  const cookies = [
    'portal.session_token=x.y',
    'portal.session_token=',
    `portal.session_token=${'a'.repeat(5000)}`,
    'portal.session_token=a; portal.session_token=b',
    'portal.session_token=%E0%A4%A',
  ];
  for (const cookie of cookies)
    expect(
      (await fetch(`${office.url}api/session`, { headers: { cookie } })).status,
      cookie.slice(0, 60),
    ).toBe(401);
});

describe.each(['author', 'reviewer', 'publisher'] as const)('角色「%s」', (role) => {
  test('不论用什么方法，都进不了更高角色的页面', async () => {
    const above = routes.filter(({ path }) => {
      const [, part = ''] = /^\/admin\/desk\/([\w-]+)/.exec(path) ?? [];
      return part && !hasRole({ role }, LEAST[part] as Role);
    });
    expect(above.length).toBeGreaterThan(3);
    const csrf =
      /name="csrf" value="([^"]+)"/.exec(
        await (await people[role].fetch('admin/desk/account/')).text(),
      )?.[1] ?? '';
    expect(csrf).not.toBe('');
    for (const route of above)
      for (const path of [address(route), address(route).replace(/\/$/, '')]) {
        const response = await people[role].fetch(path, {
          method: route.method,
          redirect: 'follow',
          ...(isSafe(route) ? {} : { body: new URLSearchParams({ csrf }) }),
        });
        expect(response.status, `${route.method} ${path}`).toBe(403);
      }
  });
});

test('别的网站、没有 Origin、没有凭据：什么也改不了', async () => {
  for (const route of routes.filter((candidate) => !isSafe(candidate))) {
    const { administrator } = office;
    const as = (headers: Record<string, string>) =>
      send(administrator, route, { 'x-portal': '1', ...headers });
    const evil = await as({ origin: 'https://evil.example' });
    expect(evil.status, name(route)).toBe(403);
    expect((await as({ origin: 'null' })).status, name(route)).toBe(403);
    expect(
      (await as({ origin: new URL(office.url).origin.replace('http:', 'https:') })).status,
      name(route),
    ).toBe(403);
    expect((await as({ 'sec-fetch-site': 'cross-site' })).status, name(route)).toBe(403);
    expect((await as({ 'sec-fetch-site': 'same-site' })).status, name(route)).toBe(403);
    const cookie = administrator
      .cookies()
      .map((one) => `${one.name}=${one.value}`)
      .join('; ');
    const bare = await fetch(office.url + address(route), {
      method: route.method,
      headers: { cookie, 'x-portal': '1' },
      body: new URLSearchParams({ id: '1' }),
      redirect: 'manual',
    });
    expect(bare.status, `${name(route)} without Origin`).toBe(403);
    if (OPEN.includes(name(route)) || isPublic(route.path)) continue;
    const unproven = await send(administrator, route, {});
    expect(unproven.status, `${name(route)} without proof`).toBe(403);
  }
});

test('别的网站读不了接口，也没有一个回答允许它读', async () => {
  for (const route of closed().filter(
    (candidate) => isSafe(candidate) && candidate.path.startsWith('/api/'),
  )) {
    const response = await office.administrator.fetch(address(route), {
      headers: { origin: 'https://evil.example' },
    });
    expect(response.status, name(route)).toBe(403);
    expect(response.headers.get('access-control-allow-origin'), name(route)).toBeNull();
    const preflight = await fetch(office.url + address(route), {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'GET' },
    });
    expect(preflight.headers.get('access-control-allow-origin'), name(route)).toBeNull();
  }
});

test('换一个主机名，编辑部不回答（DNS 重新绑定）', async () => {
  const { request } = await import('node:http');
  for (const path of ['/admin/login/', '/api/session', '/admin/']) {
    const status = await new Promise((resolve, reject) => {
      request(office.url, { path, headers: { host: 'evil.example' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect([403, 404], path).toContain(status);
  }
});
