import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { openOtherSites, type OtherSites } from '../../../../tests/support/other-sites.ts';
import { openOutsideLinks, type OutsideLinksOptions } from './index.ts';

/** Links to other sites from day to day: what is told when, what is remembered, and who may switch it off. */

let sites: OtherSites;
const at: OtherSites['at'] = (...parts) => sites.at(...parts);

beforeAll(async () => {
  sites = await openOtherSites();
});
beforeEach(() => sites.clear());
afterAll(() => sites.close());

const linkTo = (address: string) => ({
  address,
  file: 'content/articles/qing-zhu.mdx',
  line: 9,
  field: undefined,
});

const newFile = () => join(mkdtempSync(join(tmpdir(), 'outside-')), 'outside-links.json');

function opened(addresses: readonly string[], options: Partial<OutsideLinksOptions> = {}) {
  return openOutsideLinks({
    file: newFile(),
    links: () => addresses.map(linkTo),
    isWanted: () => true,
    site: () => 'https://kepu.maihe.example',
    rules: sites.rules,
    pauseMs: 0,
    startAfterMs: 0,
    ...options,
  });
}

/** A clock that is set by hand, and a link that opens on some days, looked at by one server after another. */
function fromDayToDay(path = '/sometimes') {
  const file = newFile();
  let day = 20;
  const open = () =>
    opened([at('/well'), at(path)], { file, now: () => new Date(Date.UTC(2026, 10, day, 9)) });
  let links = open();
  const sameDay = async () => {
    links.checkIfDue();
    await links.settled();
    return links.problems().map(({ message }) => message);
  };
  return {
    file,
    sameDay,
    nextDay: () => {
      day++;
      return sameDay();
    },
    reopen: () => {
      links = open();
    },
  };
}

test.each(['/sometimes', '/broken', '/silent'])('「%s」打不开的第三天才说', async (path) => {
  const { nextDay, sameDay } = fromDayToDay(path);
  sites.isUp = false;
  expect(await nextDay()).toEqual([]);
  expect(await sameDay()).toEqual([]);
  expect(await nextDay()).toEqual([]);
  expect(await nextDay()).toEqual([expect.stringContaining('从2026年11月21日起每次都打不开')]);
  expect(await nextDay()).toEqual([expect.stringContaining('从2026年11月21日起每次都打不开')]);
});

test('中间有一天打得开，就从头数起', async () => {
  const { nextDay } = fromDayToDay();
  sites.isUp = false;
  await nextDay();
  await nextDay();
  sites.isUp = true;
  expect(await nextDay()).toEqual([]);
  sites.isUp = false;
  expect(await nextDay()).toEqual([]);
  expect(await nextDay()).toEqual([]);
  expect(await nextDay()).toHaveLength(1);
  sites.isUp = true;
  expect(await nextDay()).toEqual([]);
});

test('重启既不忘记打不开的日子，也不把同一天算两次', async () => {
  const { nextDay, sameDay, reopen } = fromDayToDay();
  sites.isUp = false;
  await nextDay();
  for (let restarts = 0; restarts < 3; restarts++) {
    reopen();
    expect(await sameDay()).toEqual([]);
  }
  await nextDay();
  reopen();
  expect(await nextDay()).toHaveLength(1);
  reopen();
  expect(await sameDay()).toHaveLength(1);
});

test('一天查一轮', async () => {
  const { nextDay, sameDay } = fromDayToDay('/well?twice');
  await nextDay();
  expect(sites.seen.requests).toHaveLength(2);
  await sameDay();
  expect(sites.seen.requests).toHaveLength(2);
  await nextDay();
  expect(sites.seen.requests).toHaveLength(4);
});

test('文件坏了就从头来', async () => {
  const { file, reopen, nextDay } = fromDayToDay('/gone');
  await nextDay();
  writeFileSync(file, '{"troubles": 1');
  reopen();
  expect(await nextDay()).toHaveLength(1);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ round: { isOnline: true, looked: 2 } });
});

test('连不上外网的机器不报坏链接，只说明连不上；网通了，以前查到的又有了', async () => {
  let hour = 0;
  const links = opened([at('/gone'), 'https://no-such-school.example/'], {
    now: () => new Date(Date.UTC(2026, 10, 20, hour)),
  });
  const look = async () => {
    links.checkIfDue();
    await links.settled();
    return links.problems();
  };
  expect(await look()).toHaveLength(2);
  sites.isOnline = false;
  hour += 24;
  expect(await look()).toEqual([]);
  expect(links.state()).toMatchObject({ state: 'done', isOnline: false });
  sites.isOnline = true;
  // Not at once, but on the same day.
  expect(await look()).toEqual([]);
  hour += 1;
  expect(await look()).toHaveLength(2);
});

test('一个域名也查不到，同样是这台机器连不上外网', async () => {
  const links = opened(['https://a.example/', 'https://b.example/']);
  links.checkIfDue();
  await links.settled();
  expect(links.problems()).toEqual([]);
  expect(links.state()).toMatchObject({ isOnline: false });
});

test('编辑部不要查，就谁也不访问，什么也不说', async () => {
  let isWanted = true;
  const links = opened([at('/gone')], { isWanted: () => isWanted });
  links.checkIfDue();
  await links.settled();
  expect(links.problems()).toHaveLength(1);
  isWanted = false;
  expect(links.problems()).toEqual([]);
  expect(links.state()).toEqual({ state: 'off' });

  const off = opened([at('/well')], { isWanted: () => false });
  sites.clear();
  off.checkIfDue();
  await off.settled();
  expect(sites.seen.requests).toEqual([]);
});

test('关掉检查，正在查的一轮就停；关服务器时也停', async () => {
  let isWanted = true;
  const links = opened([at('/silent')], {
    isWanted: () => isWanted,
    rules: { ...sites.rules, timeoutMs: 60_000 },
  });
  links.checkIfDue();
  await vi.waitFor(() => expect(sites.seen.requests).toHaveLength(1));
  isWanted = false;
  links.checkIfDue();
  await links.settled();
  expect(links.problems()).toEqual([]);
  isWanted = true;
  links.checkIfDue();
  await vi.waitFor(() => expect(sites.seen.requests).toHaveLength(2));
  await links.close();
  links.checkIfDue();
  await links.settled();
  expect(sites.seen.requests).toHaveLength(2);
});

test('改好的链接不等下一轮就不再说', async () => {
  let addresses = [at('/gone')];
  const links = opened([], { links: () => addresses.map(linkTo) });
  links.checkIfDue();
  await links.settled();
  expect(links.problems()).toHaveLength(1);
  addresses = [at('/well')];
  expect(links.problems()).toEqual([]);
});

test('内容还没读完时什么也不做', async () => {
  const links = opened([], { links: () => undefined });
  links.checkIfDue();
  await links.settled();
  expect(links.state()).toEqual({ state: 'waiting' });
  expect(links.problems()).toEqual([]);
});
