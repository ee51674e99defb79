import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { openContent } from '../../../src/store/index.ts';
import { existingSlugs, validate } from './validation.ts';
import { type Place, placeOf } from '../../documents/places.ts';
import { openDocument } from '../stores/content/entry-document.ts';
import { MAX_PROBLEMS } from '../../protocol/problem.ts';

const folder = mkdtempSync(join(tmpdir(), 'portal-validation-'));
const content = openContent({ contentDir: folder });

const topics = (...ids: string[]) =>
  writeFileSync(
    join(folder, 'data/topics.yaml'),
    `items:\n${ids.map((id) => `  - { id: ${id}, name: 种植 }\n`).join('')}`,
  );
const article = (body: string) =>
  `---\ntitle: 甲\nkind: article\nsummary: 一句话。\ntopic: crops\nauthor: 编写组\npublished: 2026-01-01\n---\n\n${body}\n`;

beforeEach(() => {
  rmSync(folder, { recursive: true, force: true });
  for (const name of ['articles', 'data']) mkdirSync(join(folder, name), { recursive: true });
  topics('crops');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('有哪些内容，随文件增减', () => {
  expect([...(existingSlugs(content).get('topics') ?? [])]).toEqual(['crops']);
  topics('crops', 'bees');
  writeFileSync(join(folder, 'articles/yi.mdx'), article('正文。'));
  expect([...(existingSlugs(content).get('topics') ?? [])]).toEqual(['crops', 'bees']);
  expect([...(existingSlugs(content).get('articles') ?? [])]).toEqual(['yi']);
  rmSync(join(folder, 'data/topics.yaml'));
  expect(existingSlugs(content).get('topics')?.size).toBe(0);
});

test('字段有错，别处的个人信息、错别字、打不开的链接和没有的引用也一起说出来', () => {
  const place = placeOf(content, 'content/articles/yi.mdx') as Place;
  const text = article('请登录帐号，见[甲](/articles/mei-you/)，电话 13912345678。')
    .replace('topic: crops', 'topic: fish')
    .replace('summary: 一句话。', 'summary: 电话 13887654321')
    .replace('kind: article', 'kind: 没有这种');
  const told = validate(openDocument(place, text)).map(({ field = '正文', message }) => field + message);
  expect(told).toEqual([
    expect.stringMatching(/^「种类」没有「没有这种」/),
    expect.stringMatching(/^「摘要」像是个人手机号（138…21）/),
    expect.stringMatching(/没有「fish」/),
    expect.stringMatching(/^正文链接「\/articles\/mei-you\/」打不开/),
    expect.stringMatching(/^正文像是个人手机号（139…78）/),
    '正文「帐」应为「账」',
  ]);
});

test('开头读不懂的稿子，正文里的手机号照样说出来', () => {
  const place = placeOf(content, 'content/articles/yi.mdx') as Place;
  const text = article('电话 13912345678。').replace('title: 甲', 'title: [甲');
  const told = validate(openDocument(place, text)).map(({ message }) => message);
  expect(told).toHaveLength(2);
  expect(told[1]).toMatch(/像是个人手机号/);
});

test('名录里有一行写错，别的行照样检查', () => {
  const place = placeOf(content, 'content/data/redirects.yaml') as Place;
  const text = 'items:\n  - 写错了\n  - { id: /a/, to: /a/ }\n  - { id: 13912345678, to: /b/ }\n';
  expect(() => validate(openDocument(place, text))).not.toThrow();
});

test('毛病又多又杂的一篇，只列出不多的几条，每一种都列到', () => {
  const numbers = Array.from({ length: 2000 }, (_, index) => `139${10_000_000 + index}`);
  const links = Array.from({ length: 1500 }, (_, index) => `[无](/articles/no-${index}/)`);
  const place = placeOf(content, 'content/articles/yi.mdx') as Place;
  const problems = validate(openDocument(place, article([...numbers, ...links].join('\n\n'))));
  expect(problems).toHaveLength(MAX_PROBLEMS + 1);
  const told = problems.map(({ message }) => message).join('\n');
  expect(told).toMatch(/像是个人手机号/);
  expect(told).toMatch(/打不开/);
  expect(told).toMatch(/还有问题没有列出，请先改好上面这些$/);
});

test('由记录得出的指标又填成年度数据，存的时候就退回', () => {
  mkdirSync(join(folder, 'statistics'), { recursive: true });
  writeFileSync(
    join(folder, 'data/indicators.yaml'),
    'items:\n  - { id: halls, name: 科普馆, unit: site, nature: flow, derived: facilities-hall }\n',
  );
  const place = placeOf(content, 'content/statistics/halls.yaml') as Place;
  const text = "title: 科普馆\nindicator: halls\ndate: '2026-12-31'\nvalue: 2\nsource: 台账\n";
  expect(validate(openDocument(place, text))).toMatchObject([
    {
      severity: 'error',
      field: '「指标」',
      message: expect.stringMatching(/由记录得出.*请把数补到对应的记录里/),
    },
  ]);
});

test('工作汇报提纲里写着词典没有的词，存的时候就退回，说明是哪一句、像哪个词', () => {
  writeFileSync(
    join(folder, 'data/indicators.yaml'),
    'items:\n  - { id: people, name: 培训人数, unit: person, nature: flow }\n',
  );
  const outline = (word: string) =>
    `title: 汇报\nemptyYear: 没有。\nsections:\n  - level: none\n    paragraphs:\n      - phrases:\n          - text: '培训{${word}}'\n`;
  const place = placeOf(content, 'content/data/report.yaml') as Place;
  expect(validate(openDocument(place, outline('培训人数')))).toEqual([]);
  expect(validate(openDocument(place, outline('培训人素')))).toEqual([
    expect.objectContaining({ severity: 'error', message: '不认识 {培训人素}。是不是 {培训人数}？' }),
  ]);
});
