import { describe, expect, test } from 'vitest';
import { qrCode } from './qr.ts';

describe('二维码', () => {
  test('四周留有四格空白', () => {
    const { size, path } = qrCode('https://kepu.example/articles/yuxi/');
    const points = [...path.matchAll(/M(\d+) (\d+)h(\d+)/g)].map((match) => match.slice(1).map(Number));
    expect(Math.min(...points.map(([x]) => x as number))).toBe(4);
    expect(Math.min(...points.map(([, y]) => y as number))).toBe(4);
    expect(Math.max(...points.map(([x, , length]) => (x as number) + (length as number)))).toBe(size - 4);
  });
});
