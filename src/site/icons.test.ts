import sharp from 'sharp';
import { expect, test } from 'vitest';
import { favicon, ICONS, iconPng } from './icons.ts';

test('每个图标是正方形的 PNG，边长如清单所说；可裁切的不透明', async () => {
  for (const icon of ICONS) {
    const image = sharp(await iconPng(icon));
    const { width, height, format } = await image.metadata();
    expect([width, height, format], icon.name).toEqual([icon.size, icon.size, 'png']);
    if (icon.purpose === 'maskable') expect((await image.stats()).isOpaque).toBe(true);
  }
});

test('favicon.ico 里是一张 PNG', async () => {
  const icon = await favicon();
  expect([icon.readUInt16LE(0), icon.readUInt16LE(2), icon.readUInt16LE(4)]).toEqual([0, 1, 1]);
  const png = icon.subarray(icon.readUInt32LE(18), icon.readUInt32LE(18) + icon.readUInt32LE(14));
  expect(await sharp(png).metadata()).toMatchObject({ format: 'png', width: icon[6], height: icon[7] });
});
