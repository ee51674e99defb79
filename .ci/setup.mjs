// 装好运行所需的一切：依赖，测试时还有浏览器和中文字体。只用 Node 20 自带的功能，重复运行很快。
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stampFile = new URL('../node_modules/.installed', import.meta.url);

function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    ...options,
  });
  return !error && status === 0;
}

function fail(message) {
  console.error(`\n${message}\n`);
  process.exit(1);
}

const [major] = process.versions.node.split('.').map(Number);
if (major < 20)
  fail(`需要 Node 20 或更新的版本，现在是 ${process.versions.node}；请到 https://nodejs.org/zh-cn 下载安装`);

const lock = createHash('sha256')
  .update(readFileSync(new URL('../package-lock.json', import.meta.url)))
  .digest('hex');
const installed = existsSync(stampFile) && readFileSync(stampFile, 'utf8') === lock;
if (!installed) {
  console.log('正在安装依赖，第一次需要几分钟……');
  // 不用 npm ci：它要求锁文件写全其他系统的可选包，而有的镜像没有它们；npm install 同样按锁文件装。
  if (!run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']))
    fail('依赖没有装好。请检查网络（需要能访问 npm 镜像），再运行一次同样的命令。');
  writeFileSync(stampFile, lock);
}

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const CHINESE_FONT = '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc';

function installSystemPackages() {
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const apt = (...args) => {
    const [command, ...rest] = [...sudo, 'apt-get', ...args];
    return run(command, rest, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  };
  return (
    apt('update', '-qq') &&
    apt('install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk', 'git')
  );
}

if (process.argv.includes('--browser')) {
  const named = process.env.CHROMIUM_PATH;
  const ready = named
    ? existsSync(named)
    : CHROMIUM.some((path) => existsSync(path)) && existsSync(CHINESE_FONT);
  const hasGit = spawnSync('git', ['--version']).status === 0;
  if (!ready || !hasGit) {
    console.log('正在安装浏览器和中文字体（测试要用）……');
    if (!existsSync('/usr/bin/apt-get') || !installSystemPackages())
      fail('没有找到 Chromium。请先安装 Chromium 和 Noto CJK 字体，或用 CHROMIUM_PATH 指明浏览器的位置。');
  }
}
