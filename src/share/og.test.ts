import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { ogPicture, ogSvg } from './og.ts';

const site = { name: '麦禾科普', association: '麦禾县科学技术协会', seal: '麦禾科普' };
const picture = { title: '立冬以后看麦田：三种苗，三种管法', kicker: '农时 · 种植', site, accent: '#1f6f5c' };

describe('分享图', () => {
  test('是 1200 × 630 的 PNG', async () => {
    const { format, width, height } = await sharp(await ogPicture(picture)).metadata();
    expect({ format, width, height }).toEqual({ format: 'png', width: 1200, height: 630 });
  });
  test('文字都是轮廓，不靠机器上的字体', async () => {
    const svg = await ogSvg(picture);
    expect(svg).not.toContain('<text');
    expect(svg.match(/<path/g)?.length).toBeGreaterThan(30);
  });
  test('生僻字、拉丁字母和表情不会出错', async () =>
    expect((await ogPicture({ ...picture, title: '𰻞𰻞面 Biángbiáng 🌾 <>&"' })).length).toBeGreaterThan(
      1000,
    ));
  test('过长的标题以省略号收尾', async () => {
    const long = await ogSvg({ ...picture, title: '科普'.repeat(80) });
    expect(long.length).toBeGreaterThan(1000);
  });
});
