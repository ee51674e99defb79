import { expect, test } from 'vitest';
import { childSeconds, measure } from './measure.ts';
import { medianCost, quantile } from './median.ts';

/** Uses up this much processor time, and ends. */
const BURN_S = 0.05;
const burn = `while (process.cpuUsage().user < ${BURN_S * 1e6});`;

test('两次查看之间结束的子进程，处理器时间也算', async () => {
  const children = 4;
  const parent = `for (let n = 0; n < ${children}; n++) require('node:child_process').execFileSync(process.execPath, ['-e', ${JSON.stringify(burn)}])`;
  const { cpu, wall, memory } = await measure(process.execPath, ['-e', parent]);
  expect(cpu).toBeGreaterThanOrEqual(children * BURN_S);
  expect(wall).toBeGreaterThan(0);
  expect(memory).toBeGreaterThan(1);
});

test('失败的命令说出它的话', async () => {
  await expect(measure('sh', ['-c', 'echo 坏了 >&2; exit 3'])).rejects.toThrow(/（3）[\s\S]*坏了/);
});

test('times 的第二行是子进程的：分钟也算，看不懂的不当作零', () => {
  expect(childSeconds('0m0.01s 0m0.02s\n2m1.50s 0m0.25s\n')).toBeCloseTo(121.75);
  expect(() => childSeconds('')).toThrow('times');
});

test('中位数每一项各取各的；分位按最近的名次', () => {
  const costs = [
    { wall: 1, cpu: 9, memory: 5 },
    { wall: 2, cpu: 7, memory: 6 },
    { wall: 9, cpu: 8, memory: 1 },
  ];
  expect(medianCost(costs)).toEqual({ wall: 2, cpu: 8, memory: 5 });
  const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
  expect(quantile(hundred, 0.95)).toBe(95);
  expect(quantile([7], 0.99)).toBe(7);
  expect(quantile([], 0.5)).toBeNaN();
});
