import fc from 'fast-check';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { clientOf, networkOf, ownOrigins, ownPagesOnly } from './network.ts';

const request = (headers: Record<string, string>) => ({ headers: new Headers(headers) });

test('forwarded headers count only from the proxy in the settings, and only the last address', () => {
  const forwarded = request({ 'x-forwarded-for': '6.6.6.6, 203.0.113.9', 'x-forwarded-proto': 'https' });
  expect(clientOf(forwarded, { address: '::ffff:127.0.0.1' }, { proxy: '127.0.0.1' })).toEqual({
    address: '203.0.113.9',
    protocol: 'https',
  });
  for (const settings of [{ proxy: '' }, { proxy: '10.0.0.9' }])
    expect(clientOf(forwarded, { address: '127.0.0.1' }, settings)).toEqual({
      address: '127.0.0.1',
      protocol: 'http',
    });
  expect(clientOf(forwarded, {}, { proxy: '' })).toEqual({ address: '', protocol: 'http' });
});

test('nothing that a browser sends changes its address while there is no proxy', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii' }), fc.ipV4(), (sent, address) => {
      const headers = request({ 'x-forwarded-for': sent.replace(/[^ -~]/g, '') });
      expect(clientOf(headers, { address }, { proxy: '' })).toEqual({ address, protocol: 'http' });
      expect(clientOf(headers, { address }, { proxy: '0.0.0.0' }).address).toBe(address);
    }),
  );
});

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['::FFFF:203.0.113.9', '203.0.113.9'],
  ['2001:db8:0:1:aaaa::1', '2001:db8:0:1::/64'],
  ['2001:0DB8:0000:0001::2', '2001:db8:0:1::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:db8:0:0:1:2:3:4', '2001:db8:0:0::/64'],
  ['1::2:3:4:5:6:7', '1:0:2:3::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::', '0:0:0:0::/64'],
  ['', ''],
  ['unknown', 'unknown'],
])('limits count %s as %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test('all addresses of one IPv6 network count as one, those of two networks as two', () => {
  const group = fc.integer({ min: 0, max: 0xffff }).map((number) => number.toString(16));
  const half = fc.array(group, { minLength: 4, maxLength: 4 }).map((groups) => groups.join(':'));
  fc.assert(
    fc.property(half, half, half, half, (network, other, one, another) => {
      expect(networkOf(`${network}:${one}`)).toBe(networkOf(`${network}:${another}`));
      if (network !== other) expect(networkOf(`${network}:${one}`)).not.toBe(networkOf(`${other}:${one}`));
    }),
  );
});

test('the public address comes first; other machines only when the network is on', () => {
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

test('a page is shown only under our own names', async () => {
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

test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('%s needs an Origin of ours', async (method) => {
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

test('another site cannot read the API either', async () => {
  const ask = office();
  expect(await ask('GET', '/api/session', { origin: 'https://evil.example' })).toBe(403);
  expect(await ask('GET', '/api/session', { 'sec-fetch-site': 'cross-site' })).toBe(403);
  expect(await ask('GET', '/api/session', { 'sec-fetch-site': 'same-origin' })).toBe(200);
});

test('a form of a session needs the session’s token; the login form does not', async () => {
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

test('a form that is too large is refused before it is read', async () => {
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
