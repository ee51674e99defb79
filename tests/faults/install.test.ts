import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

/** The launcher, with the real npm and a registry on this machine that can be broken. */

/** Larger than the full disk of a test below. */
const PACKAGE_BYTES = 3_000_000;

let folder: string;
/** A project of one dependency, whose only task prints which Node runs it. */
let project: string;
let registry: Server;
let address: string;
let answers: (path: string) => { status: number; body?: Buffer };
let tarball: Buffer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), '安装 '));
  const made = join(folder, 'made/package');
  mkdirSync(made, { recursive: true });
  writeFileSync(join(made, 'package.json'), JSON.stringify({ name: 'tiny', version: '1.0.0' }));
  // Repetitive bytes would make a package of some kilobytes.
  const noise = Array.from({ length: PACKAGE_BYTES / 32 }, (_, at) =>
    createHash('sha256').update(String(at)).digest(),
  );
  writeFileSync(join(made, 'noise.bin'), Buffer.concat(noise));
  tarball = execFileSync('tar', ['-czf', '-', '-C', join(folder, 'made'), 'package'], {
    maxBuffer: 2 * PACKAGE_BYTES,
  });
  registry = createServer((request, response) => {
    const { status, body } = answers(request.url ?? '/');
    response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(registry.address() as AddressInfo).port}/`;
});
afterAll(() => {
  registry.closeAllConnections();
  registry.close();
  rmSync(folder, { recursive: true, force: true });
});

const working = () => ({ status: 200, body: tarball });

beforeEach(() => {
  answers = working;
  project = mkdtempSync(join(folder, '科普 '));
  for (const name of ['.ci/launch.mjs', '.ci/launcher'])
    cpSync(name, join(project, name), { recursive: true });
  const write = (path: string, content: unknown) => {
    mkdirSync(join(project, path, '..'), { recursive: true });
    writeFileSync(join(project, path), typeof content === 'string' ? content : JSON.stringify(content));
  };
  write('src/checks/cli.ts', "console.log('运行了', process.version, ...process.argv.slice(2) as string[]);");
  write('cms/parser/package.json', { name: 'parser', version: '1.0.0' });
  write('cms/parser/package-lock.json', lockOf('parser', {}));
  write('package.json', { name: 'mini', version: '1.0.0', type: 'module', dependencies: { tiny: '1.0.0' } });
  write('package-lock.json', lockOf('mini', { tiny: '1.0.0' }));
});

function lockOf(name: string, dependencies: Record<string, string>) {
  const root = { name, version: '1.0.0', dependencies };
  const tiny = {
    version: '1.0.0',
    resolved: `${address}tiny/-/tiny-1.0.0.tgz`,
    integrity: `sha512-${createHash('sha512').update(tarball).digest('base64')}`,
  };
  const packages = { '': root, ...(dependencies.tiny && { 'node_modules/tiny': tiny }) };
  return { name, version: '1.0.0', lockfileVersion: 3, requires: true, packages };
}

interface Outcome {
  code: number;
  output: string;
}

/** Runs a task as npm does for a script. */
function launch(words: readonly string[] = ['check'], extra: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  const env = {
    ...process.env,
    npm_config_registry: address,
    npm_config_fetch_retries: '0',
    // A cache of its own: what another test has fetched is not there.
    npm_config_cache: join(project, '.npm-cache'),
    ...extra,
  };
  return new Promise((resolve) => {
    execFile(process.execPath, ['.ci/launch.mjs', ...words], { cwd: project, env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
    );
  });
}

const installed = () => existsSync(join(project, 'node_modules/tiny/noise.bin'));

/** The last lines of the output, without the progress. */
const sentenceOf = ({ output }: Outcome) => output.trim().split('\n').at(-1) ?? '';

async function expectMended(): Promise<void> {
  expect(await launch()).toMatchObject({ code: 0, output: expect.stringContaining('运行了') });
  expect(installed()).toBe(true);
}

test('每个脚本都从同一个入口进，入口认得它', async () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  const { TASKS } = (await import('../../.ci/launcher/tasks.mjs')) as { TASKS: Record<string, unknown> };
  expect(scripts).toEqual(
    Object.fromEntries(Object.keys(TASKS).map((name) => [name, `node .ci/launch.mjs ${name}`])),
  );
});

test('路径里有空格和汉字也装得好，参数原样传给程序，第二次不再安装', async () => {
  const first = await launch(['check', '--', '两个 字']);
  expect(first.code).toBe(0);
  expect(first.output).toMatch(/正在安装依赖[\s\S]*安装依赖好了：1 个/);
  expect(first.output).toContain(`运行了 ${process.version} -- 两个 字`);
  answers = () => ({ status: 500 });
  const second = await launch();
  expect(second.output.trim()).toBe(`运行了 ${process.version}`);
});

const hostile = 'omit=dev\nomit=optional\nomit=peer\nproduction=true\npackage-lock=false\n';

test.each<[string, NodeJS.ProcessEnv, string]>([
  ['NODE_ENV=production', { NODE_ENV: 'production' }, ''],
  ['环境变量 npm_config_omit', { npm_config_omit: 'dev optional', npm_config_production: 'true' }, ''],
  ['.npmrc 里的 omit', { NODE_ENV: 'production' }, hostile],
])('%s 不让依赖少装：要测试工具时都装，不要时也不少可选的', async (_, env, npmrc) => {
  const write = (name: string, content: unknown) =>
    writeFileSync(join(project, name), JSON.stringify(content));
  const [dependencies, devDependencies] = [{ tiny: '1.0.0' }, { 'tiny-dev': '1.0.0' }];
  const optionalDependencies = { 'tiny-optional': '1.0.0' };
  const lock = lockOf('mini', dependencies);
  const tiny = lock.packages['node_modules/tiny'];
  const packages = {
    '': { ...lock.packages[''], devDependencies, optionalDependencies },
    'node_modules/tiny': tiny,
    'node_modules/tiny-dev': { ...tiny, dev: true },
    'node_modules/tiny-optional': { ...tiny, optional: true },
  };
  write('package.json', {
    name: 'mini',
    version: '1.0.0',
    type: 'module',
    dependencies,
    devDependencies,
    optionalDependencies,
  });
  write('package-lock.json', { ...lock, packages });
  writeFileSync(join(project, '.npmrc'), npmrc);
  const found = () =>
    ['tiny', 'tiny-dev', 'tiny-optional'].filter((name) =>
      existsSync(join(project, 'node_modules', name, 'noise.bin')),
    );
  const lean = await launch(['check'], env);
  expect(lean).toMatchObject({ code: 0, output: expect.stringContaining('运行了') });
  expect(found()).toEqual(['tiny', 'tiny-optional']);
  // Its steps are missing here; what counts is what was installed for them.
  await launch(['format'], env);
  expect(found()).toEqual(['tiny', 'tiny-dev', 'tiny-optional']);
  await launch(['check'], env);
  expect(found()).toEqual(['tiny', 'tiny-dev', 'tiny-optional']);
});

test('没有这个命令，说出有哪些', async () => {
  const outcome = await launch(['strat']);
  expect(outcome.code).toBe(1);
  expect(sentenceOf(outcome)).toMatch(/没有「strat」这个命令；有的是：start、/);
});

test.each([
  ['连不上镜像', { npm_config_registry: 'http://127.0.0.1:9/' }, /连不上 npm 镜像.*请检查网络/],
  ['镜像里缺包', {}, /npm 镜像里没有 .*请换一个镜像|npm 镜像里缺包.*请换一个镜像/],
  ['镜像出了故障', {}, /连不上 npm 镜像/],
  ['下载的包被换过', {}, /与记录的不一样.*npm cache clean/],
])('%s：一句话说明怎么办，退出码 1，修好以后同样的命令就行', async (what, extra, sentence) => {
  if (what === '镜像里缺包') answers = () => ({ status: 404, body: Buffer.from('{"error":"not found"}') });
  if (what === '镜像出了故障') answers = () => ({ status: 503 });
  if (what === '下载的包被换过') answers = () => ({ status: 200, body: Buffer.from('not a package') });
  if ('npm_config_registry' in extra) {
    const lock = readFileSync(join(project, 'package-lock.json'), 'utf8');
    writeFileSync(join(project, 'package-lock.json'), lock.replace(address, extra.npm_config_registry));
    const outcome = await launch(['check'], extra);
    expect([outcome.code, sentenceOf(outcome)]).toEqual([1, expect.stringMatching(sentence)]);
    writeFileSync(join(project, 'package-lock.json'), lock);
  } else {
    const outcome = await launch(['check'], extra);
    expect([outcome.code, sentenceOf(outcome)]).toEqual([1, expect.stringMatching(sentence)]);
  }
  answers = working;
  await expectMended();
});

test('装到一半被结束的，下次从头装，不拿半个包当真', async () => {
  const half = join(project, 'node_modules/tiny');
  mkdirSync(half, { recursive: true });
  writeFileSync(join(half, 'package.json'), JSON.stringify({ name: 'tiny', version: '1.0.0' }));
  writeFileSync(join(project, 'node_modules/.unfinished'), '999999999');
  await expectMended();
});

test('两个命令同时安装，后来的一个说等一等', async () => {
  mkdirSync(join(project, 'node_modules'));
  writeFileSync(join(project, 'node_modules/.unfinished'), String(process.pid));
  const outcome = await launch();
  expect([outcome.code, sentenceOf(outcome)]).toEqual([
    1,
    '另一个命令正在安装依赖；等它装完，再运行一次同样的命令。',
  ]);
});

/** Mounts something over a folder; false where only the administrator may. */
function mounted(...args: string[]): boolean {
  try {
    execFileSync('mount', args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

test('磁盘满了：说要多少地方；腾出来以后同样的命令就行', async ({ skip }) => {
  const modules = join(project, 'node_modules');
  mkdirSync(modules);
  if (!mounted('-t', 'tmpfs', '-o', 'size=1m', 'none', modules)) skip('只有管理员能装上一个小磁盘');
  try {
    const outcome = await launch();
    expect([outcome.code, sentenceOf(outcome)]).toEqual([1, expect.stringMatching(/磁盘满了.*400 MB/)]);
  } finally {
    execFileSync('umount', ['--lazy', modules]);
  }
  await expectMended();
});

test('程序文件夹不能写：说是哪个文件夹', async ({ skip }) => {
  if (!mounted('--bind', project, project)) skip('只有管理员能把文件夹变成只读');
  mounted('-o', 'remount,ro,bind', project);
  try {
    const outcome = await launch(['check'], { npm_config_cache: join(folder, 'cache') });
    expect(outcome.code).toBe(1);
    expect(sentenceOf(outcome)).toContain(`不能写入程序文件夹「${project}」`);
  } finally {
    execFileSync('umount', ['--lazy', project]);
  }
  await expectMended();
});
