import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { beforeEach, expect, test } from 'vitest';
import { compressSite, removeWithForms } from './compression.ts';
import { shareUnchanged } from './linking.ts';

let root: string;
let site: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'compression-'));
  site = join(root, 'site');
});

const page = (title: string) => `<title>${title}</title>${'<p>科普大篷车进校园。</p>'.repeat(200)}`;
const write = (name: string, content: string | Buffer, folder = site) => {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), content);
};
/** The times of two files that are written at once can be the same; a site is never compressed so soon. */
const rewrite = (name: string, content: string, folder = site) => {
  const before = statSync(join(folder, name)).mtimeMs;
  rmSync(join(folder, name));
  write(name, content, folder);
  utimesSync(join(folder, name), before / 1000, before / 1000 + 0.01);
};
/** What a browser gets from each compressed form. */
const formsOf = (name: string, folder = site) => [
  brotliDecompressSync(readFileSync(join(folder, `${name}.br`))).toString(),
  gunzipSync(readFileSync(join(folder, `${name}.gz`))).toString(),
];

test('文字、样式、脚本、日历旁边各有一份 .br 和 .gz；图片、字体、很小的、压不小的没有', () => {
  for (const name of ['index.html', '_astro/a.css', '_astro/a.js', 'calendar.ics', 'api/stops.json', 'a.svg'])
    write(name, page(name));
  write('small/index.html', '短');
  write('photo.png', page('图片'));
  write('admin/main.js', page('后台自己压缩'));
  compressSite(site);
  for (const name of [
    'index.html',
    '_astro/a.css',
    '_astro/a.js',
    'calendar.ics',
    'api/stops.json',
    'a.svg',
  ]) {
    expect(formsOf(name), name).toEqual([page(name), page(name)]);
    expect(statSync(join(site, `${name}.br`)).size).toBeLessThan(statSync(join(site, name)).size);
  }
  const others = ['small', 'admin', '.'].flatMap((folder) => readdirSync(join(site, folder)));
  expect(others.filter((name) => /^(?:photo|main)|^index\.html\..*/.test(name)).sort()).toEqual([
    'index.html.br',
    'index.html.gz',
    'main.js',
    'photo.png',
  ]);
});

test('再来一遍，什么也不用做；文件改了，旁边的跟着换，不会是旧的', () => {
  write('index.html', page('从前'));
  expect(compressSite(site)).toEqual({ made: 2, shared: 0 });
  expect(compressSite(site)).toEqual({ made: 0, shared: 0 });
  rewrite('index.html', page('现在'));
  expect(compressSite(site)).toEqual({ made: 2, shared: 0 });
  expect(formsOf('index.html')).toEqual([page('现在'), page('现在')]);
  rewrite('index.html', '短');
  compressSite(site);
  expect(readdirSync(site)).toEqual(['index.html']);
});

test('与上一个网站相同的文件，压缩好的也是同一个；改了的另做', async () => {
  const previous = join(root, 'previous');
  for (const name of ['same/index.html', 'changed/index.html']) write(name, page('从前'), previous);
  compressSite(previous);
  write('same/index.html', page('从前'));
  write('changed/index.html', page('现在'));
  await shareUnchanged(previous, site);
  // The shared page comes without its forms, as files of `public` do.
  expect(compressSite(site, { previous })).toEqual({ made: 2, shared: 2 });
  expect(formsOf('same/index.html')).toEqual([page('从前'), page('从前')]);
  expect(formsOf('changed/index.html')).toEqual([page('现在'), page('现在')]);
  const inode = (folder: string) => statSync(join(folder, 'same/index.html.br')).ino;
  expect(inode(site)).toBe(inode(previous));
  // The site before is as it was.
  expect(formsOf('changed/index.html', previous)).toEqual([page('从前'), page('从前')]);
});

test('上一个网站的压缩文件是旧的，就不用它', () => {
  const previous = join(root, 'previous');
  write('index.html', page('从前'), previous);
  compressSite(previous);
  rewrite('index.html', page('现在'), previous);
  mkdirSync(site);
  linkSync(join(previous, 'index.html'), join(site, 'index.html'));
  compressSite(site, { previous });
  expect(formsOf('index.html')).toEqual([page('现在'), page('现在')]);
});

test('删去一页，旁边的也删去', () => {
  write('index.html', page('一页'));
  compressSite(site);
  removeWithForms(join(site, 'index.html'));
  expect(readdirSync(site)).toEqual([]);
});

test('整个网站重新生成，没变的文件连同压缩好的仍与上一次共用，配得上', async () => {
  const previous = join(root, 'previous');
  for (const folder of [previous, site]) {
    write('index.html', page('一样'), folder);
    compressSite(folder);
  }
  await shareUnchanged(previous, site);
  for (const name of ['index.html', 'index.html.br', 'index.html.gz'])
    expect(statSync(join(site, name)).ino, name).toBe(statSync(join(previous, name)).ino);
  expect(compressSite(site, { previous })).toEqual({ made: 0, shared: 0 });
});
