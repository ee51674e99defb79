import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { articles } from '../types/articles.ts';
import { events } from '../types/events.ts';
import { schools } from '../types/caravan.ts';
import { openContent } from './index.ts';

/** Files that somebody put into the content folder by hand, or pushed. */

let folder: string;
const content = () => openContent({ contentDir: join(folder, 'content'), cacheDir: join(folder, 'cache') });
const write = (file: string, text: string | Buffer) => {
  mkdirSync(join(folder, 'content', file, '..'), { recursive: true });
  writeFileSync(join(folder, 'content', file), text);
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'files-'));
  write('articles/png.mdx', Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ', 'base64'));
  copyFileSync('tests/fixtures/encodings/gbk.mdx', join(folder, 'content/articles/gbk.mdx'));
  for (const name of ['Thumbs.db', 'desktop.ini', '~$gbk.mdx', '.DS_Store', 'gbk.mdx~'])
    write(`articles/${name}`, 'x');
  write('events/changes.mdx', '---\ntitle: 灯会科普夜\n---\n\n正文\n');
  write('data/schools.yaml', Buffer.from([0x69, 0x74, 0x65, 0x6d, 0x73, 0x3a, 0x20, 0xff, 0xfe, 0x80]));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('GBK 的文章读得出来，说明怎样另存；不是文字的不上网站，也说明是哪个文件', () => {
  const { entries, problems } = content().entries(articles);
  expect(entries.map(({ id, data }) => [id, data.title])).toEqual([['gbk', '返青水怎么浇']]);
  expect(problems.map(({ severity, file, message }) => [severity, file, message])).toEqual([
    ['warning', 'content/articles/gbk.mdx', expect.stringContaining('编码选 UTF-8')],
    ['error', 'content/articles/png.mdx', expect.stringContaining('没有读')],
  ]);
});

test('Windows 和编辑软件留下的文件不算错', () => {
  expect(content().filesOf(articles).problems).toEqual([]);
});

test('网址已经是网站自己的一页，不上网站，请改名', () => {
  const { files, problems } = content().filesOf(events);
  expect(files).toEqual([]);
  expect(problems[0]).toMatchObject({
    severity: 'error',
    file: 'content/events/changes.mdx',
    message: expect.stringContaining('网站自己有一页在 /events/changes/'),
  });
});

test('名录读不出来，说明是哪个文件', () => {
  expect(content().list(schools)).toMatchObject({
    items: [],
    problems: [{ file: 'content/data/schools.yaml', message: expect.stringContaining('没有读') }],
  });
});
