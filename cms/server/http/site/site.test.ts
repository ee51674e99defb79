import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Drawn } from '../../build/previews/previews.ts';
import { cacheControl } from './headers.ts';
import { siteHandler } from './index.ts';

let server: Server;
let url: string;
/** The folder that is served. */
let live: string | undefined;
/** The folder of the first site while it is being built. */
let underway: string | undefined;
let drawn: (address: string) => Drawn;
let root: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'site-'));
  const folder = join(root, 'dist');
  const uploads = join(root, 'uploads');
  for (const name of [
    'dist/about',
    'dist/jiu',
    'dist/evil',
    'editor/admin',
    'dist/_astro',
    'dist/caravan',
    'dist/api',
    'dist/embed',
    'dist/.git',
    'uploads',
  ])
    mkdirSync(join(root, name), { recursive: true });
  writeFileSync(join(root, 'secret.txt'), '秘密');
  writeFileSync(join(folder, 'index.html'), '首页'.repeat(2000));
  writeFileSync(join(folder, 'index.html.br'), brotliCompressSync('首页'.repeat(2000)));
  writeFileSync(join(folder, 'index.html.gz'), gzipSync('首页'.repeat(2000)));
  writeFileSync(join(folder, 'large.bin'), Buffer.alloc(3_000_000));
  writeFileSync(join(folder, '.git/config'), '秘密');
  writeFileSync(join(folder, '404.html'), '没有这一页');
  writeFileSync(join(folder, 'about/index.html'), '简介');
  const moved = (to: string) =>
    `<html><meta http-equiv="refresh" content="0; url=${to}"><h1>搬家了</h1></html>`;
  writeFileSync(join(folder, 'jiu/index.html'), moved('/kexie/about/'));
  writeFileSync(join(folder, 'evil/index.html'), moved('//evil.example/'));
  writeFileSync(join(root, 'editor/admin/index.html'), '编辑');
  writeFileSync(join(folder, '_astro/a.abc.css'), 'a{}');
  writeFileSync(join(folder, 'caravan/calendar.ics'), 'BEGIN:VCALENDAR');
  writeFileSync(join(folder, 'api/stops.json'), '{}');
  writeFileSync(join(folder, 'embed/index.html'), '嵌入');
  writeFileSync(join(uploads, 'new.svg'), '<svg/>');
  live = folder;
  server = createServer(
    siteHandler({
      folder: () => live,
      firstSite: {
        assets: () => underway,
        draw: async (address) => drawn(address),
        progress: () => '3/9 页 <',
      },
      uploads,
      editor: join(root, 'editor'),
      base: '/kexie/',
      mayEdit: ({ headers }) => headers.host === new URL(url).host,
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(url + path, { redirect: 'manual', headers });

/** The status of a path sent as it is; `fetch` would tidy it up first. */
/** Asks for a file over a socket of its own and goes away after so many bytes. */
const leave = (path: string, after: number) =>
  new Promise<void>((resolve) => {
    let got = 0;
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () =>
      socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`),
    );
    socket.on('data', ({ length }) => {
      got += length;
      if (got >= after) socket.destroy();
    });
    socket.on('close', () => resolve());
  });

const rawStatus = (path: string, headers: Record<string, string> = {}) =>
  new Promise((resolve) =>
    request(url, { path, headers }, (response) => resolve(response.resume().statusCode)).end(),
  );

test('文件夹给出 index.html；少了斜杠、只有域名，也转到那里', async () => {
  expect(await (await get('/kexie/about/')).text()).toBe('简介');
  const moved = await get('/kexie/about?x=1');
  expect([moved.status, moved.headers.get('location')]).toEqual([301, '/kexie/about/?x=1']);
  for (const path of ['/', '/kexie']) expect((await get(path)).headers.get('location')).toBe('/kexie/');
});

test('搬走的页面回答 301 和本站的新地址，问号后面的照带', async () => {
  const moved = await get('/kexie/jiu/?from=qr');
  expect([moved.status, moved.headers.get('location')]).toEqual([301, '/kexie/about/?from=qr']);
  expect(moved.headers.get('cache-control')).toBe('no-cache');
  expect((await get('/kexie/jiu')).headers.get('location')).toBe('/kexie/jiu/');
  expect((await get('/kexie/evil/')).status).toBe(200);
});

test('没有的给 404.html，文件夹外面的什么也拿不到', async () => {
  for (const path of ['/kexie/x/', '/about/', '/kexie/%ff']) {
    const response = await get(path);
    expect([response.status, await response.text()], path).toEqual([404, '没有这一页']);
  }
  for (const path of [
    '/kexie/../secret.txt',
    '/kexie/%2e%2e/secret.txt',
    '/kexie/..%2fsecret.txt',
    '/kexie//../secret.txt',
    '//about',
    '/kexie/.git/config',
    '/kexie/%00',
    '/kexie/a%00.html',
  ])
    expect(await rawStatus(path), path).toBe(404);
});

test('搜索索引的文件都以内容命名，缓存一年；说它们叫什么的清单每次都问', () => {
  for (const path of ['/search/text/0a1b2c3d4e5f/terms/12.bin', '/search/index/days-0123456789.json'])
    expect(cacheControl(path), path).toBe('public, max-age=31536000, immutable');
  expect(cacheControl('/search/index/manifest.json')).toBe('no-cache');
  expect(cacheControl('/search/')).toBe('no-cache');
});

test('网页每次都问有没有改，带哈希的文件缓存一年', async () => {
  const page = await get('/kexie/');
  expect(page.headers.get('cache-control')).toBe('no-cache');
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  const again = await get('/kexie/', { 'if-none-match': page.headers.get('etag') ?? '' });
  expect(again.status).toBe(304);
  expect((await get('/kexie/_astro/a.abc.css')).headers.get('cache-control')).toMatch(
    /max-age=31536000, immutable/,
  );
  expect((await get('/kexie/caravan/calendar.ics')).headers.get('content-type')).toBe(
    'text/calendar; charset=utf-8',
  );
});

test.each([
  ['br', 'br'],
  ['gzip', 'gzip'],
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip;q=1.0, br;q=0.5', 'gzip'],
  ['br;q=0, gzip', 'gzip'],
  ['*', 'br'],
  ['BR', 'br'],
  ['identity', null],
  ['gzip;q=0', null],
  ['', null],
])('浏览器说「%s」，发构建时压缩好的那一份：%s', async (accepted, sent) => {
  const response = await get('/kexie/', { 'accept-encoding': accepted });
  expect(response.headers.get('content-encoding')).toBe(sent);
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(response.headers.get('vary')).toBe('Accept-Encoding');
  expect(await response.text()).toBe('首页'.repeat(2000));
});

test('没有压缩好的，发原来的；每一种有自己的 ETag', async () => {
  const page = await get('/kexie/about/', { 'accept-encoding': 'br' });
  expect([page.headers.get('content-encoding'), await page.text()]).toEqual([null, '简介']);
  const tags = new Set<string | null>();
  for (const encoding of ['br', 'gzip', 'identity']) {
    const { headers } = await get('/kexie/', { 'accept-encoding': encoding });
    const tag = headers.get('etag') ?? '';
    tags.add(tag);
    const again = await get('/kexie/', { 'accept-encoding': encoding, 'if-none-match': tag });
    expect([again.status, again.headers.get('vary')]).toEqual([304, 'Accept-Encoding']);
  }
  expect(tags.size).toBe(3);
});

test.skipIf(!existsSync('/proc/self/fd'))('读者走到一半断开、收完就断开，文件都关上', async () => {
  const open = () => readdirSync('/proc/self/fd').length;
  await Promise.all(Array.from({ length: 20 }, () => leave('/kexie/', 1)));
  const before = open();
  for (let round = 0; round < 10; round++)
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        leave(index % 2 ? '/kexie/large.bin' : '/kexie/', index % 4 < 2 ? 1 : 12_000),
      ),
    );
  await expect.poll(() => open()).toBeLessThan(before + 10);
});

test('文件打不开时，回答 503，等一会儿再来', async () => {
  mkdirSync(join(root, 'dist/loop'));
  symlinkSync('index.html', join(root, 'dist/loop/index.html'));
  const response = await get('/kexie/loop/');
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect((await get('/kexie/')).status).toBe(200);
});

test('HEAD 只要头，日期没变的不再发', async () => {
  const head = await fetch(`${url}/kexie/`, { method: 'HEAD', headers: { 'accept-encoding': 'identity' } });
  expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '12000', '']);
  const since = head.headers.get('last-modified') ?? '';
  expect((await get('/kexie/', { 'if-modified-since': since })).status).toBe(304);
  expect((await fetch(`${url}/kexie/nothing/`, { method: 'HEAD' })).status).toBe(404);
});

test('找不到的页、编辑后台也有严格的内容安全策略，哪一页都用不了摄像头、定位', async () => {
  const missing = await get('/kexie/nothing/');
  expect(missing.status).toBe(404);
  expect(missing.headers.get('content-security-policy')).toMatch(/^default-src 'self'; /);
  expect(missing.headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
  const editor = await get('/kexie/admin/');
  const policy = editor.headers.get('content-security-policy') ?? '';
  expect(policy).toMatch(/^default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; /);
  expect(policy).not.toMatch(/unsafe-eval' |script-src[^;]*'unsafe-inline'|https?:/);
  for (const { headers } of [missing, editor, await get('/kexie/')])
    expect(headers.get('permissions-policy')).toMatch(/camera=\(\).*geolocation=\(\)/);
});

test('上传的文件不等网站重新生成就能看，但什么也运行不了', async () => {
  const response = await get('/kexie/uploads/new.svg');
  expect(await response.text()).toBe('<svg/>');
  expect(response.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/);
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
});

test('编辑后台只给这台机器看', async () => {
  expect(await (await get('/kexie/admin/')).text()).toBe('编辑');
  expect(await rawStatus('/kexie/admin/', { host: 'evil.example' })).toBe(404);
  expect(await rawStatus('/kexie/about/', { host: 'evil.example' })).toBe(200);
});

test('换了文件夹，下一次请求就用新的', async () => {
  const before = live;
  live = mkdtempSync(join(tmpdir(), 'next-'));
  writeFileSync(join(live, 'index.html'), '新首页');
  expect(await (await get('/kexie/')).text()).toBe('新首页');
  live = before;
  expect(await (await get('/kexie/')).text()).toContain('首页首页');
});

describe('第一次生成网站的时候', () => {
  let before: string | undefined;
  beforeAll(() => {
    before = live;
    live = undefined;
    underway = join(root, 'underway');
    mkdirSync(join(underway, '_astro'), { recursive: true });
    writeFileSync(join(underway, '_astro/a.js'), 'let a');
    writeFileSync(join(underway, 'index.html'), '半页');
    writeFileSync(join(underway, '404.html'), '半页');
  });
  afterAll(() => {
    live = before;
  });

  test('模板编好以前，页面说进行到哪里，自己会再打开，别的程序也看得出要等', async () => {
    drawn = () => ({ isLater: true });
    const page = await get('/kexie/about/');
    const html = await page.text();
    expect([page.status, page.headers.get('retry-after')]).toEqual([503, '2']);
    expect(html).toContain('这是第一次启动，3/9 页 &lt;');
    expect(html).toContain('http-equiv="refresh"');
  });

  test('模板编好以后，要哪一页就画哪一页；没有的页是 404', async () => {
    drawn = (address) => ({ html: address === '/about/' ? '画出来的简介' : undefined, isLater: false });
    const page = await get('/kexie/about/?a=1');
    expect([page.status, page.headers.get('cache-control'), await page.text()]).toEqual([
      200,
      'no-store',
      '画出来的简介',
    ]);
    expect((await get('/kexie/nothing/')).status).toBe(404);
  });

  test('脚本、图片从正在生成的文件夹里拿，写了一半的页面不给人看', async () => {
    expect(await (await get('/kexie/_astro/a.js')).text()).toBe('let a');
    expect((await get('/kexie/404.html')).status).toBe(404);
    expect(await (await get('/kexie/uploads/new.svg')).text()).toBe('<svg/>');
  });
});

test('编辑后台还在打包时，打开它的人看到请稍等', async () => {
  renameSync(join(root, 'editor/admin/index.html'), join(root, 'editor/admin/later.html'));
  const waiting = await get('/kexie/admin/');
  expect([waiting.status, await waiting.text()]).toEqual([503, expect.stringContaining('编辑后台正在打包')]);
  renameSync(join(root, 'editor/admin/later.html'), join(root, 'editor/admin/index.html'));
  expect(await (await get('/kexie/admin/')).text()).toBe('编辑');
});

test('只有专门做的页面可以嵌进别的网站；开放数据可以由别的网站的脚本读', async () => {
  const policy = async (path: string) => (await get(path)).headers.get('content-security-policy');
  expect(await policy('/kexie/embed/')).toMatch(/frame-ancestors \*$/);
  expect(await policy('/kexie/about/')).toMatch(/^default-src 'self'; .*frame-ancestors 'self'$/);
  expect(await policy('/kexie/_astro/a.abc.css')).toBe("frame-ancestors 'self'");
  const data = await get('/kexie/api/stops.json');
  expect(data.headers.get('access-control-allow-origin')).toBe('*');
  expect(data.headers.get('content-type')).toBe('application/json; charset=utf-8');
  const again = await get('/kexie/api/stops.json', { 'if-none-match': data.headers.get('etag') ?? '' });
  expect(again.status).toBe(304);
  expect((await get('/kexie/about/')).headers.get('access-control-allow-origin')).toBeNull();
});

test.each([
  ['bytes=1-2', 206, 2],
  ['bytes=5-', 206, 12_000 - 5],
  ['bytes=5-2', 200, 12_000],
  ['bytes=-5', 206, 5],
  ['bytes=0-0', 206, 1],
  ['bytes=-', 200, 12_000],
  ['bytes=a-b', 200, 12_000],
  ['bytes=1-2,4-5', 200, 12_000],
  ['bytes=99999999999999999999-', 200, 12_000],
  ['bytes=999999-', 416, 0],
])('要网页的「%s」那一段，回答 %i，服务器照常', async (Range, status, length) => {
  const answer = await get('/kexie/', { Range, 'Accept-Encoding': 'identity' });
  expect(answer.status).toBe(status);
  expect((await answer.arrayBuffer()).byteLength).toBe(length);
  expect((await get('/kexie/about/')).status).toBe(200);
});
