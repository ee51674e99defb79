import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { ownOrigins, ownPagesOnly } from './own-pages.ts';

test('公开的网址排第一，开放网络以后才有别的机器用的网址', () => {
  expect(ownOrigins(4321, { network: false, publicUrl: '' })).toEqual([
    'http://127.0.0.1:4321',
    'http://localhost:4321',
    'http://[::1]:4321',
  ]);
  const open = ownOrigins(80, { network: true, publicUrl: 'https://kexie.example.cn' });
  expect(open[0]).toBe('https://kexie.example.cn');
  for (const origin of open) expect(() => new URL(origin)).not.toThrow();
});

const OWN = 'https://kexie.example.cn';

function office(csrf?: string) {
  const app = new Hono();
  app.use((context, next) => {
    if (csrf) context.set('csrf', csrf);
    return next();
  });
  app.use(
    ownPagesOnly({ origins: () => [OWN, 'http://127.0.0.1:4321'], open: ['/admin/login', '/api/requests'] }),
  );
  app.all('*', async (context) =>
    context.text(JSON.stringify(await context.req.parseBody().catch(() => ''))),
  );
  return async (method: string, path: string, headers: Record<string, string>, body?: string | FormData) => {
    const sent = { host: 'kexie.example.cn', ...headers };
    const response = await app.request(path, { method, headers: sent, ...(body ? { body } : {}) });
    return response.status;
  };
}

const FORM = { origin: OWN, 'content-type': 'application/x-www-form-urlencoded' };

test('页面只在自己的主机名下显示', async () => {
  const ask = office();
  for (const host of [
    'evil.example',
    'kexie.example.cn.evil.example',
    '127.0.0.1:9999',
    '',
    'kexie.example.cn:8443',
  ])
    expect(await ask('GET', '/admin/desk/', { host }), host).toBe(403);
  for (const host of ['kexie.example.cn', 'KEXIE.example.cn', '127.0.0.1:4321'])
    expect(await ask('GET', '/admin/desk/', { host }), host).toBe(200);
});

test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('%s 要有本站的 Origin', async (method) => {
  const ask = office();
  const strangers: Record<string, string>[] = [
    {},
    { origin: 'null' },
    { origin: 'https://evil.example' },
    { origin: 'http://kexie.example.cn' },
    { origin: `${OWN}.evil.example` },
    { origin: OWN, 'sec-fetch-site': 'cross-site' },
    { origin: OWN, 'sec-fetch-site': 'same-site' },
    { origin: OWN, 'sec-fetch-site': 'none' },
    { referer: 'https://evil.example/?https://kexie.example.cn/' },
    { referer: 'kexie.example.cn' },
  ];
  for (const headers of strangers)
    for (const path of ['/admin/desk/people/', '/admin/login/', '/api/requests', '/api/file'])
      expect(await ask(method, path, { 'x-portal': '1', ...headers }), JSON.stringify(headers)).toBe(403);
  expect(
    await ask(method, '/api/file', { 'x-portal': '1', origin: OWN, 'sec-fetch-site': 'same-origin' }),
  ).toBe(200);
  expect(await ask(method, '/api/file', { 'x-portal': '1', referer: `${OWN}/admin/` })).toBe(200);
  expect(await ask(method, '/api/file', { origin: OWN })).toBe(403);
  expect(await ask(method, '/api/requests', { origin: OWN })).toBe(200);
});

test('别的网站也读不了接口', async () => {
  const ask = office();
  expect(await ask('GET', '/api/session', { origin: 'https://evil.example' })).toBe(403);
  expect(await ask('GET', '/api/session', { 'sec-fetch-site': 'cross-site' })).toBe(403);
  expect(await ask('GET', '/api/session', { 'sec-fetch-site': 'same-origin' })).toBe(200);
});

test('登录以后的表单要带这次登录的令牌，登录表单不用', async () => {
  const ask = office('right');
  expect(await ask('POST', '/admin/desk/people/', FORM, 'csrf=right&name=x')).toBe(200);
  for (const body of [
    'name=x',
    'csrf=',
    'csrf=wrong',
    'csrf=right&csrf=right2',
    'CSRF=right',
    '{"csrf":"right"}',
  ])
    expect(await ask('POST', '/admin/desk/people/', FORM, body), body).toBe(403);
  expect(await ask('POST', '/admin/login/', FORM, 'name=x')).toBe(200);
  expect(await ask('POST', '/admin/loginx/', FORM, 'name=x')).toBe(403);
  const form = new FormData();
  form.set('csrf', 'right');
  form.set('file', new File(['x'], 'x.csv'));
  expect(await ask('POST', '/admin/desk/import/', { origin: OWN }, form)).toBe(200);
  form.set('csrf', new File(['right'], 'csrf'));
  expect(await ask('POST', '/admin/desk/import/', { origin: OWN }, form)).toBe(403);
});

test('太大的表单不读就拒绝', async () => {
  const body = `csrf=right&x=${'x'.repeat(26 * 1024 * 1024)}`;
  expect(
    await office('right')(
      'POST',
      '/admin/desk/import/',
      { ...FORM, 'content-length': String(body.length) },
      body,
    ),
  ).toBe(413);
  expect(await office('right')('POST', '/admin/desk/import/', FORM, body)).toBe(413);
});
