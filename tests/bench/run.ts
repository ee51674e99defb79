import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BENCHMARKS, type Listed } from './benchmarks/index.ts';
import { thisMachine } from './machine/this-machine.ts';
import { writeReport } from './report/markdown.ts';
import { newSheet, type Part } from './report/result.ts';
import { merge, readResults, writeResults } from './report/store.ts';
import { printed } from './report/text.ts';

/** `npm run bench`, see README.md next to this file. */

const DEFAULT_SIZES = [100, 1000];
/** How often what varies is measured: on a large site a build takes minutes. */
const runsOf = (size: number) => (size < 1000 ? 3 : size < 5000 ? 2 : 1);

const RESULTS = join(import.meta.dirname, 'results.json');

const HELP = `npm run bench -- [篇数…] [名称…]

量速度和大小，每一项都和同一次运行里量的同类比，写进 tests/bench/RESULTS.md。
不写篇数是 ${DEFAULT_SIZES.join(' 和 ')}；不写名称是全部。只量一部分时，别的部分留着上次的数。

  npm run bench -- 100                 全部，一百篇
  npm run bench -- 1000 10000 build    生成网站，一千篇和一万篇
  npm run bench -- --report            不量，只把留着的数重新写成 RESULTS.md

${Object.entries(BENCHMARKS)
  .map(
    ([name, { title, what, isSized }]) =>
      `  ${name.padEnd(11)} ${title}：${what}${isSized ? '（按篇数）' : ''}`,
  )
  .join('\n')}

环境变量：BENCH_PICTURES=2000 照片张数；BENCH_PAGES=all 逐种页面；TEST_SITE=目录 用已经生成的演示站。
`;

const { values, positionals } = parseArgs({
  options: { help: { type: 'boolean', short: 'h' }, report: { type: 'boolean' } },
  allowPositionals: true,
});
const given = positionals.filter((word) => /^\d+$/.test(word)).map(Number);
const sizes = (given.length > 0 ? given : DEFAULT_SIZES).sort((a, b) => a - b);
const named = positionals.filter((word) => !/^\d+$/.test(word));
const unknown = named.filter((name) => !(name in BENCHMARKS));
const command = ['npm run bench', ...(positionals.length > 0 ? ['--', ...positionals] : [])].join(' ');

if (values.help) console.log(HELP);
else if (values.report) writeReport(readResults(RESULTS));
else if (unknown.length > 0 || sizes.some((size) => size < 1)) {
  console.error(unknown.length > 0 ? `没有「${unknown.join('、')}」这一项。\n\n${HELP}` : '篇数至少是 1。');
  process.exitCode = 1;
} else await runAll();

async function runAll(): Promise<void> {
  // A file that cannot be read is told before an hour of measuring.
  readResults(RESULTS);
  const chosen = Object.entries(BENCHMARKS).filter(([name]) => named.length === 0 || named.includes(name));
  const failed: string[] = [];
  for (const size of sizes)
    for (const [name, listed] of chosen) {
      if (!listed.isSized && size !== sizes[0]) continue;
      const part = await runOne(name, listed, size);
      if (part.failure) failed.push(`${listed.title} ${listed.isSized ? size : ''}`.trim());
      // After each: an interrupted run keeps what it has.
      const parts = merge(readResults(RESULTS), [part]);
      writeResults(RESULTS, parts);
      writeReport(parts);
    }
  console.log(
    `写好了 tests/bench/RESULTS.md。${failed.length > 0 ? `没有做完的：${failed.join('、')}` : ''}`,
  );
  if (failed.length > 0) process.exitCode = 1;
}

async function runOne(name: string, { title, isSized, run }: Listed, size: number): Promise<Part> {
  const heading = isSized ? `${title}，${size} 篇` : title;
  console.log(`\n${heading}……`);
  const sheet = newSheet();
  const at = new Date().toISOString();
  const began = performance.now();
  const failure = await Promise.resolve()
    .then(() => run({ sheet, size, runs: runsOf(size) }))
    .then(
      () => undefined,
      (error: Error) => ({ at, command, message: error.message }),
    );
  const part: Part = {
    benchmark: name,
    ...(isSized && { size }),
    ...{ at, command, seconds: Math.round((performance.now() - began) / 1000), machine: thisMachine() },
    figures: sheet.found,
    ...(failure && { failure }),
  };
  console.log(printed(part));
  return part;
}
