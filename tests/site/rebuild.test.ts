import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { buildSite } from '../support/build.ts';
import { change, copyOfProject, smallCounty } from '../support/project.ts';

/** A build that uses what earlier ones left must give what a build from nothing gives, byte for byte. */

let root: string;
let content: string;

beforeAll(async () => {
  root = copyOfProject('rebuild');
  content = await smallCounty(join(root, 'county'));
});

/** Digest of every file of a built site, by path. */
function filesOf(outDir: string): Record<string, string> {
  const names = readdirSync(outDir, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(outDir, name)).isFile())
    .sort();
  return Object.fromEntries(
    names.map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(outDir, name)))
        .digest('base64url'),
    ]),
  );
}

const build = (outDir: string, cache: string) =>
  buildSite(join(root, outDir), { CONTENT_DIR: content, CACHE_DIR: join(root, cache) }, root);

test('改标题、改正文、加一篇、删一篇、改设置以后再构建，与从头构建逐字节相同', async () => {
  await build('warm', 'cache');

  const article = join(content, 'articles/mai-zi.mdx');
  change(article, 'title: 麦子什么时候种', 'title: 小麦几月几日种');
  change(join(content, 'articles/gai-pian.mdx'), '汤里白色的是脂肪。', '汤里白色的是脂肪，不是钙。');
  change(join(content, 'events/2026-12-05-yi-zhen.mdx'), 'state: rescheduled', 'state: cancelled');
  change(join(content, 'data/settings.yaml'), 'name: 试验县科普', 'name: 试验县科普网');
  const another = readFileSync(join(content, 'articles/zi-zhi-ci-tie.mdx'), 'utf8');
  writeFileSync(join(content, 'articles/xin-de.mdx'), another.replace('自制电磁铁', '自制指南针'));
  rmSync(join(content, 'articles/zi-zhi-ci-tie.mdx'));
  rmSync(join(content, 'news/2026-11-21-jiang-zuo.mdx'));

  await build('warm', 'cache');
  await build('cold', 'another-cache');

  const warm = filesOf(join(root, 'warm'));
  const cold = filesOf(join(root, 'cold'));
  expect(readFileSync(join(root, 'warm/articles/mai-zi/index.html'), 'utf8')).toContain('小麦几月几日种');
  expect(existsSync(join(root, 'warm/articles/zi-zhi-ci-tie'))).toBe(false);
  expect(Object.keys(warm)).toEqual(Object.keys(cold));
  const different = Object.keys(cold).filter((name) => warm[name] !== cold[name]);
  expect(different).toEqual([]);
});

test('换掉一张图片而文章没有动，宽高和各种宽度的图也跟着换', async () => {
  const { default: sharp } = await import('sharp');
  const photo = sharp({ create: { width: 900, height: 900, channels: 3, background: '#468' } });
  writeFileSync(join(content, 'uploads/photo.jpg'), await photo.jpeg().toBuffer());
  await build('warm', 'cache');
  const html = readFileSync(join(root, 'warm/articles/mai-zi/index.html'), 'utf8');
  const figure = /<figure class="block-figure">([\s\S]*?)<\/figure>/.exec(html)?.[1];
  expect(figure).toContain('width="900" height="900"');
});
