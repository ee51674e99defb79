import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { dayText } from '../src/calendar/text.ts';
import { today } from '../src/calendar/today.ts';
import { formatProblem } from '../src/model/problems.ts';
import { blanksIn, changeLines, exportsOf, readMaterial, type Report } from '../src/report/index.ts';
import { writeFileAtomic } from '../src/runtime/write-atomically.ts';
import { foldersOfEnvironment, openContent } from '../src/store/index.ts';
import { fileNames, makeDraft, OutlineRefusal, STEPS } from './server/services/reports/drafting.ts';

/**
 * `npm run report -- --year 2022 --out 报告.docx`: the year's work report with its Markdown and its one-page summary.
 * Beside them lies what the next run compares itself with, `报告.json`. With `--exports 文件夹` the forms and lists too.
 */

const USAGE =
  '写法：npm run report -- --year 2022 --out 报告.docx（另加 --exports 文件夹，连同填报的表格一起生成）';

interface Options {
  year: number;
  out: string | undefined;
  exports: string | undefined;
}

/** @throws a Chinese message */
function readOptions(args: string[]): Options {
  let values: { year?: string; out?: string; exports?: string };
  try {
    ({ values } = parseArgs({
      args,
      options: { year: { type: 'string' }, out: { type: 'string' }, exports: { type: 'string' } },
    }));
  } catch (error) {
    throw new Error(`参数不对。${USAGE}`, { cause: error });
  }
  const year = Number(values.year ?? Number(today().slice(0, 4)) - 1);
  if (!Number.isInteger(year) || year < 1950 || year > 2100)
    throw new Error(`「--year ${values.year}」不是年份，写成 2022 的样子。${USAGE}`);
  if (values.out !== undefined && extname(values.out).toLowerCase() !== '.docx')
    throw new Error(`「--out ${values.out}」的扩展名要是 .docx。${USAGE}`);
  return { year, out: values.out, exports: values.exports };
}

interface Kept {
  on: string;
  report: Pick<Report, 'year' | 'figures' | 'records'>;
}

/** The draft that an earlier run left in the same place, if it is of the same year. */
function draftBefore(file: string, year: number) {
  if (!existsSync(file)) return undefined;
  try {
    const { on, report } = JSON.parse(readFileSync(file, 'utf8')) as Kept;
    return report.year === year ? { report, name: `${dayText(on)}的草稿` } : undefined;
  } catch {
    throw new Error(`「${file}」读不出来，无法和上一稿比较：请删去它，再运行一次`);
  }
}

async function run({ year, out, exports }: Options): Promise<void> {
  const content = openContent(foldersOfEnvironment());
  const material = readMaterial(content, year);
  const target = resolve(out ?? fileNames(material.county, year).docx);
  const stem = join(dirname(target), basename(target, extname(target)));
  const kept = `${stem}.json`;
  const on = today();
  const before = draftBefore(kept, year);
  const { report, changes, isSample, leftOut, files } = await makeDraft({
    content,
    year,
    on,
    before,
    onStep: (step) => console.log(`${step + 1}/${STEPS.length} ${STEPS[step]}……`),
  });
  mkdirSync(dirname(target), { recursive: true });
  const places = [target, `${stem}.md`, `${stem}-摘要.docx`, `${stem}-摘要.md`];
  for (const [index, { bytes }] of files.entries()) writeFileAtomic(places[index] as string, bytes);
  const draft: Kept = { on, report: { year, figures: report.figures, records: report.records } };
  writeFileAtomic(kept, JSON.stringify(draft));
  console.log(`\n${report.title}：待填 ${blanksIn(report)} 处，待核 ${report.doubts.length} 项。写在：`);
  for (const place of places) console.log(`  ${place}`);
  if (isSample) console.log('没有 content/data/report.yaml，用的是随程序来的示例提纲。');
  if (leftOut.length > 0)
    console.log(['\n这些记录有错误，改好以前没有算进去：', ...leftOut.map(formatProblem)].join('\n  '));
  const lines = changes && changeLines(changes);
  if (lines) console.log(['\n与上一稿相比：', ...(lines.length > 0 ? lines : ['没有变化'])].join('\n  '));
  if (exports !== undefined) await writeExports(resolve(exports), material);
}

async function writeExports(folder: string, material: ReturnType<typeof readMaterial>): Promise<void> {
  const files = exportsOf(material).flatMap((group) => group.files);
  for (const { name, make } of files) writeFileAtomic(join(folder, name), await make());
  console.log(`\n另有 ${files.length} 个填报和导出的文件，在 ${folder}`);
}

try {
  await run(readOptions(process.argv.slice(2)));
} catch (error) {
  console.error((error as Error).message);
  if (error instanceof OutlineRefusal)
    for (const problem of error.problems) console.error(formatProblem(problem));
  process.exitCode = 2;
}
