import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createListener } from '../../cms/server/http/listener.ts';
import { monitorHandler } from '../../cms/server/http/monitor/index.ts';
import { type Office, openNewsroom } from '../support/newsroom.ts';

/** What the server tells a monitor, and what it notes of each visit. */

let office: Office;
beforeAll(async () => {
  office = await openNewsroom({ steps: [], content: 'tests/fixtures/county' });
});
afterAll(() => office?.close());

interface Answer {
  status: number;
  body: string;
  headers: Record<string, string | string[] | undefined>;
}

/** `fetch` does not let a test choose the host. */
const ask = (url: string, headers: Record<string, string> = {}) =>
  new Promise<Answer>((resolve, reject) => {
    request(url, { headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body, headers: response.headers }),
      );
    })
      .on('error', reject)
      .end();
  });

test('健康检查谁都能问，只说好不好', async () => {
  const answer = await ask(`${office.url}healthz`, { host: 'kepu.example.cn' });
  expect([answer.status, answer.body]).toEqual([200, '{"status":"ok"}']);
  expect(answer.headers['cache-control']).toBe('no-store');
});

test('数字只给这台机器上的程序：经过代理的、用域名的都是 404', async () => {
  await ask(`${office.url}nothing/`);
  const { status, body, headers } = await ask(`${office.url}metrics`);
  expect([status, headers['content-type']]).toEqual([
    200,
    expect.stringContaining('text/plain; version=0.0.4'),
  ]);
  for (const name of [
    'portal_requests_total{status="404"}',
    'portal_open_files_limit_reached 0',
    'portal_disk_free_bytes',
    'portal_builds_waiting 0',
    'process_open_fds',
    'process_resident_memory_bytes',
    'nodejs_eventloop_lag_p99_seconds',
    'portal_publish_seconds_bucket',
  ])
    expect(body, name).toContain(name);
  const elsewhere: Record<string, string>[] = [
    { 'x-forwarded-for': '192.0.2.1' },
    { forwarded: 'for=192.0.2.1' },
    { 'x-real-ip': '127.0.0.1' },
    { host: 'kepu.example.cn' },
  ];
  for (const hidden of elsewhere)
    expect((await ask(`${office.url}metrics`, hidden)).status, JSON.stringify(hidden)).toBe(404);
});

test('监测程序看得到每天的杂事上次什么时候做成', async () => {
  const figures = async () => (await ask(`${office.url}metrics`)).body;
  await expect.poll(figures).toMatch(/^portal_job_last_success_timestamp_seconds\{job="purge"\} 1\d{9}/m);
  expect(await figures()).toContain('portal_job_failed{job="purge"} 0');
});

test('有令牌的可以从别处读；令牌太短不启动', async () => {
  const metrics = { contentType: 'text/plain', text: async () => 'up 1\n' };
  const token = 'a-long-enough-token';
  const monitor = monitorHandler({ isReady: () => false, metrics, token });
  const server = createServer((incoming, response) => {
    if (!monitor(incoming, response, incoming.url ?? '')) response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const read = async (authorization: string) =>
    (await ask(`${url}/metrics`, { host: 'kepu.example.cn', authorization })).status;
  expect(await read(`Bearer ${token}`)).toBe(200);
  for (const wrong of ['', token, 'Bearer a-long-enough-tokem', `Bearer ${token}x`])
    expect(await read(wrong), wrong).toBe(404);
  const health = await ask(`${url}/healthz`);
  expect([health.status, health.body]).toEqual([503, '{"status":"starting"}']);
  server.close();
  expect(() => monitorHandler({ isReady: () => true, metrics, token: 'short' })).toThrow(
    'METRICS_TOKEN 太短',
  );
});

test('每次访问记一行，放在数据文件夹里，只有自己能读', async () => {
  await ask(`${office.url}articles/?q=xiaomai`, { 'user-agent': 'Reader"1' });
  const folder = join(office.data, 'access-log');
  const log = () =>
    readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('');
  await expect
    .poll(log)
    .toMatch(/^127\.0\.0\.1 - - \[.*\+0800\] "GET \/articles\/\? HTTP\/1\.1" 404 .* "-" ".*\\x221"$/m);
  expect(log()).not.toContain('xiaomai');
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
});

test('经 https 来的才要求浏览器以后只用 https；哪一页都用不了摄像头', async () => {
  const answer = (_: unknown, response: { end: (text: string) => void }) => response.end('好');
  const server = createListener({
    base: '/',
    office: answer,
    site: answer,
    proxy: () => ({ proxy: '127.0.0.1' }),
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  for (const path of ['', 'admin/login/']) {
    const secure = await ask(url + path, { 'x-forwarded-proto': 'https' });
    expect(secure.headers['strict-transport-security']).toBe('max-age=15552000');
    const plain = await ask(url + path);
    expect(plain.headers['strict-transport-security']).toBeUndefined();
  }
  server.close();
  // Nobody is trusted here, so this is no proxy's word.
  const untrusted = await ask(`${office.url}admin/login/`, { 'x-forwarded-proto': 'https' });
  expect(untrusted.headers['strict-transport-security']).toBeUndefined();
  expect(untrusted.headers['permissions-policy']).toContain('camera=()');
});
