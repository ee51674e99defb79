import { LaunchError } from './launch-error.mjs';
import { install } from './install.mjs';
import { needsOwnNode, nodeProgram } from './node.mjs';
import { run, runTogether } from './processes.mjs';
import { offerWebServers, requireBrowser, requireGit } from './system.mjs';
import { TASKS } from './tasks.mjs';

/**
 * Installs what a task needs, then runs it; the process ends with the exit code of the task.
 *
 * @param {readonly string[]} words the task and its arguments
 */
export async function launch([name = '', ...args]) {
  try {
    process.exitCode = await perform(name, args);
  } catch (error) {
    if (!(error instanceof LaunchError)) throw error;
    console.error(`\n${error.message}\n`);
    process.exitCode = 1;
  }
}

async function perform(name, args) {
  const task = TASKS[name];
  if (!task) throw new LaunchError(`没有「${name}」这个命令；有的是：${Object.keys(TASKS).join('、')}`);
  if (task.needsBrowser) requireBrowser();
  if (task.needsGit) requireGit();
  if (task.wantsWebServers) offerWebServers();
  await install({ testTools: !!task.needsTestTools, ownNode: needsOwnNode() });
  const node = nodeProgram();
  for (const step of task.steps(args)) {
    const code = Array.isArray(step) ? await runTogether(step, node) : await run(step, node);
    if (code !== 0) return code;
  }
  return 0;
}
