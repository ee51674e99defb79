import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { drawBars, drawGrowth } from './drawing.ts';
import { checkAim, shown, shownRatio } from './ratio.ts';
import { newSheet, OWN, type Part } from './result.ts';
import { merge, readResults, writeResults } from './store.ts';

const part = (benchmark: string, size: number, wall: number, more: Partial<Part> = {}): Part => {
  const sheet = newSheet();
  sheet.row(OWN, '从头', { wall });
  return {
    benchmark,
    size,
    at: '2026-11-28T09:00:00.000Z',
    seconds: 1,
    command: 'npm run bench',
    machine: { cpu: '某', cores: 2, memory: 8, kernel: '6.1', versions: {} },
    figures: sheet.found,
    ...more,
  };
};

const wallOf = (parts: readonly Part[], benchmark: string, size: number) =>
  parts.find((one) => one.benchmark === benchmark && one.size === size)?.figures.rows[0]?.figures.wall;

test('只量一部分时，别的部分和别的篇数留着上次的数', () => {
  const kept = [part('build', 100, 1), part('build', 1000, 10), part('search', 100, 2)];
  const merged = merge(kept, [part('build', 1000, 20)]);
  expect(merged).toHaveLength(3);
  expect(wallOf(merged, 'build', 1000)).toBe(20);
  expect(wallOf(merged, 'build', 100)).toBe(1);
  expect(wallOf(merged, 'search', 100)).toBe(2);
});

test('没有做完的留着上次的数，写明没有做完；下次做完了就不再写', () => {
  const failure = { at: '2026-11-28T10:00:00.000Z', command: 'npm run bench -- build', message: '磁盘满了' };
  const failed = merge([part('build', 100, 1)], [part('build', 100, 0, { failure })]);
  expect(wallOf(failed, 'build', 100)).toBe(1);
  expect(failed[0]?.failure).toEqual(failure);
  const again = merge(failed, [part('build', 100, 3)]);
  expect(again).toEqual([part('build', 100, 3)]);
  expect(merge([], [part('build', 100, 0, { failure })])[0]?.failure).toEqual(failure);
});

test('写下的数读回来一样；读不懂的说明怎么办，不当作没有', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'results-')), 'results.json');
  expect(readResults(file)).toEqual([]);
  const parts = [part('build', 100, 1.25)];
  writeResults(file, parts);
  expect(readResults(file)).toEqual(parts);
  writeFileSync(file, '{"version":1,"parts":[{}]}');
  expect(() => readResults(file)).toThrow('从 Git 取回');
});

test.each([
  [26.4, 2, '13.2'],
  [300, 2, '150'],
  [2.1, 2, '1.05'],
  [1, 12, '0.083'],
  [0, 3, '0.00'],
  [1, 0, '—'],
  [1, undefined, '—'],
  [Number.NaN, 1, '—'],
])('%s ÷ %s 写成 %s', (own, peer, text) => {
  expect(shownRatio(own, peer)).toBe(text);
});

test('很小的数不写成零，零还是零', () => {
  expect(shown('wall', 0.0004)).toBe('0.0004');
  expect(shown('wall', 0)).toBe('0.00');
  expect(shown('wall', 1.005)).toMatch(/^1\.0[01]$/);
});

test('目标照没有四舍五入的数判断，没有对手的数就不判断', () => {
  const sheet = newSheet();
  const own = sheet.row(OWN, '从头', { cpu: 4.004 });
  const peer = sheet.row('甲', '从头', { cpu: 1 });
  const without = sheet.row('乙', '从头', {});
  sheet.aim('从头', { own, peer, metric: 'cpu', most: 4 });
  sheet.aim('从头', { own: peer, peer: own, metric: 'cpu', least: 0.2 });
  sheet.aim('从头', { own, peer: without, metric: 'cpu', most: 4 });
  const [first, second, third] = sheet.found.aims.map((aim) => checkAim(sheet.found, aim));
  expect(first).toMatchObject({ value: '4.00 倍', limit: '≤ 4 倍', isMet: false });
  expect(second).toMatchObject({ isMet: true, limit: '≥ 0.2 倍' });
  expect(third).toBeUndefined();
});

test('图里没有外来的字体和脚本，每个名称和数都在，零和一种篇数也画得出', () => {
  const bars = drawBars('大小 <kB>', [
    { label: '本站', value: 0, isOwn: true },
    { label: '别的 & 站', value: 12.34, isOwn: false },
  ]);
  const growth = drawGrowth(
    '用时',
    [100, 1000].flatMap((size) => [
      { label: '本站', size, value: size / 100 },
      { label: '别的', size, value: size / 99 },
    ]),
  );
  for (const svg of [bars, growth]) {
    expect(svg).not.toMatch(/NaN|<script|url\(|@import|href/);
    expect(svg).toContain('prefers-color-scheme:dark');
  }
  expect(bars).toContain('大小 &#60;kB&#62;');
  expect(bars).toContain('12.3');
  const ends = [...growth.matchAll(/translate\([\d.]+,(-?[\d.]+)\)"[^>]*class="end c\d/g)];
  expect(ends).toHaveLength(2);
  const [a = 0, b = 0] = ends.map(([, y]) => Number(y));
  expect(Math.abs(a - b)).toBeGreaterThanOrEqual(17);
});
