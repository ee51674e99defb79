import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { LaunchError } from './launch-error.mjs';

/** System programs that tasks need: Chromium, a Chinese font and Git. */

/** Where Debian, Ubuntu, Fedora and macOS keep a Chromium; `CHROMIUM_PATH` names another. */
export const CHROMIUM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const CHINESE_FONT = '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc';
const APT = '/usr/bin/apt-get';
const DEBIAN_PACKAGES = ['chromium', 'fonts-noto-cjk', 'git'];

/**
 * Requires Chromium, a Chinese font and Git. For root on Debian, as in a container, they are installed; otherwise the error
 * message gives the command that installs them.
 */
export function requireBrowser() {
  const named = process.env.CHROMIUM_PATH;
  if (named && !existsSync(named))
    throw new LaunchError(
      `环境变量 CHROMIUM_PATH 指的「${named}」不存在：请写浏览器程序的路径，或去掉这个变量。`,
    );
  if (isReady()) return;
  const install = ['install', '-y', '--no-install-recommends', ...DEBIAN_PACKAGES];
  const hasApt = existsSync(APT);
  if (hasApt && process.getuid?.() === 0) {
    console.log('正在安装测试要用的浏览器和中文字体（apt-get，约一分钟）……');
    if (apt('update', '-qq') && apt(...install, '-qq') && isReady()) return;
    throw new LaunchError('浏览器没有装好。请检查网络和 apt 的软件源，再运行一次同样的命令。');
  }
  throw new LaunchError(
    hasApt
      ? `测试要用 Chromium、中文字体和 Git，这台电脑上还没有装全。请先运行这一条命令：\nsudo apt-get ${install.join(' ')}`
      : '测试要用 Chromium（或 Chrome）和 Git，没有找到。请先装好；浏览器不在常见位置的，用环境变量 CHROMIUM_PATH 指明它的路径。',
  );
}

/** The web servers of `docs/serving/`; Debian packs Brotli for nginx on its own. */
const WEB_SERVERS = { '/usr/sbin/nginx': 'nginx', '/usr/bin/caddy': 'caddy' };
const BROTLI = 'libnginx-mod-http-brotli-static';

/**
 * Installs nginx and Caddy for root on Debian, as in a container; without them their tests say that they were skipped.
 * `RUNLEVEL=1` keeps Debian from starting them.
 */
export function offerWebServers() {
  const missing = Object.keys(WEB_SERVERS).filter((path) => !existsSync(path));
  if (missing.length === 0 || !existsSync(APT) || process.getuid?.() !== 0) return;
  console.log('正在安装测试要用的 nginx 和 Caddy（apt-get）……');
  const packages = [...missing.map((path) => WEB_SERVERS[path]), BROTLI];
  if (!apt('update', '-qq') || !apt('install', '-y', '--no-install-recommends', '-qq', ...packages))
    console.log('没有装好，用它们的测试这一次不跑。');
}

/** Git stores the content and its history. */
export function requireGit() {
  if (!hasGit())
    throw new LaunchError(
      '需要 Git，没有找到。请先安装：Windows 和 macOS 到 https://git-scm.com/downloads 下载，Debian 和 Ubuntu 运行 sudo apt-get install -y git；再运行一次同样的命令。',
    );
}

const hasGit = () => spawnSync('git', ['--version']).status === 0;

function isReady() {
  // A machine with another package system keeps its fonts elsewhere.
  const hasBrowser =
    !!process.env.CHROMIUM_PATH ||
    (CHROMIUM.some((path) => existsSync(path)) && (!existsSync(APT) || existsSync(CHINESE_FONT)));
  return hasBrowser && hasGit();
}

function apt(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  return spawnSync(APT, args, { stdio: 'inherit', env }).status === 0;
}
