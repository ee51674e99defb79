import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { RUNS } from '../support/random.ts';
import { type Office, openNewsroom, type Visitor } from '../support/newsroom.ts';

/** Whatever is sent to any address of the server: it is never the server that is to blame. */

let office: Office;
let csrf: string;
let routes: { method: string; path: string }[];

beforeAll(async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  office = await openNewsroom({ steps: ['final'], content: 'tests/fixtures/county' });
  const page = await (await office.administrator.fetch('admin/desk/account/')).text();
  csrf = /name="csrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
  const all = office.served.routes.map(({ method, path }) => ({
    method,
    path: path.slice(1).replace(/\/$/, '').replaceAll(/:\w+/g, '1').replaceAll('*', 'x'),
  }));
  // Ending the session, or turning on a second step of it, would leave nothing to try.
  routes = all.filter(({ path }) => !/logout|account/.test(path));
});
afterAll(async () => {
  vi.restoreAllMocks();
  await office?.close();
});

const name = fc.constantFrom(
  'page',
  'path',
  'query',
  'images',
  'folder',
  'commit',
  'to',
  'id',
  'login',
  'from',
);
const value = fc.oneof(
  fc.constantFrom(
    'abc',
    '-1',
    '0',
    '1e99',
    'NaN',
    '../../x',
    'content/articles/x.mdx',
    '%00',
    '\0',
    '[]',
    'null',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
);
const fields = fc.array(fc.tuple(name, value), { maxLength: 4 });
const text = (list: [string, string][]) => new URLSearchParams(list).toString();

const BOUNDARY = 'portal';
const multipart = (list: [string, string][]) =>
  `${list.map(([key, content]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${key}"\r\n\r\n${content}\r\n`).join('')}--${BOUNDARY}--\r\n`;

const body = fc.oneof(
  fields.map((list) => ({
    type: 'application/x-www-form-urlencoded',
    body: text([['csrf', csrf], ...list]),
  })),
  fc.tuple(fields, fc.double({ min: 0, max: 1, noNaN: true })).map(([list, part]) => {
    const whole = multipart([['csrf', csrf], ...list]);
    return { type: `multipart/form-data; boundary=${BOUNDARY}`, body: whole.slice(0, whole.length * part) };
  }),
  fc.json().map((json) => ({ type: 'application/json', body: json })),
  fc
    .dictionary(name, fc.jsonValue(), { maxKeys: 4 })
    .map((object) => ({ type: 'application/json', body: JSON.stringify(object) })),
  fc.string({ unit: 'binary' }).map((anything) => ({ type: 'application/json', body: anything })),
  fc.constant({ type: 'multipart/form-data', body: 'x' }),
  fc.constant({ type: '', body: '' }),
);

const statusOf = async (
  visitor: Visitor,
  method: string,
  address: string,
  sent: { type: string; body: string },
) => {
  const response = await visitor.fetch(address, {
    method,
    headers: { 'x-portal': '1', ...(sent.type && { 'content-type': sent.type }) },
    ...(method === 'GET' ? {} : { body: sent.body }),
  });
  await response.arrayBuffer();
  return response.status;
};

test.each(['管理员', '没登录的人'])('%s对哪一个地址发什么，都不会答 500', async (who) => {
  const visitor = who === '管理员' ? office.administrator : office.visitor();
  const route = fc.integer({ min: 0, max: routes.length - 1 });
  await fc.assert(
    fc.asyncProperty(route, fields, body, async (index, query, sent) => {
      const { method, path } = routes[index] as (typeof routes)[number];
      const slash = path.startsWith('admin/') && !path.includes('.') ? '/' : '';
      const status = await statusOf(visitor, method, `${path}${slash}?${text(query)}`, sent);
      expect(status, `${method} ${path}`).toBeLessThan(500);
    }),
    { numRuns: RUNS },
  );
});

test('媒体库的页码写错、表单传到一半断了，回答 400，说怎么办', async () => {
  for (const page of ['abc', '-1', '1.5', '999999999']) {
    const answer = await office.administrator.call('GET', `media?page=${page}`);
    expect(answer, page).toMatchObject({ status: 400, message: expect.stringContaining('刷新页面') });
  }
  const cut = await office.visitor().fetch('api/requests/form', {
    method: 'POST',
    headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
    body: multipart([['school', '东街小学']]).slice(0, -12),
  });
  expect(cut.status).toBe(400);
  expect(await cut.text()).toContain('表单没有收全');
});
