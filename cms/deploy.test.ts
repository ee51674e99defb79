import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { deploy } from './deploy.ts';

const root = mkdtempSync(join(tmpdir(), 'portal-deploy-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let from: string;
const put = (path: string, text: string) => {
  mkdirSync(dirname(join(from, path)), { recursive: true });
  writeFileSync(join(from, path), text);
};
beforeEach(() => {
  from = mkdtempSync(join(root, 'dist-'));
  put('index.html', '<script src="/_astro/a.1.js"></script>');
  put('_astro/a.1.js', '1');
  put('caravan/index.html', '日程');
  put('admin/index.html', '后台');
  put('sw.js', '1');
});
const quiet = () => {};
const DAY_MS = 86_400_000;

test('文件夹：没变的不传，删掉的网页马上删，旧脚本留一天，后台不传', async () => {
  const to = join(root, 'www');
  const now = Date.now();
  expect(await deploy({ from, to, report: quiet, dryRun: true })).toEqual({ written: 0, removed: 0 });
  expect(existsSync(to)).toBe(false);
  expect(await deploy({ from, to, now, report: quiet })).toEqual({ written: 4, removed: 0 });
  expect(await deploy({ from, to, now, report: quiet })).toEqual({ written: 0, removed: 0 });
  for (const path of ['_astro/a.1.js', 'caravan/index.html']) rmSync(join(from, path));
  expect(await deploy({ from, to, now, report: quiet })).toEqual({ written: 0, removed: 1 });
  expect(existsSync(join(to, 'caravan/index.html'))).toBe(false);
  expect(existsSync(join(to, '_astro/a.1.js'))).toBe(true);
  expect(existsSync(join(to, 'admin'))).toBe(false);
  expect(await deploy({ from, to, now: now + DAY_MS, report: quiet })).toEqual({ written: 0, removed: 1 });
  expect(existsSync(join(to, '_astro/a.1.js'))).toBe(false);
});

test('压缩好的跟着网页走：传到文件夹，跟网页一起删；没有网页的 .gz 是一个普通文件', async () => {
  const to = join(root, 'compressed');
  put('caravan/index.html.br', '日程的压缩');
  put('data.gz', '附件');
  expect(await deploy({ from, to, report: quiet })).toEqual({ written: 6, removed: 0 });
  expect(existsSync(join(to, 'caravan/index.html.br'))).toBe(true);
  for (const path of ['caravan/index.html', 'caravan/index.html.br']) rmSync(join(from, path));
  expect(await deploy({ from, to, report: quiet })).toEqual({ written: 0, removed: 2 });
  expect(existsSync(join(to, 'caravan/index.html.br'))).toBe(false);
  expect(existsSync(join(to, 'data.gz'))).toBe(true);
});

test('对象存储：先传脚本再传网页，类型和缓存写对，每个请求都签名', async () => {
  const objects = new Map<string, { body: string; type: string; cache: string }>();
  const unsigned: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (!/^AWS4-HMAC-SHA256 Credential=key\/.*Signature=\w{64}$/.test(request.headers.authorization ?? ''))
      unsigned.push(path);
    if (request.method === 'PUT')
      objects.set(path, {
        body: Buffer.concat(chunks).toString(),
        type: request.headers['content-type'] ?? '',
        cache: request.headers['cache-control'] ?? '',
      });
    if (request.method === 'DELETE') objects.delete(path);
    if (request.method !== 'GET') return void response.writeHead(200).end();
    const object = objects.get(path);
    if (object) response.writeHead(200).end(object.body);
    else
      response
        .writeHead(404, { 'content-type': 'application/xml' })
        .end('<Error><Code>NoSuchKey</Code><Message>none</Message></Error>');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const env = {
    S3_ENDPOINT: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_ACCESS_KEY_ID: 'key',
    AWS_SECRET_ACCESS_KEY: 'secret',
  };
  try {
    // Object storage cannot choose between a file and its compressed form.
    put('caravan/index.html.br', '日程的压缩');
    const send = () => deploy({ from, to: 's3://kepu/site', env, report: quiet });
    expect(await send()).toEqual({ written: 4, removed: 0 });
    const keys = [...objects.keys()];
    expect(keys[0]).toBe('/kepu/site/_astro/a.1.js');
    expect(keys.at(-1)).toBe('/kepu/site/.deployed.json');
    expect(objects.get('/kepu/site/caravan/index.html')).toEqual({
      body: '日程',
      type: 'text/html; charset=utf-8',
      cache: 'no-cache',
    });
    expect(objects.get('/kepu/site/_astro/a.1.js')?.cache).toContain('immutable');
    expect(objects.get('/kepu/site/sw.js')?.cache).toBe('no-cache');
    expect(await send()).toEqual({ written: 0, removed: 0 });
    for (const name of ['index.html', 'index.html.br']) rmSync(join(from, 'caravan', name));
    expect(await send()).toEqual({ written: 0, removed: 1 });
    expect(objects.has('/kepu/site/caravan/index.html')).toBe(false);
    expect(unsigned).toEqual([]);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test('传到一半断网：一句话说明，网站还在；网络好了，同样的命令传完', async () => {
  const objects = new Map<string, string>();
  let left = Number.POSITIVE_INFINITY;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (request.method === 'PUT' && left-- <= 0) return void request.socket.destroy();
    if (request.method === 'PUT') objects.set(path, Buffer.concat(chunks).toString());
    const body = objects.get(path);
    response.writeHead(request.method === 'GET' && body === undefined ? 404 : 200).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const env = {
    S3_ENDPOINT: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_ACCESS_KEY_ID: 'key',
    AWS_SECRET_ACCESS_KEY: 'secret',
  };
  const run = () => deploy({ from, to: 's3://cut/www', env, report: quiet });
  await run();
  put('index.html', '新的首页');
  put('_astro/b.2.js', '2');
  left = 1;
  await expect(run()).rejects.toThrow(/连不上对象存储，或传到一半断了.*网站还在.*再运行一次同样的命令/);
  expect(objects.get('/cut/www/index.html')).toContain('a.1.js');
  left = Number.POSITIVE_INFINITY;
  await run();
  expect(objects.get('/cut/www/index.html')).toBe('新的首页');

  // A record that another program cut off.
  objects.set('/cut/www/.deployed.json', '{"files":');
  await run();
  expect(JSON.parse(objects.get('/cut/www/.deployed.json') ?? '').files).toHaveProperty('sw.js');
  server.closeAllConnections();
  server.close();
});

test('没有密钥、没有构建好的网站，都说明怎么办', async () => {
  await expect(deploy({ from, to: 's3://kepu', env: {}, report: quiet })).rejects.toThrow(
    'AWS_ACCESS_KEY_ID',
  );
  await expect(deploy({ from: root, to: join(root, 'x'), report: quiet })).rejects.toThrow('npm run build');
});
