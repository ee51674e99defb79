import { expect, test } from 'vitest';
import { drawChart, WIDTH } from './drawing.ts';
import type { Point } from './points.ts';

const points: Point[] = [
  { label: '甲镇', value: 3, text: '3 场' },
  { label: '乙镇', value: undefined, text: '未载' },
  { label: '丙镇', value: 24, text: '24 场' },
  { label: '丁镇', value: 0, text: '0 场' },
];

test.each(['bars', 'columns', 'line'] as const)('%s：同样的数画出同样的图，没有颜色、脚本和样式', (kind) => {
  const { content, height } = drawChart(kind, points);
  expect(drawChart(kind, points).content).toBe(content);
  expect(height).toBeGreaterThan(100);
  expect(content).not.toMatch(/<style|<script|fill=|stroke=|aria-|\.\d\d/);
});

test('一根条对一个数，最长的是最大的，未载的没有条，写明未载', () => {
  const { content } = drawChart('bars', points);
  const widths = [...content.matchAll(/<rect[^>]* width="([\d.]+)"/g)].map(([, width]) => Number(width));
  expect(widths).toHaveLength(3);
  expect((widths[1] ?? 0) / (widths[0] ?? 1)).toBeCloseTo(8, 1);
  expect(widths[2]).toBe(0);
  expect(Math.max(...widths)).toBeLessThan(WIDTH);
  expect(content).toContain('未载');
  for (const { label } of points) expect(content).toContain(`>${label}</text>`);
});

test('折线在没有数的一年断开，大数写成万', () => {
  const years = [2021, 2022, 2023, 2024, 2025];
  const { content } = drawChart(
    'line',
    years.map((year, index) => ({
      label: String(year),
      value: index === 2 ? undefined : 50_000 * (index + 1),
      text: '',
    })),
  );
  const [, path = ''] = /class="path"[^>]*><path d="([^"]*)"/.exec(content) ?? [];
  expect(path.match(/M/g)).toHaveLength(2);
  expect(content.match(/<circle/g)).toHaveLength(4);
  expect(content).toContain('>5万</text>');
});

test('名称里的尖括号和引号不会变成标签', () => {
  const { content } = drawChart('bars', [{ label: '<script>"&', value: 1, text: '1' }]);
  expect(content).not.toContain('<script');
  expect(content).toContain('&lt;script&gt;');
});

test('放不下的名称截短，放得下的不动', () => {
  const [long, short] = [
    '麦禾县第三十届科技之春宣传月暨学雷锋志愿服务活动',
    '麦禾县第三十届“科技之春”宣传月',
  ];
  const { content } = drawChart(
    'bars',
    [long, short].map((label = '') => ({ label, value: 1, text: '1' })),
  );
  expect(content).toContain('>麦禾县第三十届科技之春宣传月暨学雷…</text>');
  expect(content).toContain(`>${short}</text>`);
});

test('没有一个数时也画得出，不出错', () => {
  for (const kind of ['bars', 'columns', 'line'] as const)
    expect(drawChart(kind, [{ label: '甲', value: undefined, text: '未载' }]).content).not.toContain('NaN');
  expect(drawChart('line', [{ label: '2026', value: 0, text: '0' }]).content).not.toContain('NaN');
});
