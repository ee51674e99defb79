import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openOtherSites, type OtherSites } from '../../../../tests/support/other-sites.ts';
import { openOutsideLinks, type OutsideLinks, type OutsideLinksOptions } from './index.ts';
import { visit, type Visiting } from './visit.ts';

/** One round of visits to other sites: what is dead, what is left alone, and how politely it goes. */

const FILE = 'content/articles/qing-zhu.mdx';
const FIELD = '「资料来源」第 1 项「网址」';

let sites: OtherSites;
const at: OtherSites['at'] = (...parts) => sites.at(...parts);

beforeAll(async () => {
  sites = await openOtherSites();
});
beforeEach(() => sites.clear());
afterAll(() => sites.close());

/** Makes one round. */
async function round(
  addresses: readonly string[],
  options: Partial<OutsideLinksOptions> = {},
): Promise<OutsideLinks> {
  const links = openOutsideLinks({
    file: join(mkdtempSync(join(tmpdir(), 'outside-')), 'outside-links.json'),
    links: () => addresses.map((address) => ({ address, file: FILE, line: 9, field: FIELD })),
    isWanted: () => true,
    site: () => 'https://kepu.maihe.example',
    rules: sites.rules,
    pauseMs: 0,
    startAfterMs: 0,
    ...options,
  });
  links.checkIfDue();
  await links.settled();
  return links;
}

/** The reasons why addresses are dead. One that opens is visited with them, which shows that the machine is on line. */
const deadAmong = async (...addresses: string[]) =>
  (await round([at('/well'), ...addresses])).problems().map(({ message }) => message);

test('没有了的网页，说出是哪条内容、什么网址、怎么办', async () => {
  expect((await round([at('/gone#part')])).problems()).toEqual([
    {
      rule: 'links',
      severity: 'warning',
      file: FILE,
      line: 9,
      field: FIELD,
      outside: at('/gone#part'),
      message: `${at('/gone#part')} 打不开：对方说没有这一页（404）。请换一个网址，或删去`,
    },
  ]);
  expect(await deadAmong(at('/gone-for-good'))).toEqual([expect.stringContaining('410')]);
  expect(await deadAmong(at('/moved-to-nothing'))).toEqual([expect.stringContaining('404')]);
});

test('域名不存在，立刻就说', async () => {
  expect(await deadAmong('https://no-such-school.example/')).toEqual([
    expect.stringContaining('这个网站已经不在了'),
  ]);
});

test.each([
  '/well',
  '/members',
  '/robots-out',
  '/only-get',
  '/head-hangs-up',
  '/head-is-gone',
  '/moved',
  '/moved-to-chinese',
  '/round-and-round',
  '/to-mail',
])('「%s」不算坏链接：那边有人', async (path) => {
  expect(await deadAmong(at(path))).toEqual([]);
});

test.each([
  // Browsers complete the chain by themselves, and speak encryption that is too old for this program.
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', { found: 'open' }],
  ['EPROTO', { found: 'open' }],
  ['CERT_HAS_EXPIRED', { found: 'failed', reason: expect.stringContaining('证书'), isAnswered: true }],
  ['ECONNREFUSED', { found: 'failed', reason: expect.stringContaining('没有开'), isAnswered: false }],
  ['EHOSTUNREACH', { found: 'failed', reason: expect.stringContaining('连不上'), isAnswered: false }],
])('连接以 %s 结束时怎样算', async (code, outcome) => {
  const how: Visiting = {
    ...sites.rules,
    resolve: () => Promise.reject(Object.assign(new Error(code), { code })),
    userAgent: 'test',
    signal: new AbortController().signal,
    runForHost: (_host, job) => job(),
  };
  expect(await visit('https://well.test/', how)).toEqual(outcome);
});

test('先只问网页的头，对方不肯才取整页', async () => {
  await deadAmong(at('/only-get'));
  expect(sites.seen.requests.filter(({ path }) => path === '/well').map(({ method }) => method)).toEqual([
    'HEAD',
  ]);
  const others = sites.seen.requests.filter(({ path }) => path === '/only-get');
  expect(others.map(({ method }) => method)).toEqual(['HEAD', 'GET']);
});

test('没完没了的网页，几乎不往下读', async () => {
  expect(await deadAmong(at('/endless'))).toEqual([]);
  await wait(50);
  // What the sockets of both sides hold.
  expect(sites.seen.bytesSent).toBeLessThan(10_000_000);
});

test.each(['/to-inner', '/to-metadata', '/to-loopback', '/to-other-port'])(
  '转到「%s」这样的地方不跟着去，也不算坏链接',
  async (path) => {
    const links = await round([at('/well'), at(path)]);
    expect(links.problems()).toEqual([]);
    expect(links.state()).toMatchObject({ state: 'done', looked: 2, refused: 1, isOnline: true });
  },
);

test('照大家都用的规则，这台机器和旁边的机器都不访问', async () => {
  const { port, rules } = sites;
  const addresses = [
    `http://127.0.0.1:${port}/well`,
    `http://2130706433:${port}/gone`,
    `http://localhost:${port}/well`,
    'http://[::ffff:127.0.0.1]/',
    'http://192.168.1.1/',
    'http://169.254.169.254/',
  ];
  const links = await round(addresses, { rules: { timeoutMs: rules.timeoutMs } });
  expect(sites.seen.requests).toEqual([]);
  expect(links.state()).toMatchObject({ refused: addresses.length });
});

test('查过的地址就是连接的地址：每转一次，域名只查一次', async () => {
  await deadAmong(at('/moved', 'rebinding.test'));
  expect(sites.seen.names.filter((name) => name === 'rebinding.test')).toHaveLength(2);
  expect(sites.seen.requests.filter(({ host }) => host === 'rebinding.test')).toHaveLength(2);
});

test('除了程序和网站的名字，不透露是谁在问', async () => {
  await round([`http://wang:geheim@well.test:${sites.port}/sets-cookie`]);
  expect(sites.seen.requests).toHaveLength(2);
  for (const { headers } of sites.seen.requests) {
    expect(headers['user-agent']).toBe('CountySciencePortal-LinkCheck/1.0 (+https://kepu.maihe.example/)');
    expect(Object.keys(headers).sort()).toEqual(['accept', 'connection', 'host', 'user-agent']);
  }
});

test('每个网页只问一次，同时问两个，每个网站一个', async () => {
  const hosts = ['a.test', 'b.test', 'c.test'];
  const addresses = hosts.flatMap((host) => [1, 2, 3, 4].map((page) => at(`/slow?page=${page}`, host)));
  await round([...addresses, ...addresses, ...addresses.map((address) => `${address}#part`)]);
  expect(sites.seen.requests).toHaveLength(addresses.length);
  expect(sites.seen).toMatchObject({ atOnce: 2, atOneHost: 1 });
});

test('两次访问同一个网站之间停一停', async () => {
  const since = performance.now();
  await round([at('/well?1'), at('/well?2'), at('/well?3')], { pauseMs: 100 });
  expect(sites.seen.requests).toHaveLength(3);
  expect(performance.now() - since).toBeGreaterThan(195);
});

test('一轮最多访问两千个网址', async () => {
  const many = Array.from({ length: 2010 }, (_, index) => `http://10.0.0.1/${index}`);
  const links = await round(many);
  expect(links.state()).toMatchObject({ looked: 2000, left: 10 });
});
