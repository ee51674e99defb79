import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Build } from '../../cms/server/build/contract.ts';
import { REBUILD } from '../../cms/server/http/desk/rebuild-form.ts';
import { compressSite } from '../../cms/server/build/files/compression.ts';
import { type Office, openNewsroom } from '../support/newsroom.ts';
import { freePort } from '../support/program.ts';
import { CADDY, NGINX, startCaddy, startNginx, type WebServer } from '../support/web-servers.ts';

/** nginx and Caddy before the server, as `docs/serving/` has them: what visitors get is what the server itself sends. */

const TEXT = '<p>科普大篷车进校园。</p>'.repeat(100);
const FILES = {
  'index.html': TEXT,
  '404.html': `<h1>没有这一页</h1>${TEXT}`,
  'articles/index.html': TEXT,
  'embed/index.html': TEXT,
  '_astro/a.1.css': `a{}${TEXT}`,
  '_astro/a.1.js': `let a${TEXT}`,
  'pictures/a.svg': `<svg/>${TEXT}`,
  'uploads/a.svg': `<svg/>${TEXT}`,
  'uploads/a.pdf': '%PDF',
  'api/stops.json': `{}${TEXT}`,
  'caravan/calendar.ics': `BEGIN:VCALENDAR${TEXT}`,
  'feed.xml': `<feed/>${TEXT}`,
  'feed.json': `{}${TEXT}`,
  'caravan/changes/feed.xml': `<feed/>${TEXT}`,
  'sitemap-0.xml': `<urlset/>${TEXT}`,
  'uploads/map.geojson': `{}${TEXT}`,
  'robots.txt': 'User-agent: *',
  'sw.js': `let b${TEXT}`,
  'site.webmanifest': `{}${TEXT}`,
};

const build: Build = async (folder) => {
  for (const [name, content] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  compressSite(folder);
  return undefined;
};

/** Addresses of all files, and of one that is not there. */
const ADDRESSES = [
  ...Object.keys(FILES).map((name) => name.replace(/(?:^|(?<=\/))index\.html$/, '')),
  'nothing/',
];

const COMPARED = [
  'access-control-allow-origin',
  'cache-control',
  'content-encoding',
  'content-security-policy',
  'content-type',
  'permissions-policy',
  'referrer-policy',
  'x-content-type-options',
];

async function headersOf(url: string) {
  const { status, headers } = await fetch(url, {
    headers: { 'accept-encoding': 'br, gzip' },
    redirect: 'manual',
  });
  const compared: Record<string, string | null> = Object.fromEntries(
    COMPARED.map((name) => [name, headers.get(name)]),
  );
  // JSON and XML are UTF-8 unless they say otherwise.
  const type = compared['content-type']?.toLowerCase().replace(/((?:json|xml)); charset=utf-8$/, '$1');
  return {
    status,
    ...compared,
    'content-type': type,
    encoding: compared['content-encoding'],
    varies: /accept-encoding/i.test(headers.get('vary') ?? ''),
  };
}

const SERVERS = [
  { name: 'nginx', program: NGINX, start: startNginx },
  { name: 'Caddy', program: CADDY, start: startCaddy },
];

describe.each(SERVERS)('$name 送网站', ({ name, program, start }) => {
  let office: Office;
  let front: WebServer;

  beforeAll(async () => {
    if (!program) return;
    const port = await freePort();
    office = await openNewsroom({
      steps: [],
      content: 'tests/fixtures/county',
      build,
      settings: { publicUrl: `http://127.0.0.1:${port}`, proxy: '127.0.0.1' },
    });
    front = await start({
      folder: join(office.data, name),
      site: join(office.data, 'releases/live'),
      portal: new URL(office.url).host,
      port,
    });
  });
  afterAll(async () => {
    await front?.close();
    await office?.close();
  });

  test.skipIf(!program)('每一种文件的头、压缩都与服务器自己发的一样', async () => {
    for (const address of ADDRESSES) {
      const own = await headersOf(office.url + address);
      const fronted = await headersOf(front.url + address);
      // A file that has no compressed form does not vary.
      expect(fronted, address).toEqual({ ...own, varies: fronted.varies });
      if (own.encoding) expect(fronted.varies, address).toBe(true);
    }
  });

  test.skipIf(!program)('压缩的每一种各有 ETag，日期与服务器发的一致，没变的不再发，断了的接着下', async () => {
    const ask = (url: string, address: string, headers: Record<string, string>) =>
      fetch(url + address, { headers });
    for (const address of ['', '_astro/a.1.js', 'caravan/calendar.ics']) {
      const tags = new Set<string | null>();
      for (const encoding of ['br', 'gzip', 'identity']) {
        const accepted = { 'accept-encoding': encoding };
        const [own, fronted] = [
          await ask(office.url, address, accepted),
          await ask(front.url, address, accepted),
        ];
        const said = `${address} ${encoding}`;
        const sent = fronted.headers.get('content-encoding');
        expect(sent ?? 'identity', said).toBe(encoding);
        expect(fronted.headers.get('vary'), said).toMatch(/accept-encoding/i);
        const modified = fronted.headers.get('last-modified') ?? '';
        expect(modified, said).toBe(own.headers.get('last-modified'));
        expect(await fronted.text(), said).toBe(await own.text());
        const tag = fronted.headers.get('etag') ?? '';
        tags.add(tag);
        const again = await ask(front.url, address, { ...accepted, 'if-none-match': tag });
        expect([again.status, again.headers.get('cache-control')], said).toEqual([
          304,
          own.headers.get('cache-control'),
        ]);
        expect((await ask(front.url, address, { ...accepted, 'if-modified-since': modified })).status).toBe(304);
      }
      expect(tags.size, address).toBe(3);
    }
    for (const url of [office.url, front.url]) {
      const part = await ask(url, 'uploads/a.pdf', { range: 'bytes=1-2' });
      expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, 'bytes 1-2/4', 'PD']);
    }
  });

  test.skipIf(!program)('文件由它送，后台、接口、刚上传的转给服务器，数字不给人看', async () => {
    const asks = async (path: string) => (await fetch(front.url + path, { redirect: 'manual' })).status;
    expect(await (await fetch(`${front.url}articles/`)).text()).toBe(TEXT);
    expect([301, 308]).toContain(await asks('articles'));
    expect(await asks('admin/login/')).toBe(200);
    expect(await asks('api/session')).toBe(401);
    expect(await asks('healthz')).toBe(200);
    expect(await asks('metrics')).toBe(404);
    expect(await asks('api/requests/form')).toBe((await fetch(`${office.url}api/requests/form`)).status);
    const uploads = join(office.data, 'content/uploads');
    mkdirSync(uploads, { recursive: true });
    writeFileSync(join(uploads, 'fresh.svg'), '<svg/>');
    expect(await asks('uploads/fresh.svg')).toBe(200);
    for (const path of ['..%2fportal.db', '%2e%2e/%2e%2e/portal.db', '../release.json'])
      expect(await asks(path), path).not.toBe(200);
  });

  test.skipIf(!program)('发布以后，下一个访客看到的就是新的', async () => {
    FILES['index.html'] = `<h1>新的首页</h1>${TEXT}`;
    const pressed = await office.administrator.post('admin/desk/releases/', { id: REBUILD });
    expect(pressed.status).toBe(303);
    await office.served.settled();
    expect(await (await fetch(front.url)).text()).toContain('新的首页');
    FILES['index.html'] = TEXT;
  });
});
