import { describe, expect, test } from 'vitest';
import { qrCode } from './qr.ts';

describe('二维码', () => {
  test('四周留有四格空白', () => {
    const { size, path } = qrCode('https://kepu.example/articles/yuxi/');
    const rows = path.split('M').slice(1);
    const spans = rows.map((row) => {
      const [, start, y, runs] = /^(\d+) (\d+)\.5(.*)$/.exec(row) as unknown as [
        string,
        string,
        string,
        string,
      ];
      const length = [...runs.matchAll(/[mh](\d+)/g)].reduce((sum, match) => sum + Number(match[1]), 0);
      return { y: Number(y), start: Number(start), end: Number(start) + length };
    });
    expect(Math.min(...spans.map(({ start }) => start))).toBe(4);
    expect(Math.min(...spans.map(({ y }) => y))).toBe(4);
    expect(Math.max(...spans.map(({ end }) => end))).toBe(size - 4);
  });
});
