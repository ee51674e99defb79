/**
 * Tests the first start on a machine with only Node, npm and Git: a fresh clone without packages, caches and settings, and a
 * PATH of system programs. Runs `npm start` until the pages respond, then every other script once.
 *
 * `node .ci/first-start.mjs [folder for the clone]`; ends with `N passed, N failed`, exit code 1 when something failed.
 */
import { execFileSync, spawn } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const PORT = 4391;
const SITE = `http://127.0.0.1:${PORT}`;

/** From `npm start` to a page, the install included, on a slow line. */
const FIRST_PAGE_WITHIN_MS = 15 * 60_000;
const NEXT_PAGE_WITHIN_MS = 3 * 60_000;
const SCRIPT_WITHIN_MS = 10 * 60_000;
const STOP_WITHIN_MS = 30_000;
/** A first start prints progress every 4 s, on a busy machine less often. */
const SILENCE_MS = 20_000;
const MOST_PACKAGES = 560;
const MOST_MEGABYTES = 450;

const project = fileURLToPath(new URL('..', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'first-start-'));
// Characters that need quoting in shells and escaping in URLs.
const clone = process.argv[2] ?? join(work, '科普 门户');

/** Environment variables for the package mirror of this machine. */
const NETWORK =
  /^(NODE_EXTRA_CA_CERTS|SSL_CERT_(FILE|DIR)|(https?|no)_proxy|npm_config_(registry|cafile|(https_)?proxy))$/i;

/** Environment variables of a new user's login shell. */
const env = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => NETWORK.test(name))),
  HOME: join(work, 'home'),
  PATH: ownPath(),
  LANG: 'C.UTF-8',
  PORT: String(PORT),
  PORTAL_NOW: '2026-11-24T09:00',
  ...(process.env.CHROMIUM_PATH && { CHROMIUM_PATH: process.env.CHROMIUM_PATH }),
};

/** The system's programs, and the folder of the Node that runs this, which may be a version manager's. */
function ownPath() {
  const folders = [
    dirname(process.execPath),
    '/usr/local/sbin',
    '/usr/local/bin',
    '/usr/sbin',
    '/usr/bin',
    '/sbin',
    '/bin',
  ];
  return folders.filter((folder) => existsSync(folder)).join(':');
}

/** Read from the content, so that a renamed article breaks nothing here. */
const article = readdirSync(join(project, 'content/articles')).find((name) => name.endsWith('.mdx'));
const PAGES = ['/', `/articles/${article.replace(/\.mdx$/, '')}/`, '/caravan/', '/search/', '/admin/'];

const outcomes = [];

/** Records whether a check passed; continues either way. */
function check(what, isRight, detail = '') {
  outcomes.push(isRight);
  console.log(`${isRight ? '✓' : '✗'} ${what}${detail ? `（${detail}）` : ''}`);
}

/** Starts a script in its own process group, so that all its processes can be stopped. */
function script(words) {
  const started = performance.now();
  const child = spawn('npm', words, {
    cwd: clone,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const run = {
    output: '',
    longestSilence: 0,
    seconds: () => (performance.now() - started) / 1000,
    code: undefined,
  };
  let heard = performance.now();
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      run.longestSilence = Math.max(run.longestSilence, performance.now() - heard);
      heard = performance.now();
      run.output += chunk;
    });
  run.ended = new Promise((resolve) =>
    child.once('close', (code, signal) => {
      run.code = code ?? signal;
      resolve(run.code);
    }),
  );
  run.kill = (signal) => {
    try {
      process.kill(-child.pid, signal);
    } catch {
      // The process group has ended already.
    }
  };
  return run;
}

async function endsWithin(run, milliseconds) {
  const late = Symbol('late');
  const outcome = await Promise.race([run.ended, wait(milliseconds, late, { ref: false })]);
  if (outcome !== late) return outcome;
  run.kill('SIGKILL');
  await run.ended;
  return '太久';
}

const tail = ({ output }) => output.trim().split('\n').slice(-15).join('\n');

/** Waits for a page; undefined when the program exits or after the timeout. */
async function answerOf(path, run, deadline) {
  while (run.code === undefined && performance.now() < deadline) {
    const response = await fetch(SITE + path, { signal: AbortSignal.timeout(20_000) }).catch(() => undefined);
    if (response?.status === 200) return response.text();
    await wait(250);
  }
  return undefined;
}

function megabytesIn(folder) {
  return Number(execFileSync('du', ['-sm', folder]).toString().split('\t')[0]);
}

function packagesIn(folder) {
  const file = join(folder, '.package-lock.json');
  return existsSync(file) ? Object.keys(JSON.parse(readFileSync(file, 'utf8')).packages).length : 0;
}

async function firstStart() {
  const run = script(['start']);
  const deadline = performance.now() + FIRST_PAGE_WITHIN_MS;
  let installed;
  const watch = setInterval(() => {
    if (run.output.includes('正在打开内容库')) installed ??= run.seconds();
  }, 100);
  const [home, ...others] = PAGES;
  const first = await answerOf(home, run, deadline);
  const firstPage = run.seconds();
  check(
    'npm start：首页打得开',
    first?.includes('<h1'),
    installed && `${firstPage.toFixed(1)} 秒，装好以后 ${(firstPage - installed).toFixed(1)} 秒`,
  );
  for (const page of others)
    check(
      `npm start：${page} 打得开`,
      (await answerOf(page, run, performance.now() + NEXT_PAGE_WITHIN_MS)) !== undefined,
    );
  while (run.code === undefined && performance.now() < deadline && !run.output.includes('都准备好了'))
    await wait(100);
  clearInterval(watch);
  check('npm start：网站生成好了', run.output.includes('都准备好了'), `${run.seconds().toFixed(1)} 秒`);
  check(
    'npm start：一直说着进行到哪里',
    run.longestSilence < SILENCE_MS,
    `最久 ${(run.longestSilence / 1000).toFixed(1)} 秒没有出声`,
  );
  for (const page of PAGES)
    check(`生成好以后 ${page} 打得开`, (await answerOf(page, run, performance.now() + 10_000)) !== undefined);
  const search = await fetch(`${SITE}/search/index/manifest.json`).catch(() => undefined);
  check('搜索索引在', search?.status === 200);
  if (run.code !== undefined) console.log(tail(run));
  run.kill('SIGTERM');
  const outcome = await endsWithin(run, STOP_WITHIN_MS);
  const running = join(clone, '.portal/running');
  for (const end = performance.now() + STOP_WITHIN_MS; existsSync(running) && performance.now() < end;)
    await wait(100);
  check('SIGTERM 让它好好停下', outcome !== '太久' && !existsSync(running), `结束码 ${outcome}`);
  const modules = join(clone, 'node_modules');
  const [packages, megabytes] = [packagesIn(modules), megabytesIn(modules)];
  check(
    '装的包不多',
    packages > 0 && packages <= MOST_PACKAGES && megabytes <= MOST_MEGABYTES,
    `${packages} 个，${megabytes} MB`,
  );
}

/** Runs a script to its end. */
async function runs(words, proof) {
  const run = script(words);
  const outcome = await endsWithin(run, SCRIPT_WITHIN_MS);
  const isRight = outcome === 0 && proof(run);
  check(`npm ${words.join(' ')}`, isRight, `${run.seconds().toFixed(1)} 秒`);
  if (!isRight) console.log(`结束码 ${outcome}\n${tail(run)}`);
}

async function dev() {
  const run = script(['run', 'dev']);
  const page = await answerOf('/', run, performance.now() + SCRIPT_WITHIN_MS);
  check('npm run dev：首页打得开', page?.includes('<h1'), `${run.seconds().toFixed(1)} 秒`);
  if (!page) console.log(tail(run));
  run.kill('SIGTERM');
  await endsWithin(run, STOP_WITHIN_MS);
}

mkdirSync(env.HOME, { recursive: true });
execFileSync('git', ['clone', '--quiet', '--no-hardlinks', project, clone], { stdio: 'inherit' });
console.log(`Node ${process.version}，新的克隆在 ${clone}`);
try {
  await firstStart();
  await runs(['run', 'check'], ({ output }) => output.includes('内容没有错误'));
  await runs(['run', 'backup', '--', join(work, '备份')], () => existsSync(join(work, '备份', 'portal.db')));
  await runs(['run', 'build'], () => existsSync(join(clone, 'dist/index.html')));
  await runs(['run', 'deploy', '--', join(work, '网站')], () => existsSync(join(work, '网站', 'index.html')));
  await dev();
  await runs(['run', 'bench', '--', 'calendar'], ({ output }) => /\d/.test(output));
} finally {
  if (!process.argv[2]) rmSync(work, { recursive: true, force: true, maxRetries: 3 });
}
const failed = outcomes.filter((isRight) => !isRight).length;
const line = `${outcomes.length - failed} passed, ${failed} failed, 0 skipped`;
console.log(line);
if (process.env.TEST_COUNTS) appendFileSync(process.env.TEST_COUNTS, `${line}\n`);
process.exitCode = failed > 0 ? 1 : 0;
