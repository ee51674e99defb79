import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LaunchError } from './launch-error.mjs';
import { OWN_NODE, packagesOf } from './install.mjs';

/** Which Node runs the portal: the system's when it is new enough, else one from npm in `.ci/node`. */

/** First version with all that the programs use: TypeScript without a flag, `node:sqlite`, `import.meta.main`. */
const LEAST = [24, 2];

/**
 * Whether a Node is too old to run the portal.
 *
 * @param {string} version `24.1.0`
 */
export function isTooOld(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < LEAST[0] || (major === LEAST[0] && minor < LEAST[1]);
}

export const needsOwnNode = () => isTooOld(process.versions.node);

/** Path of the Node that runs the tasks. */
export function nodeProgram() {
  if (!needsOwnNode()) return process.execPath;
  const [folder] = packagesOf(OWN_NODE);
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const program = folder && join(folder, 'bin', file);
  if (!program || !existsSync(program))
    throw new LaunchError(
      `需要 Node ${LEAST.join('.')} 或更新的版本，现在是 ${process.versions.node}，也没有可以自动安装的：请到 https://nodejs.org/zh-cn 下载安装，再运行一次同样的命令。`,
    );
  return program;
}
