import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { visitorOf, type Visitor, PASSWORD } from '../../support/newsroom.ts';
import { descendantsOf, freePort, type Program, startProgram } from '../../support/program.ts';
import { NGINX, startNginx } from '../../support/web-servers.ts';
import { corpusOf } from '../machine/corpus.ts';
import { ALL_CORES, LOADER, pin, requestRate, SERVER_CORE, startLoad } from '../machine/load.ts';
import { cpuOf } from '../machine/measure.ts';
import { quantile } from '../machine/median.ts';
import { OWN, type Row, type Sheet } from '../report/result.ts';
import type { Context } from './context.ts';

/** The whole server (`npm start`) against nginx, configured as `docs/serving/nginx.conf`, on the same folder of files. */

const ROUNDS = 2;
const ROUND_S = 3;
/** Requests a second of quiet visitors, and how long they are watched without a build. */
const QUIET_RATE = 40;
const IDLE_S = 10;

const AIMS = { rate: 0.5, p99: 2 };

interface Server {
  of: string;
  url: string;
  pids: number[];
}

/** Pages and a picture of a site, by what they are. The articles have no photographs: it is a share picture. */
function addressesOf(site: string, slug: string): Record<string, string> {
  const picture = `og/articles/${slug}.png`;
  const { size } = statSync(join(site, picture));
  return {
    首页: '',
    一篇文章: `articles/${slug}/`,
    [`一张图片（${Math.round(size / 1000)} kB）`]: picture,
  };
}

/** Only the newest articles have a share picture. */
function newestOf(site: string, slugs: readonly string[]): string {
  const slug = slugs.findLast((one) => existsSync(join(site, `og/articles/${one}.png`)));
  if (!slug) throw new Error(`${site} 里没有一篇文章有分享图`);
  return slug;
}

/** Requests a second, and microseconds of processor that each costs the server. */
async function speedOf({ url, pids }: Server, address: string): Promise<{ rate: number; cost: number }> {
  const used = () => pids.reduce((sum, pid) => sum + cpuOf(pid), 0);
  const before = used();
  const { rate, errors } = await requestRate(url + address, ROUND_S);
  if (errors > 0) throw new Error(`${url}${address} 有 ${errors} 次没有答好`);
  return { rate, cost: ((used() - before) * 1e6) / (rate * ROUND_S) };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** All servers by turns, on a core of their own. */
async function race(
  sheet: Sheet,
  servers: readonly Server[],
  addresses: Record<string, string>,
): Promise<void> {
  for (const { pids } of servers) for (const pid of pids) pin(pid, SERVER_CORE);
  for (const [what, address] of Object.entries(addresses)) {
    const speeds = servers.map((server) => ({ server, rounds: [] as { rate: number; cost: number }[] }));
    for (const { server } of speeds) await requestRate(server.url + address, 1);
    for (let round = 0; round < ROUNDS; round++)
      for (const { server, rounds } of speeds) rounds.push(await speedOf(server, address));
    const [own, ...others] = speeds.map(({ server, rounds }) =>
      sheet.row(server.of, what, {
        rate: mean(rounds.map(({ rate }) => rate)),
        cost: mean(rounds.map(({ cost }) => cost)),
      }),
    );
    for (const peer of others) {
      sheet.compare(own as number, peer);
      sheet.aim(`${what} ÷ nginx`, { own: own as number, peer, metric: 'rate', least: AIMS.rate });
    }
  }
  for (const { pids } of servers) for (const pid of pids) pin(pid, ALL_CORES);
}

/** The first administrator of a program that has just started. */
async function administratorOf({ url, printed }: Program): Promise<Visitor> {
  const visitor = visitorOf(url);
  const token = /setup\/\?token=(\S+)/.exec(printed())?.[1] ?? '';
  await visitor.post('admin/setup/', {
    token: decodeURIComponent(token),
    ...{ name: '王主任', login: 'wang', password: PASSWORD, again: PASSWORD },
  });
  return visitor;
}

async function watched(urls: readonly string[], until: () => Promise<unknown>): Promise<Row['figures']> {
  const load = startLoad(urls, { connections: 8, rate: QUIET_RATE });
  await until();
  const { times, errors } = await load.stop();
  if (errors > 0) throw new Error(`有 ${errors} 次没有答好`);
  return {
    median: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    slowest: Math.max(...times),
    count: times.length,
  };
}

const ASK_EVERY_MS = 250;

/** Builds the whole site anew, as the button on the desk does. */
async function rebuild({ post, call }: Visitor): Promise<void> {
  const before = (await call('GET', 'status')).builtAt;
  await post('admin/desk/releases/', { id: 'again' });
  for (;;) {
    const { state, builtAt, message } = await call('GET', 'status');
    if (state === 'failed') throw new Error(String(message));
    if (state === 'idle' && builtAt !== before) return;
    await wait(ASK_EVERY_MS);
  }
}

export async function benchServing({ sheet, size }: Context): Promise<void> {
  const { content, slugs } = corpusOf(size);
  const data = mkdtempSync(join(tmpdir(), 'bench-serving-'));
  const program = await startProgram({ data, content });
  try {
    await program.says('都准备好了');
    const administrator = await administratorOf(program);
    const site = join(data, 'releases/live');
    const addresses = addressesOf(site, newestOf(site, slugs));
    const own: Server = { of: OWN, url: program.url, pids: [program.child.pid ?? 0] };
    if (NGINX) {
      const port = await freePort();
      const portal = new URL(program.url).host;
      const nginx = await startNginx({ folder: join(data, 'nginx'), site, portal, port });
      const pids = [...descendantsOf(process.pid)]
        .filter(([, line]) => line.startsWith('nginx'))
        .map(([pid]) => pid);
      await race(sheet, [own, { of: 'nginx', url: nginx.url, pids }], addresses);
      await nginx.close();
    } else {
      await race(sheet, [own], addresses);
      sheet.note('这台机器上没有 nginx，没有和它比。');
    }
    const pages = Object.values(addresses).map((address) => program.url + address);
    const idle = sheet.row(OWN, '空闲时', await watched(pages, () => wait(IDLE_S * 1000)));
    const busy = sheet.row(OWN, '一边重新生成整个网站', await watched(pages, () => rebuild(administrator)));
    sheet.compare(busy, idle);
    sheet.aim('p99，生成网站时 ÷ 空闲时', { own: busy, peer: idle, metric: 'p99', most: AIMS.p99 });
  } finally {
    await program.stop();
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  }
  sheet.note(
    `每秒次数由 ${LOADER} 用 16 个长连接问出来，服务器在一个核，问的在另一个核；nginx 用一个工作进程和 docs/serving/nginx.conf。空闲和生成时的是每秒 ${QUIET_RATE} 次的访问，三种地址轮着来，从发出到收完，问的进程和服务器、生成网站的进程同用全部核。`,
  );
}
