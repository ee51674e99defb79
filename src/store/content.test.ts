import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { defineList, defineSettings, defineType } from '../model/type.ts';
import {
  currentContent,
  foldersOfEnvironment,
  openContent,
  setCurrentContent,
  withholdContent,
} from './index.ts';

const notes = defineType({
  name: 'notes',
  label: '札记',
  singular: '札记',
  description: '一则札记。',
  format: 'mdx',
  address: (slug) => `/notes/${slug}/`,
  schema: z.strictObject({ title: z.string() }),
});
const places = defineList({
  name: 'places',
  label: '地方',
  singular: '地方',
  description: '几个地方。',
  item: z.strictObject({ id: z.string(), name: z.string() }),
});
const options = defineSettings({
  name: 'options',
  label: '设置',
  description: '几项设置。',
  schema: z.strictObject({ name: z.string() }),
});

let folder: string;
const contentOf = (name: string, basePath = '') =>
  openContent({ contentDir: join(folder, name), cacheDir: join(folder, `${name}-cache`), basePath });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'contents-'));
  const write = (file: string, text: string) => {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  write('east/notes/jia.mdx', '---\ntitle: 东县甲\n---\n\n见[乙](/notes/yi/)。\n');
  write('east/data/places.yaml', 'items:\n  - { id: a, name: 东镇 }\n  - { id: b }\n');
  write('east/data/options.yaml', 'name: 东县\n');
  write('west/notes/jia.mdx', '---\ntitle: 西县甲\n---\n\n西县。\n');
  cpSync(join(folder, 'east/notes/jia.mdx'), join(folder, 'west/notes/yi.mdx'));
});
afterAll(() => {
  setCurrentContent(openContent(foldersOfEnvironment()));
  rmSync(folder, { recursive: true, force: true });
});

test('一个进程里打开两份内容，各读各的文件，各有各的缓存和网址前缀', () => {
  const [east, west] = [contentOf('east', '/dong/'), contentOf('west')];
  const titles = (content: typeof east) => content.entries(notes).entries.map(({ data }) => data.title);
  expect([titles(east), titles(west)]).toEqual([['东县甲'], ['西县甲', '东县甲']]);
  const [entry] = east.entries(notes).entries;
  expect(east.body(entry?.digest ?? '')?.html).toContain('href="/dong/notes/yi/"');
  expect(west.body(entry?.digest ?? '')).toBeUndefined();
  expect(east.list(places).items).toEqual([{ id: 'a', name: '东镇' }]);
  expect(east.list(places).problems[0]?.file).toMatch(/data\/places\.yaml$/);
  expect([east.settings(options).data, west.settings(options).data]).toEqual([{ name: '东县' }, undefined]);
});

test('没有保存的一条先当保存的看，收回以后又是保存的', () => {
  const west = contentOf('west');
  const titles = () => west.entries(notes).entries.map(({ data }) => data.title);
  west.freeze();
  west.showDraft(notes, { id: 'jia', data: { title: '改了' }, digest: west.holdBody('**新**') });
  expect(titles()).toEqual(['改了', '东县甲']);
  expect(west.body(west.digestOf('**新**'))?.text).toContain('新');
  west.showSaved(notes);
  expect(titles()).toEqual(['西县甲', '东县甲']);
});

test('读过什么记在读的那份内容上', async () => {
  const [east, west] = [contentOf('east'), contentOf('west')];
  const { reads } = await east.recorder.collect(() => {
    west.entries(notes);
    return east.list(places);
  });
  expect([...reads]).toEqual(['data:places']);
});

test('还不能读内容的时候读它，就说出来', () => {
  withholdContent();
  expect(() => currentContent().list(places)).toThrow('一载入就读了内容');
  const west = contentOf('west');
  expect(setCurrentContent(west)).toBe(currentContent());
});

test.each([
  ['清空', () => ''],
  ['截短', (text: string) => text.slice(0, text.length >> 1)],
  ['乱码', (text: string) => text.replace(/[a-z]/g, 'z')],
] as const)('编好的正文、记下的条目%s了，重新编，和原来一样', (_, damage) => {
  const read = () => {
    const content = contentOf('east');
    const { entries } = content.entries(notes);
    return entries.map(({ id, data, digest }) => [id, data, content.body(digest)]);
  };
  const before = read();
  for (const kind of ['bodies', 'entries']) {
    const cache = join(folder, 'east-cache', kind);
    for (const name of readdirSync(cache)) {
      const file = join(cache, name);
      writeFileSync(file, damage(readFileSync(file, 'utf8')));
    }
    expect(read()).toEqual(before);
  }
});
