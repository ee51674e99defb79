import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { filesBelow } from '../../cms/server/build/files/linking.ts';
import { PASSWORD, type Visitor, visitorOf } from '../support/newsroom.ts';
import { freePort, type Program, startProgram } from '../support/program.ts';
import { type Leaving, visit } from '../support/readers.ts';
import { NGINX, startProxy, type WebServer } from '../support/web-servers.ts';

/**
 * Readers, editors and publishes at once behind nginx. `npm run test:all` takes a minute and some thousand requests of
 * it; `SOAK_MINUTES=10` before it goes on for so long, and for 20,000 requests at least.
 */
const MINUTES = Number(process.env.SOAK_MINUTES) || 0;
const REQUESTS = MINUTES ? 20_000 : 3000;
const READERS = 24;
const EDITORS = 2;
const TYPING_MS = 300;
const BETWEEN_PUBLISHES_MS = 4000;
const SAMPLE_MS = 1000;

const WAIT = { timeout: 60_000, interval: 500 };
const canRun = NGINX !== undefined && existsSync('/proc/self/fd');

const data = mkdtempSync(join(tmpdir(), 'portal-soak-'));
let program: Program;
let front: WebServer;
let port: number;

const start = async (openFiles?: number) => {
  const started = await startProgram({ data, ...(openFiles ? { openFiles } : {}) });
  await started.says('都准备好了');
  return started;
};

beforeAll(async () => {
  if (!canRun) return;
  port = await freePort();
  writeFileSync(
    join(data, 'server.json'),
    JSON.stringify({
      steps: [],
      outsideLinks: false,
      publicUrl: `http://127.0.0.1:${port}`,
      proxy: '127.0.0.1',
    }),
  );
  program = await start();
  front = await startProxy({ folder: join(data, 'nginx'), portal: new URL(program.url).host, port });
});
afterAll(async () => {
  await front?.close();
  await program?.stop();
  rmSync(data, { recursive: true, force: true, maxRetries: 5 });
});

/** A figure of `/metrics`, which the server tells this machine only. */
async function figures(): Promise<(name: string) => number> {
  const text = await (await fetch(`${program.url}metrics`)).text();
  return (name) => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1] ?? Number.NaN);
}
const openFiles = async () => (await figures())('process_open_fds');

async function signedIn(): Promise<Visitor> {
  const person = visitorOf(front.url);
  const token = /setup\/\?token=(\S+)/.exec(program.printed())?.[1];
  const account = { name: '王主任', login: 'wang', password: PASSWORD, again: PASSWORD };
  if (token) await person.post('admin/setup/', { token, ...account });
  await person.post('admin/login/', { login: 'wang', password: PASSWORD });
  return person;
}

interface Tally {
  requests: number;
  brokenOff: number;
  saved: number;
  published: number;
  errors: string[];
}

/** Reads pages, scripts, pictures and calendars; half of the readers go before they are done. */
async function read(paths: readonly string[], tally: Tally, isOver: () => boolean): Promise<void> {
  const ways: Leaving[] = ['never', 'after the last byte', 'never', 'midway'];
  while (!isOver()) {
    const turn = tally.requests++;
    const leaving = ways[turn % ways.length] as Leaving;
    if (leaving !== 'never') tally.brokenOff += 1;
    const path = `/${paths[(turn * 7919) % paths.length]}`;
    const { status } = await visit(new URL(front.url), path, leaving);
    if (status === 0 ? leaving === 'never' : status >= 400) tally.errors.push(`${path}：${status}`);
  }
}

async function save(
  person: Visitor,
  path: string,
  tally: Tally,
): Promise<Awaited<ReturnType<Visitor['call']>>> {
  const { text, version } = await person.call('GET', `file?path=${path}`);
  const saved = await person.call('PUT', 'file', {
    path,
    version,
    text: `${text}\n第 ${tally.saved} 次改动。\n`,
  });
  if (saved.status === 200) tally.saved += 1;
  else tally.errors.push(`保存 ${path}：${saved.status} ${saved.message}`);
  return saved;
}

async function write(person: Visitor, path: string, tally: Tally, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    await save(person, path, tally);
    await wait(TYPING_MS);
  }
}

async function publish(person: Visitor, path: string, tally: Tally, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const { version, problems = [] } = await save(person, path, tally);
    const accepted = (problems as { message: string }[]).map(({ message }) => message);
    const done = await person.call('POST', 'review', { path, version, action: 'publish', accepted });
    if (done.status === 200) tally.published += 1;
    else tally.errors.push(`发布 ${path}：${done.status} ${done.message}`);
    await wait(BETWEEN_PUBLISHES_MS);
  }
}

test.skipIf(!canRun)(
  '读者、编辑、发布一起来，一半读者走到一半就断开：打开的文件不增加，没有一个错误',
  async () => {
    const site = join(data, 'releases/live');
    const pages = filesBelow(site).filter((name) => !/\.(?:br|gz)$|^404|^admin\//.test(name));
    const paths = pages.map((name) => encodeURI(name.replace(/(^|\/)index\.html$/, '$1')));
    const articles = readdirSync('tests/fixtures/county/articles').map((name) => `content/articles/${name}`);
    const person = await signedIn();
    const before = await openFiles();
    const ends = Date.now() + MINUTES * 60_000;
    const tally: Tally = { requests: 0, brokenOff: 0, saved: 0, published: 0, errors: [] };
    const isOver = () => tally.requests >= REQUESTS && Date.now() >= ends;

    const peaks = { files: 0, memory: 0, stall: 0 };
    const watch = async () => {
      while (!isOver()) {
        const figure = await figures();
        peaks.files = Math.max(peaks.files, figure('process_open_fds'));
        peaks.memory = Math.max(peaks.memory, figure('process_resident_memory_bytes'));
        peaks.stall = Math.max(peaks.stall, figure('nodejs_eventloop_lag_max_seconds'));
        await wait(SAMPLE_MS);
      }
    };
    const began = performance.now();
    await Promise.all([
      ...Array.from({ length: READERS }, () => read(paths, tally, isOver)),
      ...articles.slice(1, 1 + EDITORS).map((path) => write(person, path, tally, isOver)),
      publish(person, articles[0] as string, tally, isOver),
      watch(),
    ]);
    const seconds = (performance.now() - began) / 1000;
    await expect.poll(openFiles, WAIT).toBeLessThan(before + 20);
    console.log(
      [
        `${Math.round(seconds)} 秒：${tally.requests} 个请求（断开 ${tally.brokenOff} 个），保存 ${tally.saved} 次，发布 ${tally.published} 次`,
        `打开的文件 ${before} → 最多 ${peaks.files} → ${await openFiles()}`,
        `内存最多 ${Math.round(peaks.memory / 1024 / 1024)} MB，事件循环最长停 ${Math.round(peaks.stall * 1000)} 毫秒`,
        `错误 ${tally.errors.length} 个`,
      ].join('\n'),
    );
    expect(tally.errors).toEqual([]);
    expect(tally.published).toBeGreaterThan(0);
  },
);

/** The server itself has some 40 files open. */
const LOW_LIMIT = 96;
const HOLDING = 150;

test.skipIf(!canRun)('打开的文件到了上限，服务器不停，说出来，松开以后照常读、照常保存', async () => {
  await program.stop();
  program = await start(LOW_LIMIT);
  await front.close();
  front = await startProxy({ folder: join(data, 'nginx'), portal: new URL(program.url).host, port });
  const person = await signedIn();
  const path = 'content/articles/mai-zi.mdx';
  const tally: Tally = { requests: 0, brokenOff: 0, saved: 0, published: 0, errors: [] };
  await save(person, path, tally);

  // Each reader holds a connection; a save needs pipes to Git.
  const { connect } = await import('node:net');
  const { hostname, port: direct } = new URL(program.url);
  const held = Array.from({ length: HOLDING }, () => connect(Number(direct), hostname).on('error', () => {}));
  await wait(SAMPLE_MS);
  for (let turn = 0; turn < 10; turn++)
    await Promise.race([save(person, path, tally).catch(() => {}), wait(SAMPLE_MS)]);
  for (const socket of held) socket.destroy();

  await expect.poll(async () => (await fetch(front.url)).status, WAIT).toBe(200);
  await expect
    .poll(
      async () => (await person.call('GET', `file?path=${path}`).catch(() => ({ status: 0 }))).status,
      WAIT,
    )
    .toBe(200);
  tally.errors = [];
  await save(person, path, tally);
  expect(tally.errors).toEqual([]);
  expect(program.child.exitCode).toBeNull();
  expect((await figures())('portal_open_files_limit_reached')).toBeGreaterThan(0);
  expect(program.printed().match(/到了上限（96）/g)).toHaveLength(1);
});
