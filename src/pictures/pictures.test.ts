import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { digestOf } from '../runtime/kept-file.ts';
import { openContent } from '../store/index.ts';
import { readPictureIndex, writePictureIndex } from './picture-index.ts';

const folder = mkdtempSync(join(tmpdir(), 'pictures-'));
const uploads = join(folder, 'content/uploads');

/** The pictures as a process that begins now finds them. */
const pictures = () =>
  openContent({ contentDir: join(folder, 'content'), cacheDir: join(folder, 'cache') }).pictures;

beforeAll(async () => {
  mkdirSync(uploads, { recursive: true });
  const photo = sharp({ create: { width: 1400, height: 700, channels: 3, background: '#1f6f5c' } });
  writeFileSync(join(uploads, 'field.jpg'), await photo.jpeg().withMetadata({ orientation: 6 }).toBuffer());
  writeFileSync(join(uploads, 'broken.png'), 'not a picture');
  writeFileSync(
    join(uploads, 'map.svg'),
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200"></svg>',
  );
});

test('照片编成 AVIF 和 WebP，尺寸按拍摄方向，读不出来的图片只是一个问题', async () => {
  const problems = await pictures().encode();
  expect(problems.map((problem) => problem.file.split('/').pop())).toEqual(['broken.png']);

  const picture = pictures().find('/uploads/field.jpg');
  expect(picture).toMatchObject({ width: 700, height: 1400 });
  expect(picture?.sources.map((source) => source.type)).toEqual(['image/avif', 'image/webp']);
  const [first = ''] = picture?.sources[0]?.srcset.split(' ') ?? [];
  const variant = join(pictures().folder, first.split('/').pop() ?? '');
  expect(existsSync(variant)).toBe(true);
  expect(await sharp(readFileSync(variant)).metadata()).toMatchObject({ format: 'heif', width: 480 });
});

test('没有改动的照片不再编码', async () => {
  const indexFile = join(pictures().folder, 'index.json');
  await pictures().encode();
  const before = readFileSync(indexFile, 'utf8');
  await pictures().encode();
  expect(readFileSync(indexFile, 'utf8')).toBe(before);
  utimesSync(join(uploads, 'field.jpg'), new Date(0), new Date(0));
  await pictures().encode();
  expect(readPictureIndex(pictures().folder)['/uploads/field.jpg']?.stamp).toMatch(/^0:/);
});

test('会动的图照原样显示，不给不动的版本；以前编过的不再用', async () => {
  copyFileSync('tests/fixtures/moving.gif', join(uploads, 'moving.gif'));
  const webp = await sharp('tests/fixtures/moving.gif', { animated: true }).webp().toBuffer();
  writeFileSync(join(uploads, 'moving.webp'), webp);
  await pictures().encode();
  for (const name of ['moving.gif', 'moving.webp'])
    expect(pictures().find(`/uploads/${name}`)).toMatchObject({ width: 200, height: 150, sources: [] });

  const index = readPictureIndex(pictures().folder);
  const still = { ...index['/uploads/moving.gif'], variants: index['/uploads/field.jpg']?.variants };
  delete still.isMoving;
  writePictureIndex(pictures().folder, { ...index, '/uploads/moving.gif': still as never });
  await pictures().encode();
  expect(pictures().find('/uploads/moving.gif')?.sources).toEqual([]);
});

test('检查在第一次生成以前，图片的尺寸以后也补得上', async () => {
  const source = '![麦田](/uploads/field.jpg)';
  const open = () => openContent({ contentDir: join(folder, 'content'), cacheDir: join(folder, 'later') });
  expect(open().compileBody(source).html).not.toContain('width="700"');
  await open().pictures.encode();
  expect(open().compileBody(source).html).toContain('width="700"');
});

const damages = {
  清空: () => Buffer.alloc(0),
  截短: (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1),
  // Of the same size: only its digest tells.
  乱码: (bytes: Buffer) => bytes.map((byte, at) => (at < 20 ? byte : byte ^ 0x55)),
};

test.each(Object.entries(damages))('编好的图片%s了，下一次重新编，和原来一样', async (_, damage) => {
  await pictures().encode();
  const { folder: cache } = pictures();
  const [{ file, digest } = { file: '', digest: '' }, second] =
    readPictureIndex(cache)['/uploads/field.jpg']?.variants ?? [];
  const path = join(cache, file);
  writeFileSync(path, damage(readFileSync(path)));
  await pictures().encode({ isThorough: true });
  expect(digestOf(readFileSync(path))).toBe(digest);

  // What is damaged after it was looked at is not put on a site.
  const other = join(cache, second?.file ?? '');
  writeFileSync(other, damage(readFileSync(other)));
  const site = mkdtempSync(join(tmpdir(), 'site-'));
  expect(() => pictures().place(site)).toThrow(/坏了，已经删去，再生成一次就好/);
  await pictures().encode();
  pictures().place(site);
  expect(digestOf(readFileSync(join(site, 'pictures', second?.file ?? '')))).toBe(second?.digest);
});

test.each(Object.entries(damages))('图片的清单%s了，编好的接着用，坏的不用', async (_, damage) => {
  await pictures().encode();
  const { folder: cache } = pictures();
  const index = join(cache, 'index.json');
  const before = readPictureIndex(cache);
  const [{ file } = { file: '' }] = before['/uploads/field.jpg']?.variants ?? [];
  writeFileSync(index, damage(readFileSync(index)));
  writeFileSync(join(cache, file), damages.截短(readFileSync(join(cache, file))));
  expect(pictures().find('/uploads/field.jpg')).toBeUndefined();
  await pictures().encode();
  expect(readPictureIndex(cache)).toEqual(before);
});

test('SVG 按自己的尺寸，没有的图片是没有', () => {
  expect(pictures().find('/uploads/map.svg')).toEqual({
    src: '/uploads/map.svg',
    width: 300,
    height: 200,
    sources: [],
  });
  expect(pictures().find('/uploads/none.jpg')).toBeUndefined();
  expect(pictures().find('https://example.org/a.jpg')).toBeUndefined();
});
