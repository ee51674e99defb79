import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { openContent } from '../../../src/store/index.ts';
import { allNames, usesOf, placesMentioning } from './uses.ts';
import { type Place, placeOf } from '../../documents/places.ts';
import { openDocument } from '../stores/content/entry-document.ts';
import { usesOfRemovedItems } from './newsroom/refusals.ts';

const folder = mkdtempSync(join(tmpdir(), 'portal-uses-'));
const content = openContent({ contentDir: folder });

const write = (path: string, text: string) => writeFileSync(join(folder, path), text);
const article = (title: string, more = '') => `---\ntitle: ${title}\ntopic: crops\n${more}---\n\n正文。\n`;

beforeEach(() => {
  rmSync(folder, { recursive: true, force: true });
  for (const name of ['articles', 'data']) mkdirSync(join(folder, name), { recursive: true });
  write('data/topics.yaml', 'items:\n  - { id: crops, name: 种植 }\n  - { id: bees, name: 养蜂 }\n');
  write('articles/yi.mdx', article('甲'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('名称跟着文件走：换了标题的、没有了的、读不出来的', async () => {
  write('articles/er.mdx', article('乙'));
  write('articles/san.mdx', '没有开头');
  expect(await allNames(content)).toMatchObject({
    articles: { yi: '甲', er: '乙', san: 'san' },
    topics: { crops: '种植', bees: '养蜂' },
  });
  write('articles/yi.mdx', article('甲的新题目'));
  write('data/topics.yaml', 'items:\n  - { id: crops, name: 种植业 }\n');
  rmSync(join(folder, 'articles/er.mdx'));
  const { articles, topics } = await allNames(content);
  expect(articles).toEqual({ yi: '甲的新题目', san: 'san' });
  expect(topics).toEqual({ crops: '种植业' });
});

test('读很多文件的名称时，别的事轮得到做，哪怕是在删文件', async () => {
  for (let index = 0; index < 400; index++) write(`articles/a-${index}.mdx`, article(`第 ${index} 篇`));
  let isDone = false;
  const names = allNames(content).finally(() => {
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

const said = (problems: { file: string; field?: string | undefined; message: string }[]) =>
  problems.map(({ file, field = '', message }) => `${file} ${field}${message}`).sort();

test('引用它、链接到它的都找得到，写在各自现在的文件名下', () => {
  write('articles/er.mdx', article('乙', 'related: [yi, yi-er]\n'));
  write('articles/san.mdx', `${article('丙')}[甲](/articles/yi/) 和 yi、/articles/yi-er/`);
  write('articles/si.mdx', article('丁', 'related: [yi-er]\n'));
  expect(said(usesOf(content, 'articles', 'yi', '去掉'))).toEqual([
    expect.stringMatching(/er\.mdx 「相关文章」第 1 项「乙」（.*）还用着它；去掉/),
    expect.stringMatching(/san\.mdx 「丙」（.*）的正文里有链接；去掉/),
  ]);
  write('articles/er.mdx', article('乙'));
  write('articles/si.mdx', article('丁', 'related: [yi-er, yi]\n'));
  rmSync(join(folder, 'articles/san.mdx'));
  expect(said(usesOf(content, 'articles', 'yi', '去掉'))).toEqual([
    expect.stringMatching(/si\.mdx .*「丁」/),
  ]);
});

test('一次从名录里删很多项，还在用的每一项都说出用在哪里', () => {
  write('articles/er.mdx', article('乙').replace('crops', 'bees'));
  write('articles/san.mdx', article('丙').replace('crops', 'pigs'));
  const items = ['crops', 'bees', 'pigs', ...Array.from({ length: 500 }, (_, index) => `more-${index}`)];
  const text = (ids: string[]) => `items:\n${ids.map((id) => `  - { id: ${id}, name: ${id} }\n`).join('')}`;
  const place = placeOf(content, 'content/data/topics.yaml') as Place;
  const list = (ids: string[]) => openDocument(place, text(ids));
  expect(said(usesOfRemovedItems(list(items), list(['pigs'])))).toEqual([
    expect.stringMatching(/er\.mdx .*再从名录里删「bees」/),
    expect.stringMatching(/yi\.mdx .*再从名录里删「crops」/),
  ]);
});

test('网址名要整个对上，更长的、只有一部分的都不是', () => {
  write('articles/er.mdx', article('乙', 'related: [yi-er]\n'));
  write('articles/san.mdx', `${article('丙')}见"/articles/yi"`);
  expect([...placesMentioning(content, ['yi'])].map(({ slug }) => slug)).toEqual(['san']);
  expect([...placesMentioning(content, ['er', 'yi-er'])].map(({ slug }) => slug)).toEqual(['er']);
});
