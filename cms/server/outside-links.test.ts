import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { openOtherSites, type OtherSites } from '../../tests/support/other-sites.ts';
import { openOutsideLinks, type OutsideLinksOptions } from './outside-links.ts';

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
    links.look();
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

test.each(['/sometimes', '/broken', '/silent'])(
  '%s is told on the third day on which it fails',
  async (path) => {
    const { nextDay, sameDay } = fromDayToDay(path);
    sites.isUp = false;
    expect(await nextDay()).toEqual([]);
    expect(await sameDay()).toEqual([]);
    expect(await nextDay()).toEqual([]);
    expect(await nextDay()).toEqual([expect.stringContaining('从2026年11月21日起每次都打不开')]);
    expect(await nextDay()).toEqual([expect.stringContaining('从2026年11月21日起每次都打不开')]);
  },
);

test('a day on which it opens begins the count anew', async () => {
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

test('a restart neither forgets the days nor counts one twice', async () => {
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

test('one round a day', async () => {
  const { nextDay, sameDay } = fromDayToDay('/well?twice');
  await nextDay();
  expect(sites.seen.requests).toHaveLength(2);
  await sameDay();
  expect(sites.seen.requests).toHaveLength(2);
  await nextDay();
  expect(sites.seen.requests).toHaveLength(4);
});

test('a file that was damaged is begun anew', async () => {
  const { file, reopen, nextDay } = fromDayToDay('/gone');
  await nextDay();
  writeFileSync(file, '{"troubles": 1');
  reopen();
  expect(await nextDay()).toHaveLength(1);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ round: { isOnline: true, looked: 2 } });
});

test('a machine without a way out reports nothing and says so; what it knew comes back with the network', async () => {
  let hour = 0;
  const links = opened([at('/gone'), 'https://no-such-school.example/'], {
    now: () => new Date(Date.UTC(2026, 10, 20, hour)),
  });
  const look = async () => {
    links.look();
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

test('where every name is unknown, the machine has no way out either', async () => {
  const links = opened(['https://a.example/', 'https://b.example/']);
  links.look();
  await links.settled();
  expect(links.problems()).toEqual([]);
  expect(links.state()).toMatchObject({ isOnline: false });
});

test('an office that does not want it visits nobody, and nothing is told', async () => {
  let isWanted = true;
  const links = opened([at('/gone')], { isWanted: () => isWanted });
  links.look();
  await links.settled();
  expect(links.problems()).toHaveLength(1);
  isWanted = false;
  expect(links.problems()).toEqual([]);
  expect(links.state()).toEqual({ state: 'off' });

  const off = opened([at('/well')], { isWanted: () => false });
  sites.clear();
  off.look();
  await off.settled();
  expect(sites.seen.requests).toEqual([]);
});

test('switching it off ends the round that runs, and closing does too', async () => {
  let isWanted = true;
  const links = opened([at('/silent')], {
    isWanted: () => isWanted,
    rules: { ...sites.rules, timeoutMs: 60_000 },
  });
  links.look();
  await vi.waitFor(() => expect(sites.seen.requests).toHaveLength(1));
  isWanted = false;
  links.look();
  await links.settled();
  expect(links.problems()).toEqual([]);
  isWanted = true;
  links.look();
  await vi.waitFor(() => expect(sites.seen.requests).toHaveLength(2));
  await links.close();
  links.look();
  await links.settled();
  expect(sites.seen.requests).toHaveLength(2);
});

test('a link that was mended is no longer told, before the next round', async () => {
  let addresses = [at('/gone')];
  const links = opened([], { links: () => addresses.map(linkTo) });
  links.look();
  await links.settled();
  expect(links.problems()).toHaveLength(1);
  addresses = [at('/well')];
  expect(links.problems()).toEqual([]);
});

test('until the content has been read nothing happens', async () => {
  const links = opened([], { links: () => undefined });
  links.look();
  await links.settled();
  expect(links.state()).toEqual({ state: 'waiting' });
  expect(links.problems()).toEqual([]);
});
