/**
 * The one way in for every script of package.json: `node .ci/launch.mjs <task> [arguments]`.
 *
 * It runs on whatever Node is on the PATH, installs what the task needs, and starts the task with a Node that is new
 * enough. A shell line `node setup && node program` cannot do that: `sh` remembers where it found the first `node`.
 *
 * This file is written for very old Nodes too, so that they can say that they are too old.
 */
const LEAST_NODE = 20;

const version = process.versions.node;
if (Number(version.split('.')[0]) < LEAST_NODE) {
  console.error(
    `需要 Node ${LEAST_NODE} 或更新的版本，现在是 ${version}：请到 https://nodejs.org/zh-cn 下载安装，再运行一次同样的命令。`,
  );
  process.exit(1);
}

import('./launcher/index.mjs').then(({ launch }) => launch(process.argv.slice(2)));
