import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';

const folder = vi.hoisted(() => {
  // The folders are read when the modules are loaded.
  const made = `${process.env.TMPDIR ?? '/tmp'}/portal-uses-${process.pid}-${Date.now()}`;
  process.env.CONTENT_DIR = made;
  return made;
});

import { allNames } from './uses.ts';

const write = (path: string, text: string) => writeFileSync(join(folder, path), text);
const article = (title: string, more = '') => `---\ntitle: ${title}\ntopic: crops\n${more}---\n\n正文。\n`;

beforeEach(() => {
  rmSync(folder, { recursive: true, force: true });
  for (const name of ['articles', 'data']) mkdirSync(join(folder, name), { recursive: true });
  write('data/topics.yaml', 'items:\n  - { id: crops, name: 种植 }\n  - { id: bees, name: 养蜂 }\n');
  write('articles/yi.mdx', article('甲'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('names follow the files: another title, a file that is gone, one that cannot be read', async () => {
  write('articles/er.mdx', article('乙'));
  write('articles/san.mdx', '没有开头');
  expect(await allNames()).toMatchObject({
    articles: { yi: '甲', er: '乙', san: 'san' },
    topics: { crops: '种植', bees: '养蜂' },
  });
  write('articles/yi.mdx', article('甲的新题目'));
  write('data/topics.yaml', 'items:\n  - { id: crops, name: 种植业 }\n');
  rmSync(join(folder, 'articles/er.mdx'));
  const { articles, topics } = await allNames();
  expect(articles).toEqual({ yi: '甲的新题目', san: 'san' });
  expect(topics).toEqual({ crops: '种植业' });
});

test('while the names of many files are read, other work gets its turn, even when it takes files away', async () => {
  for (let index = 0; index < 400; index++) write(`articles/a-${index}.mdx`, article(`第 ${index} 篇`));
  let isDone = false;
  const names = allNames().finally(() => {
    isDone = true;
  });
  let turns = 0;
  for (; !isDone; turns++) {
    rmSync(join(folder, 'articles/yi.mdx'), { force: true });
    await nextTurn();
  }
  expect(turns).toBeGreaterThan(5);
  const { articles } = await names;
  expect(Object.keys(articles ?? {})).toHaveLength(400);
});
