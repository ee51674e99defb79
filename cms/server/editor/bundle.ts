import { fork } from 'node:child_process';
import { cpSync, existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants as compression, gzipSync } from 'node:zlib';
import { foldersOfEnvironment, outDir as siteOutDir } from '../../../src/store/index.ts';
import { isBundleOf, keepSources, sourcesOf } from './sources.ts';
import { endWithParent } from '../process/parent.ts';
import { giveWay } from '../process/priority.ts';

/** Bundles the editor into `<outDir>/admin/`. Takes some 20 s, so the result is kept and reused. */

const root = fileURLToPath(new URL('../../..', import.meta.url));
const parser = join(root, 'cms/parser');

/** Files that are compressed once, not for each request. */
const COMPRESSIBLE = /\.(?:js|css|wasm|html)$/;

/** Characters of a failed bundler's output that are shown. */
const MAX_ERROR_LENGTH = 4000;

export interface BuildOptions {
  /** Folder of the built site. */
  outDir?: string;
  /** Where the bundle is kept; default that of the environment. */
  cacheDir?: string;
  /** Called now and then with the number of modules read so far; the total is not known. */
  onProgress?: ((modules: number) => void) | undefined;
}

const MODULES_PER_PROGRESS = 50;

/** Subfolder of the cached bundle; `sources.json` is next to it. */
const BUNDLE = 'bundle';

/**
 * Writes the editor to `<outDir>/admin/`. The bundle does not depend on the site's base path.
 *
 * @returns whether it had to be bundled, or an earlier result could be used
 */
export async function bundleEditor({
  outDir = siteOutDir,
  cacheDir = foldersOfEnvironment().cacheDir,
  onProgress,
}: BuildOptions = {}): Promise<boolean> {
  const kept = join(cacheDir, 'admin');
  const isNew = !isBundleOf(kept, root);
  if (isNew) await bundleInProcess(kept, onProgress);
  const target = resolve(outDir, 'admin');
  const copy = `${target}.new`;
  copyBundle(join(kept, BUNDLE), copy);
  // A request at this moment gets the complete editor or the waiting page.
  rmSync(target, { recursive: true, force: true });
  renameSync(copy, target);
  return isNew;
}

/** Copies the kept bundle; another process may be putting a new one in its place at this moment. */
function copyBundle(from: string, to: string): void {
  for (let left = 3; ; left--)
    try {
      rmSync(to, { recursive: true, force: true });
      cpSync(from, to, { recursive: true });
      return;
    } catch (error) {
      if (left === 0 || (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
}

/** Bundles in a process of its own: the server goes on answering, and the memory is freed afterwards. */
function bundleInProcess(target: string, onProgress: BuildOptions['onProgress']): Promise<void> {
  const child = fork(fileURLToPath(import.meta.url), ['--bundle', target], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  });
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    errors = (errors + chunk.toString()).slice(-MAX_ERROR_LENGTH);
  });
  child.on('message', (modules: number) => onProgress?.(modules));
  child.once('spawn', () => {
    // Builds of the site have priority.
    giveWay(child, constants.priority.PRIORITY_LOW);
  });
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (code) =>
      code === 0 ? done() : fail(new Error(errors || `打包的进程结束了（${code}）`)),
    );
  });
}

async function bundle(target: string): Promise<void> {
  requireParser();
  const [{ build }, { default: config }] = await Promise.all([
    import('vite'),
    import('../../vite.config.ts'),
  ]);
  const temporary = join(dirname(target), `admin.${process.pid}`);
  const modules = new Set<string>();
  await build({
    ...config,
    plugins: [
      ...(config.plugins ?? []),
      {
        name: 'note-sources',
        moduleParsed({ id }) {
          modules.add(id);
          if (modules.size % MODULES_PER_PROGRESS === 0) process.send?.(modules.size);
        },
      },
    ],
    logLevel: 'error',
    build: { ...config.build, outDir: join(temporary, BUNDLE), emptyOutDir: true },
  });
  for (const file of globSync('**/*', { cwd: join(temporary, BUNDLE) }).filter((name) =>
    COMPRESSIBLE.test(name),
  ))
    compress(join(temporary, BUNDLE, file));
  keepSources(temporary, sourcesOf(root, modules));
  // Another process has written the same bundle meanwhile, and may be copying it.
  if (isBundleOf(target, root)) return rmSync(temporary, { recursive: true, force: true });
  rmSync(target, { recursive: true, force: true, maxRetries: 3 });
  try {
    renameSync(temporary, target);
  } catch (error) {
    if (!isBundleOf(target, root)) throw error;
    rmSync(temporary, { recursive: true, force: true });
  }
}

function compress(file: string): void {
  const content = readFileSync(file);
  const params = { [compression.BROTLI_PARAM_QUALITY]: 9, [compression.BROTLI_PARAM_LGWIN]: 22 };
  writeFileSync(`${file}.br`, brotliCompressSync(content, { params }));
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
}

/** The parser's browser build is installed on its own (`.ci/launcher/install.mjs`), in the version of the parser here. */
function requireParser(): void {
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/satteri/package.json'), 'utf8'));
  const found = join(parser, 'node_modules/@bruits/satteri-wasm32-wasi/package.json');
  const installed = existsSync(found) && JSON.parse(readFileSync(found, 'utf8')).version;
  if (installed !== version)
    throw new Error(
      `编辑后台的正文解析器应当是 ${version}，装的是 ${installed || '（没有装）'}：请用 npm start 启动；升级 satteri 时，cms/parser 里的也要一起改`,
    );
}

if (import.meta.main) {
  const [mode, target = ''] = process.argv.slice(2);
  if (mode === '--bundle') {
    const done = endWithParent();
    await bundle(target);
    done();
  } else {
    const started = performance.now();
    const bundled = await bundleEditor();
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(bundled ? `编辑后台已打包（${seconds} 秒）` : '编辑后台没有变化，用了上次打包的结果');
  }
}
