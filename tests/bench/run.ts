import { benchBodies } from './bodies.ts';
import { benchBuild } from './build.ts';
import { benchEditors } from './editors.ts';
import { benchCalendar } from './calendar.ts';
import { benchFigures } from './figures.ts';
import { benchLighthouse } from './lighthouse.ts';
import { benchPublish } from './publish.ts';

/**
 * `npm run bench`; `npm run bench -- 1000 10000` builds whole sites of those sizes and the peers' (default 100 and 1000:
 * at 10,000 the peers and we take an hour); `npm run bench -- bodies calendar` runs only the benchmarks named.
 */
const words = process.argv.slice(2);
const sizes = words.map(Number).filter(Boolean);
const BUILT = sizes.length > 0 ? sizes : [100, 1000];
const PUBLISHED = [100, 1000, 10_000];

/** Seconds from publishing to live, by size. */
const published = new Map<number, number>();

const BENCHMARKS: Record<string, () => unknown> = {
  bodies: benchBodies,
  calendar: benchCalendar,
  figures: benchFigures,
  async publish() {
    for (const size of new Set([...PUBLISHED, ...BUILT])) published.set(size, await benchPublish(size));
  },
  async build() {
    for (const size of BUILT) await benchBuild(size, published.get(size) ?? Number.NaN);
  },
  editors: benchEditors,
  lighthouse: benchLighthouse,
};

const named = words.filter((word) => !Number(word));
const unknown = named.filter((name) => !(name in BENCHMARKS));
if (unknown.length > 0) {
  console.error(`没有「${unknown.join('、')}」；有的是：${Object.keys(BENCHMARKS).join('、')}`);
  process.exit(1);
}
for (const [name, run] of Object.entries(BENCHMARKS))
  if (named.length === 0 || named.includes(name)) await run();
