import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Bar, drawBars, drawGrowth, type Point } from './drawing.ts';
import { type Metric, OWN, type Part, type Row } from './result.ts';

/** Which figures become drawings. */
interface Plot {
  file: string;
  title: string;
  benchmark: string;
  metric: Metric;
  /** Name of the line or the bar; undefined for rows that are not drawn. */
  label: (row: Row) => string | undefined;
}

/** What all of them do: a cold build; ours without what only we have, too. */
function builders({ of, name }: Row): string | undefined {
  if (of !== OWN) return of;
  if (/^从头，\d+ 核$/.test(name)) return `${OWN}，从头`;
  return name === '改一篇' ? `${OWN}，改一篇` : undefined;
}

const ownOnly = ({ of, name }: Row) => (of === OWN ? name : undefined);
const everything = ({ of, name }: Row) => `${of}，${name}`;

/** Benchmarks with sizes are drawn as lines as soon as there are two sizes, else as bars. */
const PLOTS: readonly Plot[] = [
  { file: 'build-cpu.svg', title: '生成网站：处理器秒', benchmark: 'build', metric: 'cpu', label: builders },
  {
    file: 'build-wall.svg',
    title: '生成网站：用时，秒',
    benchmark: 'build',
    metric: 'wall',
    label: builders,
  },
  {
    file: 'build-memory.svg',
    title: '生成网站：内存峰值，MB',
    benchmark: 'build',
    metric: 'memory',
    label: builders,
  },
  {
    file: 'publish.svg',
    title: '改一篇到上线，同类是从头生成：秒',
    benchmark: 'publish',
    metric: 'wall',
    label: ({ of, name }) => (of !== OWN ? of : name.includes('→ 上线') ? OWN : undefined),
  },
  {
    file: 'search-bytes.svg',
    title: '搜索：第一次传输的 kB',
    benchmark: 'search',
    metric: 'transferred',
    label: ({ of, name }) => (name.startsWith('第一次') ? `${of}，${name}` : undefined),
  },
  {
    file: 'serving.svg',
    title: '送网页：每秒多少次',
    benchmark: 'serving',
    metric: 'rate',
    label: everything,
  },
  {
    file: 'weight.svg',
    title: '网页大小：HTML 和样式，brotli 以后的 kB',
    benchmark: 'weight',
    metric: 'html',
    label: ownOnly,
  },
  {
    file: 'first-view.svg',
    title: '慢网旧手机：看见主要内容，秒',
    benchmark: 'firstView',
    metric: 'lcp',
    label: everything,
  },
];

/** More bars are no picture any more. */
const MOST_BARS = 24;

function draw(plot: Plot, parts: readonly Part[]): string | undefined {
  const points = parts.flatMap(({ size = 0, figures }) =>
    figures.rows.flatMap((row): Point[] => {
      const value = row.figures[plot.metric];
      const label = plot.label(row);
      return value === undefined || label === undefined ? [] : [{ label, size, value }];
    }),
  );
  if (points.length === 0) return undefined;
  const sizes = new Set(points.map(({ size }) => size));
  if (sizes.size > 1) return drawGrowth(plot.title, points);
  const [size = 0] = sizes;
  const bars = points
    .slice(0, MOST_BARS)
    .map(({ label, value }): Bar => ({ label, value, isOwn: label.startsWith(OWN) }));
  const title = size > 0 ? `${plot.title}（${size} 篇）` : plot.title;
  return drawBars(title, plot.label === ownOnly ? bars.map((bar) => ({ ...bar, isOwn: true })) : bars);
}

/** @returns names of the files by benchmark */
export function writePlots(folder: string, parts: readonly Part[]): Record<string, string[]> {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (name.endsWith('.svg')) rmSync(join(folder, name));
  const written: Record<string, string[]> = {};
  for (const plot of PLOTS) {
    const drawing = draw(
      plot,
      parts.filter(({ benchmark }) => benchmark === plot.benchmark),
    );
    if (!drawing) continue;
    writeFileSync(join(folder, plot.file), drawing);
    written[plot.benchmark] = [...(written[plot.benchmark] ?? []), plot.file];
  }
  return written;
}
