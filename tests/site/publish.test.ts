import { execFile, execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { withoutVitest, buildSite, SITE_NOW } from '../support/build.ts';
import { filesBelow } from '../../cms/server/build/files/linking.ts';
import type { BuildStep } from '../../cms/server/build/contract.ts';
import { type SiteBuilder, siteBuilder } from '../../cms/server/build/builder.ts';
import { openReleases, type Releases } from '../../cms/server/services/releases.ts';
import { TEXT_FOLDER } from '../../src/search/fulltext/sections.ts';
import { digests } from '../support/digests.ts';
import { change, copyOfProject, smallCounty } from '../support/project.ts';

/**
 * What publishing puts live by rendering only what changed, and what `npm run build` makes with what the build before it
 * left, is what a build from nothing makes, byte for byte.
 */

const dataDir = resolve('.tmp/publish');
let content: string;
/** Where one build follows another; the one from nothing has a root of its own, so that both run at once. */
let warmRoot: string;
let coldRoot: string;
let builder: SiteBuilder;
let releases: Releases;
const steps: (string | undefined)[] = [];

beforeAll(async () => {
  rmSync(dataDir, { recursive: true, force: true });
  warmRoot = resolve('.tmp/publish-warm');
  rmSync(warmRoot, { recursive: true, force: true });
  coldRoot = copyOfProject('publish-cold');
  content = await smallCounty(join(dataDir, 'county'));
  builder = openBuilder();
  releases = openReleases({
    folder: join(dataDir, 'releases'),
    build: (folder, previous, context) =>
      builder.build(folder, previous, {
        ...context,
        tell: (step) => {
          steps.push(step.step);
          context.tell(step);
        },
      }),
  });
  releases.onLive(() => builder.prepare(releases.current()?.folder));
  await Promise.all([publish('从头'), buildAgain(warmRoot)]);
});
afterAll(() => builder?.close());

const openBuilder = () =>
  siteBuilder({
    dataDir,
    contentDir: content,
    env: { ...withoutVitest(process.env), PORTAL_NOW: SITE_NOW },
  });

async function publish(why: string): Promise<string> {
  steps.length = 0;
  releases.request({ commit: why, by: '王芳', why });
  await releases.settled();
  expect(releases.status()).toMatchObject({ state: 'idle', commit: why });
  return releases.current()?.folder as string;
}

const WHOLE = '正在生成整个网站';

/** Runs `npm run build` with the cache and the site of the build before in a root. */
async function buildAgain(root: string): Promise<string> {
  const site = join(root, 'site');
  await promisify(execFile)(process.execPath, ['cms/build.ts'], {
    env: {
      ...withoutVitest(process.env),
      PORTAL_NOW: SITE_NOW,
      CONTENT_DIR: content,
      CACHE_DIR: join(root, 'cache'),
      OUT_DIR: site,
    },
  });
  return site;
}

/** Runs Astro's own build in a root. */
async function build(root: string): Promise<string> {
  const outDir = join(root, 'site');
  await buildSite(outDir, { CONTENT_DIR: content, CACHE_DIR: join(root, 'cache') }, root);
  return outDir;
}

function expectSame(made: Record<string, string>, whole: Record<string, string>) {
  expect(Object.keys(made)).toEqual(Object.keys(whole));
  expect(Object.keys(whole).filter((name) => made[name] !== whole[name])).toEqual([]);
}

const html = (site: string, address: string) => readFileSync(join(site, address, 'index.html'), 'utf8');

test('改标题、改正文、加一篇、删一篇、换地址、换图片，每次只更新改动的部分，与从头构建逐字节相同', async () => {
  const warned = vi.spyOn(console, 'warn');
  change(join(content, 'bases/shi-fan-tian.mdx'), 'title: 小麦示范田', 'title: 冬小麦示范田');
  change(join(content, 'articles/gai-pian.mdx'), '汤里白色的是脂肪。', '汤里白色的是脂肪，不是钙。');
  let live = await publish('改两篇');
  expect(steps).not.toContain(WHOLE);
  expect(html(live, 'bases/shi-fan-tian')).toContain('冬小麦示范田');
  expect(html(live, 'articles/gai-pian')).toContain('不是钙');

  const another = readFileSync(join(content, 'articles/zi-zhi-ci-tie.mdx'), 'utf8');
  writeFileSync(join(content, 'articles/xin-de.mdx'), another.replace('自制电磁铁', '自制指南针'));
  rmSync(join(content, 'articles/zi-zhi-ci-tie.mdx'));
  rmSync(join(content, 'news/2026-11-21-jiang-zuo.mdx'));
  change(join(content, 'events/2026-12-05-yi-zhen.mdx'), 'state: rescheduled', 'state: cancelled');
  renameSync(join(content, 'articles/gai-pian.mdx'), join(content, 'articles/bu-gai.mdx'));
  change(
    join(content, 'data/redirects.yaml'),
    'items:\n',
    'items:\n  - { id: /articles/gai-pian/, to: /articles/bu-gai/ }\n',
  );
  // The articles that show the picture are not touched.
  const photo = sharp({ create: { width: 900, height: 900, channels: 3, background: '#468' } });
  writeFileSync(join(content, 'uploads/photo.jpg'), await photo.jpeg().toBuffer());
  live = await publish('加一篇，删两篇，取消活动，一篇换地址，换图片');
  expect(steps).not.toContain(WHOLE);
  expect(html(live, 'articles/gai-pian')).toContain('content="0; url=/articles/bu-gai/"');
  expect(existsSync(join(live, 'articles/zi-zhi-ci-tie'))).toBe(false);

  const [warm, cold] = await Promise.all([buildAgain(warmRoot), build(coldRoot)]);
  expectSame(digests(live), digests(cold));
  expect(html(warm, 'bases/shi-fan-tian')).toContain('冬小麦示范田');
  expect(existsSync(join(warm, 'articles/zi-zhi-ci-tie'))).toBe(false);
  const figure = /<figure class="block-figure">([\s\S]*?)<\/figure>/.exec(html(warm, 'articles/mai-zi'))?.[1];
  expect(figure).toContain('width="900" height="900"');
  expectSame(digests(warm), digests(cold));
  expect(warned).not.toHaveBeenCalled();
  warned.mockRestore();
});

test('改设置，各页都跟着改，也不必重新编译', async () => {
  change(join(content, 'data/settings.yaml'), 'name: 试验县科普', 'name: 试验县科普网');
  change(join(content, 'articles/mai-zi.mdx'), 'title: 麦子什么时候种', 'title: 小麦几月几日种');
  const [live, warm] = await Promise.all([publish('改设置'), buildAgain(warmRoot)]);
  expect(steps).not.toContain(WHOLE);
  expect(html(live, 'articles/mai-zi')).toContain('小麦几月几日种');
  expectSame(digests(live), digests(warm));
});

test('没有变的页面各次发布共用一份', async () => {
  const live = releases.current()?.folder as string;
  expect(statSync(join(live, 'preferences.js')).nlink).toBeGreaterThan(1);
});

test('网站的网址改了就重新编译模板；渲染的进程被杀，就生成整个网站', async () => {
  change(
    join(content, 'data/settings.yaml'),
    /url: .*/.exec(settings())?.[0] as string,
    'url: https://new.example',
  );
  const said = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const live = await publish('改网址');
  expect(steps).toContain(WHOLE);
  expect(readFileSync(join(live, 'sitemap-0.xml'), 'utf8')).toContain('https://new.example/');
  rmSync(join(dataDir, 'workspace/templates/code'), { recursive: true });
  builder.close();
  builder = openBuilder();
  change(join(content, 'articles/mai-zi.mdx'), 'title: 小麦几月几日种', 'title: 小麦哪天种');
  const again = await publish('模板坏了');
  expect(steps).toContain(WHOLE);
  expect(readFileSync(join(again, 'articles/mai-zi/index.html'), 'utf8')).toContain('小麦哪天种');
  said.mockRestore();
});

/** Empties, cuts off or changes every file below a folder. */
function damage(folder: string, isMeant: (name: string) => boolean = () => true): void {
  for (const [index, name] of filesBelow(folder).filter(isMeant).entries()) {
    const file = join(folder, name);
    const bytes = readFileSync(file);
    const kinds = [
      Buffer.alloc(0),
      bytes.subarray(0, bytes.length >> 1),
      bytes.map((byte, at) => (at % 7 === 3 ? byte ^ 0x55 : byte)),
    ];
    writeFileSync(file, kinds[index % kinds.length] as Buffer);
  }
}

test('缓存和编译好的模板全坏了，发布照样成功，与从头构建逐字节相同', async () => {
  const said = vi.spyOn(console, 'warn').mockImplementation(() => {});
  builder.close();
  for (const folder of ['cache', 'workspace/templates']) damage(join(dataDir, folder));
  const warmCache = join(warmRoot, 'cache');
  damage(warmCache, (name) => !name.startsWith('build/'));
  damage(join(warmCache, 'build/workspace/templates'));
  const [release = ''] = readdirSync(join(warmCache, 'build/releases'));
  truncateSync(join(warmCache, 'build/releases', release, 'site/index.html'));
  builder = openBuilder();
  change(join(content, 'articles/mai-zi.mdx'), 'title: 小麦哪天种', 'title: 小麦啥时候种');
  const [live, warm] = await Promise.all([publish('缓存坏了'), buildAgain(warmRoot)]);
  rmSync(join(coldRoot, 'cache'), { recursive: true });
  const cold = await build(coldRoot);
  expectSame(digests(live), digests(cold));
  expectSame(digests(warm), digests(cold));

  damage(join(dataDir, 'cache/search-base'));
  change(join(content, 'articles/mai-zi.mdx'), 'title: 小麦啥时候种', 'title: 小麦几时种');
  const next = await publish('搜索的底子坏了');
  const broken = filesBelow(join(next, TEXT_FOLDER)).filter(
    (name) => statSync(join(next, TEXT_FOLDER, name)).size === 0,
  );
  expect(broken).toEqual([]);
  said.mockRestore();
});

test('页面在磁盘上空了，「重新生成」从头做，好的换上', async () => {
  const live = releases.current()?.folder as string;
  const before = digests(live);
  for (const name of ['index.html', 'articles/mai-zi/index.html', 'preferences.js'])
    truncateSync(join(live, name));
  steps.length = 0;
  releases.request({ commit: '重新生成', by: '张姐', why: '重新生成网站', isWhole: true });
  await releases.settled();
  expect(steps).toContain(WHOLE);
  expectSame(digests(releases.current()?.folder as string), before);
});

test('生成到一半磁盘满了：说明原因，不从头再试；腾出地方以后照常', async ({ skip }) => {
  const small = join(dataDir, 'small');
  mkdirSync(small);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'none', small], { stdio: 'ignore' });
  } catch {
    skip('只有管理员能装上一个小磁盘');
  }
  try {
    const site = join(small, 'site');
    mkdirSync(site);
    const told: string[] = [];
    const live = releases.current()?.folder;
    const context = { commit: '', isWhole: false, tell: ({ step }: BuildStep) => told.push(step) };
    await expect(builder.build(site, live, context)).rejects.toThrow('磁盘满了');
    expect(told).not.toContain(WHOLE);
  } finally {
    execFileSync('umount', [small]);
  }
  change(join(content, 'articles/mai-zi.mdx'), 'title: 小麦几时种', 'title: 冬小麦几时种');
  expect(html(await publish('腾出地方'), 'articles/mai-zi')).toContain('冬小麦几时种');
  expect(steps).not.toContain(WHOLE);
});

test('缓存从别的地方搬来，照样做出一样的网站', async () => {
  const made = digests(await buildAgain(warmRoot));
  const moved = resolve('.tmp/publish-moved');
  rmSync(moved, { recursive: true, force: true });
  cpSync(join(warmRoot, 'cache'), join(moved, 'cache'), { recursive: true, verbatimSymlinks: true });
  expectSame(digests(await buildAgain(moved)), made);
});

const settings = () => readFileSync(join(content, 'data/settings.yaml'), 'utf8');
