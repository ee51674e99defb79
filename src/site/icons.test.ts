import sharp from 'sharp';
import { expect, test } from 'vitest';
import { ICONS, iconPng } from './icons.ts';

test('每个图标是正方形的 PNG，边长如清单所说；可裁切的不透明', async () => {
  for (const icon of ICONS) {
    const image = sharp(await iconPng(icon));
    const { width, height, format } = await image.metadata();
    expect([width, height, format], icon.name).toEqual([icon.size, icon.size, 'png']);
    if (icon.purpose === 'maskable') expect((await image.stats()).isOpaque).toBe(true);
  }
});
