import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { LaunchError } from './launch-error.mjs';
import { ROOT } from './paths.mjs';
import { openProgress } from './progress.mjs';

/** Installs the packages of the lock files into up to three folders, unless they are installed already. */

/**
 * @typedef {object} Part
 * @property {string} folder relative to the root, '' for the root itself
 * @property {boolean} [withTestTools] development dependencies too
 * @property {boolean} [forAnyProcessor] packages for other processors too
 */

/** A Node for machines with an older one: one npm package for each platform. @type {Part} */
export const OWN_NODE = { folder: '.ci/node' };

/** The browser's parser: its package requires `cpu: wasm32`, so npm skips it elsewhere (`cms/parser/.npmrc`). @type {Part} */
const PARSER = { folder: 'cms/parser', forAnyProcessor: true };

/**
 * Installs what is missing.
 *
 * @param {{ testTools: boolean, ownNode: boolean }} wanted development dependencies too; a Node of its own
 * @throws {LaunchError} with what to do
 */
export async function install({ testTools, ownNode }) {
  const all = [{ folder: '', withTestTools: testTools }, PARSER, ...(ownNode ? [OWN_NODE] : [])];
  const parts = all.filter((part) => !isInstalled(part));
  if (parts.length === 0) return;
  const wanted = parts.flatMap(packagesOf);
  const progress = openProgress('正在安装依赖', {
    count: () => wanted.filter((folder) => existsSync(join(folder, 'package.json'))).length,
    total: wanted.length,
    unit: '个',
  });
  try {
    await Promise.all(parts.map(installPart));
  } catch (error) {
    progress.stop();
    throw error;
  }
  progress.done();
}

const modulesOf = ({ folder }) => join(ROOT, folder, 'node_modules');

/** Exists while npm installs, and after an interrupted install. */
const unfinishedMark = (part) => join(modulesOf(part), '.unfinished');
const installedMark = (part) => join(modulesOf(part), '.installed');

const lockOf = ({ folder }) => readFileSync(join(ROOT, folder, 'package-lock.json'));

/** The lock file and options of an install. An install with test tools serves tasks that need none, too. */
const stateOf = (part) => ({
  lock: createHash('sha256').update(lockOf(part)).digest('hex'),
  withTestTools: !!part.withTestTools,
});

function isInstalled(part) {
  try {
    const state = JSON.parse(readFileSync(installedMark(part), 'utf8'));
    const wanted = stateOf(part);
    return state.lock === wanted.lock && (state.withTestTools || !wanted.withTestTools);
  } catch {
    return false;
  }
}

/**
 * Folders of the packages that npm installs on this machine.
 *
 * @param {Part} part
 */
export function packagesOf(part) {
  const { packages } = JSON.parse(lockOf(part));
  return Object.entries(packages)
    .filter(([path, { dev, os, cpu, libc }]) => {
      if (path === '' || (dev && !part.withTestTools)) return false;
      const runs = (list, own) => !list || [list].flat().includes(own);
      return (
        runs(os, process.platform) &&
        (part.forAnyProcessor || runs(cpu, process.arch)) &&
        runs(libc, C_LIBRARY)
      );
    })
    .map(([path]) => join(ROOT, part.folder, path));
}

/** A killed install leaves its mark, whose process id may be reused later: an older mark is ignored. */
const LONGEST_INSTALL_MS = 30 * 60_000;

/** Whether the process that wrote the mark is still installing. */
function isBusy(mark) {
  try {
    if (Date.now() - statSync(mark).mtimeMs > LONGEST_INSTALL_MS) return false;
    process.kill(Number(readFileSync(mark, 'utf8')), 0);
    return true;
  } catch {
    return false;
  }
}

const C_LIBRARY =
  process.platform === 'linux' && !process.report?.getReport().header.glibcVersionRuntime ? 'musl' : 'glibc';

async function installPart(part) {
  const unfinished = unfinishedMark(part);
  if (isBusy(unfinished)) throw new LaunchError(`另一个命令正在安装依赖；等它装完，${AGAIN}`);
  try {
    accessSync(join(ROOT, part.folder), constants.W_OK);
    // npm treats a half unpacked package as installed.
    if (existsSync(unfinished)) rmSync(modulesOf(part), { recursive: true, force: true, maxRetries: 3 });
    mkdirSync(modulesOf(part), { recursive: true });
    rmSync(installedMark(part), { force: true });
    writeFileSync(unfinished, String(process.pid));
    await npmInstall(part);
    writeFileSync(installedMark(part), JSON.stringify(stateOf(part)));
    rmSync(unfinished, { force: true });
  } catch (error) {
    throw error instanceof LaunchError ? error : new LaunchError(explain(`${error.code} ${error.message}`));
  }
}

/** npm exits with 0 even if the disk was full before the last files. */
const LEAST_BYTES_LEFT = 1_000_000;

async function npmInstall(part) {
  // Not `npm ci`: it requires the optional packages of all platforms, which some mirrors lack.
  const { code, output } = await npm(
    [
      'install',
      // Spelled out, so that neither NODE_ENV nor an `omit` in anybody's .npmrc leaves a part out.
      ...['prod', 'optional', 'peer', ...(part.withTestTools ? ['dev'] : [])].map(
        (kind) => `--include=${kind}`,
      ),
      ...(part.withTestTools ? [] : ['--omit=dev']),
      '--package-lock',
      '--no-global',
      '--no-save',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    ],
    { cwd: join(ROOT, part.folder) },
  );
  if (code !== 0) throw new LaunchError(explain(output));
  const { bavail, bsize } = statfsSync(modulesOf(part));
  if (bavail * bsize < LEAST_BYTES_LEFT) throw new LaunchError(explain('ENOSPC'));
}

/** Runs the npm that runs this script, or the one on the PATH. */
function npm(args, { cwd }) {
  const script = process.env.npm_execpath;
  const isScript = script && /\.[cm]?js$/.test(script);
  const [command, words] = isScript ? [process.execPath, [script, ...args]] : ['npm', args];
  // Windows has `npm.cmd`, which only a shell runs.
  const shell = !isScript && process.platform === 'win32';
  // npm sets these variables for the running script; a nested npm would take them for its own settings.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) =>
        !/^npm_(config_(omit|include|production|only|prefix|global)$|lifecycle|package)/i.test(name),
    ),
  );
  // With `NODE_ENV=production` npm would skip development dependencies; the flags decide that.
  delete env.NODE_ENV;
  return new Promise((resolve) => {
    const child = spawn(command, words, { cwd, env, shell, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        output += chunk;
      });
    child.once('error', (error) => resolve({ code: 1, output: `${error.code} ${error.message}` }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

const AGAIN = '再运行一次同样的命令。';

/** Explanations of a failed install by npm's output; the first match counts. */
const REASONS = [
  [
    /ENOSPC|no space left/i,
    `磁盘满了，依赖没有装好。装依赖大约要 400 MB（测试另要 200 MB），请腾出地方，${AGAIN}`,
  ],
  [
    /EACCES|EPERM|EROFS|permission denied/i,
    `不能写入程序文件夹「${ROOT}」，依赖没有装好。请检查文件夹的权限，或换一个能写的用户，${AGAIN}`,
  ],
  [
    /E404|ETARGET|notarget|404 Not Found/i,
    `npm 镜像里缺包，依赖没有装好。请换一个镜像（npm config set registry 网址），${AGAIN}`,
  ],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET|network|FETCH_ERROR|5\d\d (?:Internal|Bad|Service|Gateway)/i,
    `连不上 npm 镜像，依赖没有装好。请检查网络，或换一个镜像（npm config set registry 网址），${AGAIN}`,
  ],
  [
    /SELF_SIGNED_CERT|UNABLE_TO_(?:VERIFY|GET_ISSUER)|CERT_/i,
    `npm 镜像的证书不被信任，依赖没有装好。单位的网络常有自己的证书：请向网络管理员要证书文件，用环境变量 NODE_EXTRA_CA_CERTS 指明，${AGAIN}`,
  ],
  [/EINTEGRITY/i, `下载的包与记录的不一样，依赖没有装好。请运行 npm cache clean --force，${AGAIN}`],
  [/ENOENT.*npm|npm.*ENOENT/i, `没有找到 npm。它随 Node 一起安装，请重新安装 Node，${AGAIN}`],
];

/**
 * One sentence that says why packages were not installed and what to do.
 *
 * @param {string} output of npm
 */
export function explain(output) {
  const [, sentence] = REASONS.find(([pattern]) => pattern.test(output)) ?? [];
  const missing =
    /'?((?:@[\w.-]+\/)?[\w.-]+@[\w.^~-]+)'? (?:is not in this registry|could not be found)|No matching version found for (\S+?)\.?\s/.exec(
      output,
    );
  const which = missing?.[1] ?? missing?.[2];
  if (sentence) return which ? sentence.replace('缺包', `没有 ${which} 这个包`) : sentence;
  const lines = output.trim().split('\n').slice(-10).join('\n');
  return `依赖没有装好，npm 是这样说的：\n${lines}\n请照它说的改，${AGAIN}`;
}
