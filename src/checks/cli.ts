import { formatProblem } from '../model/problems.ts';
import { foldersOfEnvironment, openContent } from '../store/index.ts';
import { readCorpus } from './corpus.ts';
import { checkContent } from './index.ts';
import { sourcesOf, sourcesText } from './sources.ts';

/**
 * `npm run check`: every problem on a line of its own, then exit 1 when there was an error.
 * `npm run check -- --sources`: before them every source of the content, for a person to check against the library.
 */

const corpus = readCorpus(openContent(foldersOfEnvironment()));
if (process.argv.includes('--sources')) console.log(`${sourcesText(sourcesOf(corpus))}\n`);
const problems = checkContent(corpus);
const errors = problems.filter((problem) => problem.severity === 'error');

for (const problem of problems)
  console.log(`${problem.severity === 'error' ? '错误' : '提醒'}  ${formatProblem(problem)}`);
if (problems.length > 0) console.log('');
console.log(
  errors.length > 0
    ? `${errors.length} 处错误要改（另有 ${problems.length - errors.length} 处提醒）；改好后再运行 npm run check`
    : `内容没有错误${problems.length > 0 ? `，有 ${problems.length} 处提醒` : ''}。`,
);
process.exitCode = errors.length > 0 ? 1 : 0;
