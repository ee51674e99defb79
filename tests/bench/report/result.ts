import { z } from 'zod';

/**
 * What a benchmark found: raw figures, which of them are compared, and what we aim at. Ratios are never stored: the report works
 * them out from figures of the same run.
 */

/** What can be measured, in the order of a table's columns. */
export const METRICS = {
  wall: { label: '用时', unit: '秒', digits: 2 },
  cpu: { label: '处理器', unit: '秒', digits: 2 },
  memory: { label: '内存峰值', unit: 'MB', digits: 0 },
  first: { label: '第一次', unit: '毫秒', digits: 0 },
  median: { label: '中位', unit: '毫秒', digits: 1 },
  p95: { label: 'p95', unit: '毫秒', digits: 1 },
  p99: { label: 'p99', unit: '毫秒', digits: 1 },
  slowest: { label: '最慢', unit: '毫秒', digits: 1 },
  rate: { label: '每秒', unit: '次', digits: 0 },
  cost: { label: '每次处理器', unit: '微秒', digits: 0 },
  transferred: { label: '传输', unit: 'kB', digits: 1 },
  html: { label: 'HTML', unit: 'kB', digits: 2 },
  style: { label: '其中样式（未压缩占比）', unit: '%', digits: 0 },
  styleFiles: { label: '样式文件', unit: 'kB', digits: 1 },
  script: { label: '脚本', unit: 'kB', digits: 1 },
  pictures: { label: '图片', unit: 'kB', digits: 1 },
  total: { label: '打开时一共', unit: 'kB', digits: 1 },
  fcp: { label: '出现文字（FCP）', unit: '秒', digits: 2 },
  lcp: { label: '主要内容（LCP）', unit: '秒', digits: 2 },
  performance: { label: '性能', unit: '分', digits: 0 },
  accessibility: { label: '无障碍', unit: '分', digits: 0 },
  practices: { label: '最佳做法', unit: '分', digits: 0 },
  seo: { label: '搜索引擎', unit: '分', digits: 0 },
  count: { label: '个数', unit: '个', digits: 0 },
} as const satisfies Record<string, { label: string; unit: string; digits: number }>;

export type Metric = keyof typeof METRICS;

const metric = z.enum(Object.keys(METRICS) as [Metric, ...Metric[]]);

const row = z.strictObject({
  /** Whose: `本站`, `Eleventy 3`. */
  of: z.string(),
  /** What was done: `从头`. */
  name: z.string(),
  figures: z.partialRecord(metric, z.number()),
});
export type Row = z.output<typeof row>;

/** Two rows by number. */
const comparison = z.strictObject({ own: z.int(), peer: z.int() });

const aim = z.strictObject({
  what: z.string(),
  metric,
  /** Number of a row; with `peer` the ratio of two. */
  own: z.int(),
  peer: z.int().optional(),
  most: z.number().optional(),
  least: z.number().optional(),
});
export type Aim = z.output<typeof aim>;

const figures = z.strictObject({
  rows: z.array(row),
  comparisons: z.array(comparison),
  aims: z.array(aim),
  /** Chinese sentences for the reader: what was not there, how it was measured. */
  notes: z.array(z.string()),
});
export type Figures = z.output<typeof figures>;

const machine = z.strictObject({
  cpu: z.string(),
  cores: z.int(),
  /** GB. */
  memory: z.number(),
  kernel: z.string(),
  /** By program; absent when it is not there. */
  versions: z.record(z.string(), z.string()),
});
export type Machine = z.output<typeof machine>;

/** One benchmark at one size. */
const part = z.strictObject({
  benchmark: z.string(),
  /** Articles, for benchmarks that are run at several sizes. */
  size: z.int().optional(),
  /** ISO 8601. */
  at: z.string(),
  /** How long the benchmark took. */
  seconds: z.number(),
  command: z.string(),
  machine,
  figures,
  /** The last try, when it failed: the figures, if there are any, are of the one before. */
  failure: z.strictObject({ at: z.string(), command: z.string(), message: z.string() }).optional(),
});
export type Part = z.output<typeof part>;

export const resultsFile = z.strictObject({ version: z.literal(1), parts: z.array(part) });

/** Collects what a benchmark finds. */
export function newSheet() {
  const found: Figures = { rows: [], comparisons: [], aims: [], notes: [] };
  return {
    found,
    /** @returns the row's number, for `compare` and `aim` */
    row(of: string, name: string, values: Row['figures']): number {
      return found.rows.push({ of, name, figures: values }) - 1;
    },
    /** Shows the ratio of one row to another in every metric that both have. */
    compare(own: number, peer: number): void {
      found.comparisons.push({ own, peer });
    },
    aim(what: string, aimed: Omit<Aim, 'what'>): void {
      found.aims.push({ what, ...aimed });
    },
    note(sentence: string): void {
      if (!found.notes.includes(sentence)) found.notes.push(sentence);
    },
  };
}
export type Sheet = ReturnType<typeof newSheet>;

/** Ours, as the rows say it. */
export const OWN = '本站';
