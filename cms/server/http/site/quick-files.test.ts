import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FEW_RUNS } from '../../../../tests/support/random.ts';
import { compressSite } from '../../build/files/compression.ts';
import { type AnsweredRequest, createListener } from '../listener.ts';
import { siteHandler } from './index.ts';
import { openQuickFiles, type QuickFiles } from './quick-files.ts';
import { openRecent } from './recent.ts';

/** Answers from memory are those from the disk, to the letter. */

const TEXT = '<p>科普大篷车进校园。</p>'.repeat(100);
const FILES: Record<string, string | Buffer> = {
  'index.html': TEXT,
  '404.html': `没有这一页${TEXT}`,
  'about/index.html': '简介',
  'v1.2/index.html': TEXT,
  'jiu/index.html': '<html><meta http-equiv="refresh" content="0; url=/kexie/about/"></html>',
  'embed/map/index.html': TEXT,
  '_astro/a.1.css': `a{}${TEXT}`,
  'api/stops.json': `{}${TEXT}`,
  'feed.xml': `<feed/>${TEXT}`,
  'caravan/calendar.ics': `BEGIN:VCALENDAR${TEXT}`,
  'pictures/a.avif': Buffer.alloc(5000, 7),
  'uploads/图.svg': `<svg/>${TEXT}`,
  'uploads/a.svg': `<svg/>${TEXT}`,
  'uploads/big.pdf': Buffer.alloc(1_500_000, 1),
  'uploads/strange.zzz': 'abc',
  'healthz': 'no extension',
  '.well-known/security.txt': 'Contact',
  '.git/config': '秘密',
};

let root: string;
let live: string;
const servers: Server[] = [];
/** Requests that were answered from memory. */
let quickly = 0;
const answered: AnsweredRequest[] = [];

function makeSite(name: string, files: Record<string, string | Buffer>): string {
  const folder = join(root, name);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
    utimesSync(join(folder, path), 1_790_000_000.25, 1_790_000_000.25);
  }
  compressSite(folder);
  return folder;
}

async function listenOn(quick?: QuickFiles): Promise<number> {
  const office = (_: unknown, response: { end: (text: string) => void }) => response.end('工作台');
  const site = siteHandler({
    folder: () => live,
    ...(quick && { quick }),
    uploads: join(root, 'uploads'),
    editor: join(root, 'editor'),
    base: '/kexie/',
    mayEdit: () => true,
  });
  const server = createListener({
    base: '/kexie/',
    office,
    site,
    ...(quick && {
      quick: (...asked: Parameters<QuickFiles['answer']>) => {
        const found = quick.answer(...asked);
        if (found) quickly += 1;
        return found;
      },
    }),
    proxy: () => ({ proxy: '127.0.0.1' }),
    onAnswered: (one) => answered.push(one),
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

let slow: number;
let fast: number;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'quick-'));
  live = makeSite('first', FILES);
  symlinkSync('a.svg', join(live, 'uploads/link.svg'));
  makeSite('', { 'uploads/fresh.svg': '<svg/>', 'editor/admin/index.html': '编辑' });
  slow = await listenOn();
  fast = await listenOn(openQuickFiles({ folder: () => live, base: '/kexie/' }));
});
afterAll(() => {
  for (const server of servers) server.close();
  rmSync(root, { recursive: true, force: true });
});

interface Asked {
  method: string;
  path: string;
  headers: Record<string, string>;
}

const ask = (port: number, { method, path, headers }: Asked) =>
  new Promise<{ status: number; headers: string[][]; body: string; etag: string; modified: string }>(
    (resolve, reject) =>
      request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const { date: _, ...own } = response.headers;
          resolve({
            status: response.statusCode ?? 0,
            headers: Object.entries(own)
              .map(([name, value]) => [name, String(value)])
              .sort(),
            body: Buffer.concat(chunks).toString('base64'),
            etag: response.headers.etag ?? '',
            modified: response.headers['last-modified'] ?? '',
          });
        });
      })
        .on('error', reject)
        .end(),
  );

/** Asks until the answer comes from memory. */
async function untilQuick(asked: Asked) {
  const isQuick = async () => {
    const before = quickly;
    await ask(fast, asked);
    return quickly > before;
  };
  await expect.poll(isQuick, { interval: 5 }).toBe(true);
}

const get = (path: string, headers: Record<string, string> = {}): Asked => ({
  method: 'GET',
  path: `/kexie/${path}`,
  headers,
});

const PATHS = Object.keys(FILES).flatMap((name) => {
  const path = encodeURI(name);
  return [path, path.replace(/index\.html$/, ''), path.replace(/\/index\.html$/, '')];
});

/** Asked for until they come from memory. */
const USUAL = ['', 'about/', '_astro/a.1.css', 'api/stops.json', 'feed.xml', 'uploads/a.svg', 'uploads/strange.zzz'];

test('从内存答的与从磁盘答的一字不差，不管怎么问', async () => {
  for (const path of USUAL)
    for (const encoding of ['br', 'gzip', 'identity'])
      await untilQuick(get(path, { 'accept-encoding': encoding }));

  const encodings = fc.constantFrom('', 'br', 'gzip, deflate, br', 'gzip;q=1.0, br;q=0.5', '*', 'br;q=0', 'x');
  const paths = fc.oneof(
    { weight: 10, arbitrary: fc.constantFrom(...USUAL) },
    { weight: 4, arbitrary: fc.constantFrom(...PATHS) },
    { weight: 1, arbitrary: fc.constantFrom('nothing/', 'uploads/fresh.svg', 'uploads/link.svg', 'admin/', '%') },
    { weight: 1, arbitrary: fc.constantFrom('../secret', '/about/', 'about/../feed.xml', 'FEED.xml', '%61bout/') },
    { weight: 1, arbitrary: fc.webPath().map((path) => path.slice(1)) },
  );
  const conditions = fc.constantFrom('', 'etag', 'strong', 'list', 'other', '*', 'since', 'before', 'both', 'bad');
  const cases = fc.record({
    method: fc.constantFrom('GET', 'GET', 'GET', 'HEAD', 'HEAD', 'POST'),
    base: fc.oneof({ weight: 6, arbitrary: fc.constant('/kexie/') }, fc.constantFrom('/', '//', '/kexie//')),
    path: paths,
    query: fc.constantFrom('', '', '?', '?q=1', '?a=/b/?c'),
    encoding: encodings,
    condition: conditions,
    range: fc.oneof({ weight: 4, arbitrary: fc.constant('') }, fc.constantFrom('bytes=0-9', 'bytes=a', 'bytes=99999999-')),
    more: fc.constantFrom<Record<string, string>>(
      {},
      {},
      { 'if-match': 'W/"1-1"' },
      { 'if-unmodified-since': 'Thu, 01 Jan 2026 00:00:00 GMT' },
      { 'cache-control': 'no-cache' },
      { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.9' },
      { connection: 'close' },
    ),
  });
  const before = quickly;
  await fc.assert(
    fc.asyncProperty(cases, async ({ method, base, path, query, encoding, condition, range, more }) => {
      const asked = {
        method,
        path: `${base}${path}${query}`,
        headers: {
          ...more,
          ...(encoding && { 'accept-encoding': encoding }),
          ...(range && { range }),
        } as Record<string, string>,
      };
      if (condition) {
        const { etag, modified } = await ask(slow, { ...asked, method: 'GET' });
        const known = { etag: etag || '"a"', modified: modified || 'never' };
        Object.assign(asked.headers, conditionOf(condition, known));
      }
      const own = await ask(slow, asked);
      expect(await ask(fast, asked)).toEqual(own);
      expect(await ask(fast, asked)).toEqual(own);
    }),
    { numRuns: FEW_RUNS * 5 },
  );
  expect(quickly - before).toBeGreaterThan(FEW_RUNS);
  for (const { url, bytes, status } of answered.filter(({ request: { method } }) => method === 'HEAD'))
    if (status === 200) expect(Number(bytes), url).toBeGreaterThan(0);
});

function conditionOf(condition: string, { etag, modified }: { etag: string; modified: string }) {
  const day = (shift: number) => new Date(1_790_000_000_000 + shift * 86_400_000).toUTCString();
  const conditions: Record<string, Record<string, string>> = {
    etag: { 'if-none-match': etag },
    strong: { 'if-none-match': etag.replace('W/', '') },
    list: { 'if-none-match': `"x", ${etag}` },
    other: { 'if-none-match': 'W/"5-5"' },
    '*': { 'if-none-match': '*' },
    since: { 'if-modified-since': modified },
    before: { 'if-modified-since': day(-1) },
    both: { 'if-none-match': '"x"', 'if-modified-since': day(1) },
    bad: { 'if-none-match': 'x', 'if-modified-since': 'yesterday' },
  };
  return conditions[condition] ?? {};
}

test('换了一版，下一次请求就用新的，也不再留着旧的', async () => {
  await untilQuick(get(''));
  const former = live;
  live = makeSite('second', { 'index.html': '新首页', '404.html': '没有' });
  expect(Buffer.from((await ask(fast, get(''))).body, 'base64').toString()).toBe('新首页');
  expect((await ask(fast, get('about/'))).status).toBe(404);
  live = former;
  expect(await ask(fast, get(''))).toEqual(await ask(slow, get('')));
});

test('内存有限：最近用过的留着，别的让出来', () => {
  const recent = openRecent<string>(100, (value) => value.length);
  for (let index = 0; index < 50; index++) {
    recent.set(String(index), 'x'.repeat(10));
    recent.get('0');
  }
  expect(recent.get('0')).toBeDefined();
  const kept = Array.from({ length: 50 }, (_, index) => recent.get(String(index))).filter(Boolean);
  expect(kept.length).toBeLessThanOrEqual(11);
  expect(recent.get('49')).toBeDefined();
});
