import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';

/** `node tests/support/coverage-table.ts`: prints the coverage of the last `npm run test:all`, by folder. */

interface Counts {
  total: number;
  covered: number;
}
type Kind = 'statements' | 'branches' | 'functions';

const SUMMARY = 'coverage/coverage-summary.json';
const KINDS: readonly Kind[] = ['statements', 'branches', 'functions'];

if (!existsSync(SUMMARY)) {
  console.error(`没有 ${SUMMARY}：请先运行 npm run test:all`);
  process.exit(1);
}
const { total, ...files } = JSON.parse(readFileSync(SUMMARY, 'utf8')) as Record<string, Record<Kind, Counts>>;
const folders = Object.groupBy(Object.keys(files), (file) =>
  relative(process.cwd(), dirname(file)).replaceAll('\\', '/'),
);

const percent = (counts: readonly Counts[]): string => {
  const all = counts.reduce((sum, one) => sum + one.total, 0);
  const covered = counts.reduce((sum, one) => sum + one.covered, 0);
  return all === 0 ? '—' : ((covered / all) * 100).toFixed(1);
};

console.log('覆盖率（%），按文件夹；在别的进程里运行的代码（构建、检查上传的进程）不计在内');
console.log(`${'语句'.padStart(6)}${'分支'.padStart(6)}${'函数'.padStart(6)}  文件夹`);
for (const [folder, names = []] of Object.entries(folders).sort(([a], [b]) => (a < b ? -1 : 1)))
  row(
    folder,
    names.map((name) => files[name] as Record<Kind, Counts>),
  );
if (total) row('全部', [total]);

function row(folder: string, counts: readonly Record<Kind, Counts>[]): void {
  console.log(
    `${KINDS.map((kind) => percent(counts.map((one) => one[kind])).padStart(8)).join('')}  ${folder}`,
  );
}
