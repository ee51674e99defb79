import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withholdContent } from '../../src/store/index.ts';
import { type Office, openNewsroom } from '../support/newsroom.ts';

/** Two offices in one process, each with a content of its own. */

const folder = mkdtempSync(join(tmpdir(), 'two-offices-'));

const article = (title: string, body = '正文。') =>
  `---\ntitle: ${title}\nkind: article\nsummary: 一句话。\ntopic: crops\nauthor: 编写组\npublished: 2026-01-01\n---\n\n${body}\n`;
const settings = (name: string, color: string) =>
  `name: ${name}\nshortName: 科普\ncounty: 县\nassociation: 县科协\ndescription: 一句话。\nurl: https://kx.example/\nhome: []\nthemeColor: '${color}'\n`;

async function officeOf(name: string, color: string, titles: Record<string, string>): Promise<Office> {
  const content = join(folder, name);
  for (const part of ['articles', 'data', 'uploads']) mkdirSync(join(content, part), { recursive: true });
  writeFileSync(join(content, 'data/settings.yaml'), settings(name, color));
  writeFileSync(join(content, 'data/topics.yaml'), 'items:\n  - id: crops\n    name: 种植\n');
  writeFileSync(join(content, 'data/redirects.yaml'), `# ${name}的旧地址\nitems: []\n`);
  for (const [slug, title] of Object.entries(titles))
    writeFileSync(join(content, `articles/${slug}.mdx`), article(title, '见[甲](/articles/jia/)。'));
  return openNewsroom({ steps: [], content });
}

let east: Office;
let west: Office;

beforeAll(async () => {
  // The server reads the contents that it is given, never that of the pages.
  withholdContent();
  east = await officeOf('东县科普', '#205090', { jia: '东甲', yi: '东乙' });
  west = await officeOf('西县科普', '#307030', { jia: '西甲', bing: '西丙' });
});
afterAll(async () => {
  await Promise.all([east?.close(), west?.close()]);
  rmSync(folder, { recursive: true, force: true });
});

const titles = async ({ administrator }: Office) => {
  const { items } = await administrator.call('GET', 'files?folder=content/articles');
  return (items as { data: { title: string } }[]).map(({ data }) => data.title).sort();
};
const read = async ({ administrator }: Office, path: string) =>
  (await administrator.call('GET', `file?path=${path}`)) as unknown as {
    text?: string;
    version: string;
    status: number;
  };
const act = async (office: Office, path: string, request: object) =>
  office.administrator.call('POST', 'review', {
    path,
    version: (await read(office, path)).version,
    ...request,
  });

const JIA = 'content/articles/jia.mdx';
const LIST = 'content/data/redirects.yaml';

test('各列各的内容，页面上是各自的站名和颜色', async () => {
  expect(await titles(east)).toEqual(['东乙', '东甲']);
  expect(await titles(west)).toEqual(['西丙', '西甲']);
  for (const [office, name, color] of [
    [east, '东县科普', '#205090'],
    [west, '西县科普', '#307030'],
  ] as const) {
    expect(await office.administrator.call('GET', 'session')).toMatchObject({
      site: { name, themeColor: color },
    });
    const page = await (await office.administrator.fetch('admin/desk/overview/')).text();
    expect(page).toContain(name);
    const style = await (await office.administrator.fetch('admin/desk.css')).text();
    expect(style).toContain(color);
  }
  const { articles } = await east.administrator.call('GET', 'names');
  expect(articles).toEqual({ jia: '东甲', yi: '东乙' });
});

test('各存各的，各发布各的', async () => {
  for (const [office, title] of [
    [east, '东甲的新题目'],
    [west, '西甲的新题目'],
  ] as const) {
    const { version } = await read(office, JIA);
    const saved = await office.administrator.call('PUT', 'file', {
      path: JIA,
      text: article(title),
      version,
    });
    expect(saved).toMatchObject({ status: 200, problems: [] });
    expect(await act(office, JIA, { action: 'publish' })).toMatchObject({ status: 200, stage: 'published' });
  }
  expect(await titles(east)).toEqual(['东乙', '东甲的新题目']);
  expect(await titles(west)).toEqual(['西丙', '西甲的新题目']);
});

test('在一处改地址，旧地址和跟着改的链接只在那一处', async () => {
  expect(await act(east, JIA, { action: 'move', to: 'dong-jia' })).toMatchObject({ status: 200 });
  expect((await read(east, LIST)).text).toContain('to: /articles/dong-jia/');
  // An old form of the entry goes on with it at its new address.
  expect((await read(east, JIA)).text).toContain('东甲的新题目');
  expect((await read(east, 'content/articles/yi.mdx')).text).toContain('(/articles/dong-jia/)');
  expect((await read(west, LIST)).text).toBe('# 西县科普的旧地址\nitems: []\n');
  expect((await read(west, 'content/articles/bing.mdx')).text).toContain('(/articles/jia/)');
  expect((await read(west, JIA)).text).toContain('西甲的新题目');

  expect(await act(west, JIA, { action: 'move', to: 'xi-jia' })).toMatchObject({ status: 200 });
  const [inEast, inWest] = [(await read(east, LIST)).text, (await read(west, LIST)).text];
  expect(inEast).toMatch(/^# 东县科普的旧地址\n/);
  expect(inEast).not.toContain('xi-jia');
  expect(inWest).toMatch(/^# 西县科普的旧地址\n/);
  expect(inWest).toContain('to: /articles/xi-jia/');
  expect(inWest).not.toContain('dong-jia');
});
