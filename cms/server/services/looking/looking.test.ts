import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { MOST_ANSWERS, MOST_LINKS, openLookLinks } from './index.ts';

/** Links for looking: what is kept of them, and when they end. */

const DAY_MS = 86_400_000;
const PATH = 'content/articles/jia.mdx';
const by = { login: 'wang', name: '小王' };

function opened() {
  const database = new DatabaseSync(':memory:');
  let time = Date.parse('2026-11-24T01:00:00Z');
  const links = openLookLinks({ database, now: () => new Date(time) });
  const make = (days: 1 | 3 | 7 = 3) => links.make({ path: PATH, commit: undefined, by, days }) ?? '';
  return { database, links, make, pass: (ms: number) => (time += ms) };
}

test('网址里的口令猜不出来，数据库里没有它', () => {
  const { database, links, make } = opened();
  const secret = make();
  expect(Buffer.from(secret, 'base64url').length).toBeGreaterThanOrEqual(16);
  expect(make()).not.toBe(secret);
  expect(JSON.stringify(database.prepare('SELECT * FROM lookLinks').all())).not.toContain(secret);
  expect(links.find(secret)).toMatchObject({ path: PATH, by });
  expect(links.find(`${secret}x`)).toBeUndefined();
  expect(links.find('')).toBeUndefined();
});

test('到期失效，收回失效，过久了忘掉', () => {
  const { database, links, make, pass } = opened();
  const secret = make(1);
  const other = make(7);
  pass(DAY_MS + 1);
  expect(links.find(secret)).toBeUndefined();
  const [left] = links.of(PATH);
  expect(links.revoke('content/articles/yi.mdx', left?.id ?? '')).toBe(false);
  expect(links.revoke(PATH, left?.id ?? '')).toBe(true);
  expect(links.find(other)).toBeUndefined();
  pass(40 * DAY_MS);
  links.purge();
  expect(database.prepare('SELECT * FROM lookLinks').all()).toEqual([]);
});

test('一稿的网址、一个网址的意见，都有个数', () => {
  const { links, make } = opened();
  const first = make();
  for (let count = 1; count < MOST_LINKS; count++) make();
  expect(make()).toBe('');
  const id = links.find(first)?.id ?? '';
  for (let count = 0; count < MOST_ANSWERS; count++) expect(links.countAnswer(id)).toBe(true);
  expect(links.countAnswer(id)).toBe(false);
});

test('改了地址，网址跟着走', () => {
  const { links, make } = opened();
  const secret = make();
  links.moved(PATH, 'content/articles/xin.mdx');
  expect(links.find(secret)?.path).toBe('content/articles/xin.mdx');
});
