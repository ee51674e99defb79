import { type ChildProcess, fork } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import type { Build, BuildStep } from './contract.ts';
import type { PrebuildOrder, BuildMessage, BuildOrder } from './incremental.ts';
import { explainDisk } from '../process/disk.ts';
import { readPages } from './pages.ts';
import { openPreviews, type Previews } from './previews.ts';
import { forgetTemplates, keptTemplates } from './kept-templates.ts';
import type { FullBuildMessage } from './full.ts';
import { codeId, copyCode } from './workspace.ts';

/**
 * Builds the site for the server. When only content has changed, a process that has the compiled templates ready renders
 * the pages that may have changed (`incremental.ts`); after a change of the code, and whenever that process is unsure or fails, the whole
 * site is built (`full.ts`).
 */
export interface SiteBuilder {
  /** For `openReleases`. */
  build: Build;
  /** Starts the process for the next build, and prebuilds the site that will follow the live one, whose folder is given. */
  prepare: (live?: string) => void;
  /** Whether a site was made by the code as it is now. */
  isOurs: (site: string) => boolean;
  previews: Pick<Previews, 'draw' | 'page' | 'warm'>;
  /** Resolves when pages can be drawn, or when the first build has ended without that. */
  whenDrawable: () => Promise<void>;
  /** Makes the next build a full one that reuses nothing. */
  forget: () => void;
  /** Resolves when the index that a build renews in the background is renewed. */
  settled: () => Promise<void>;
  /** Ends the processes. */
  close: () => void;
}

export interface SiteBuilderOptions {
  /** The server's data folder; `workspace` and, unless given, `cache` are made in it. */
  dataDir: string;
  /** Compiled bodies and encoded pictures. */
  cacheDir?: string;
  /** Whether there is one build only: no process is started for the next. */
  isOnce?: boolean;
  /** What the processes print, and problems of the content, line by line. */
  onOutput?: (text: string) => void;
  /** The content to build; default `CONTENT_DIR`, else the project's. */
  contentDir?: string;
  /** Root of the project. */
  project?: string;
  env?: NodeJS.ProcessEnv;
}

const script = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** So much of a failed build's output is looked through for the reason. */
const OUTPUT_KEPT = 16_000;

export function siteBuilder({
  dataDir,
  contentDir = resolve(process.env.CONTENT_DIR || 'content'),
  project = fileURLToPath(new URL('../../..', import.meta.url)).replace(/[\\/]$/, ''),
  env: given = process.env,
  cacheDir = join(dataDir, 'cache'),
  isOnce = false,
  onOutput,
}: SiteBuilderOptions): SiteBuilder {
  const workspace = join(dataDir, 'workspace');
  const env: NodeJS.ProcessEnv = {
    ...given,
    CONTENT_DIR: contentDir,
    CACHE_DIR: cacheDir,
    NODE_ENV: 'production',
    ASTRO_TELEMETRY_DISABLED: '1',
  };
  const id = codeId(project, env);
  const previews = openPreviews(workspace, env, () => keptTemplates(workspace) === id);
  let waiting: Renderer | undefined;
  let running: ChildProcess | undefined;
  /** Rebuilds the search index in the background. */
  let reindexing: ChildProcess | undefined;
  let isClosed = false;
  const drawable = Promise.withResolvers<void>();
  if (keptTemplates(workspace) === id) drawable.resolve();

  const prepare = (live?: string) => {
    if (isClosed) return;
    if (keptTemplates(workspace) === id) waiting ??= startRenderer(workspace, env);
    if (!live) return;
    waiting?.prebuild(live);
    previews.renew();
  };

  const buildFully = async (site: string, isWhole: boolean, tell: (step: BuildStep) => void) => {
    if (isClosed) throw new Error('服务停了，下次启动再生成');
    tell({ step: '正在生成整个网站' });
    waiting?.close();
    waiting = undefined;
    forgetTemplates(workspace);
    // What version 0.1.0 built in.
    await rm(join(dataDir, 'workshop'), { recursive: true, force: true });
    // Astro would take pages that it finds there for good ones.
    if (isWhole) await rm(join(cacheDir, 'astro'), { recursive: true, force: true });
    copyCode(workspace, project);
    const child = fork(script('full.ts'), [id], {
      cwd: workspace,
      env: { ...env, OUT_DIR: site },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    running = child;
    const output = outputOf(child, onOutput);
    child.on('message', (message: FullBuildMessage) => {
      if ('step' in message) tell(message.step);
      if ('templates' in message) {
        previews.warm();
        drawable.resolve();
      }
      if ('pages' in message)
        tell({
          step: `正在生成整个网站：${message.pages}/${message.total} 个文件`,
          progress: message.pages / message.total,
        });
      if ('indexing' in message) tell({ step: '正在建立搜索索引' });
    });
    const code = await new Promise<number | null>((done, fail) =>
      child.once('error', fail).once('close', done),
    );
    running = undefined;
    drawable.resolve();
    if (code !== 0) throw new Error(explainBuild(output()), { cause: output() });
  };

  return {
    async build(site, previous, { isWhole, tell }) {
      if (isWhole) {
        await buildFully(site, isWhole, tell);
        if (!isOnce) prepare();
        return undefined;
      }
      prepare();
      const renderer = waiting;
      waiting = undefined;
      if (renderer && previous && readPages(previous)?.templates === id)
        try {
          tell({ step: '正在更新页面' });
          running = renderer.child;
          const { reindexes, pages, problems } = await renderer.render(
            { site, previous, mayReindex: !reindexing },
            tell,
          );
          for (const problem of problems) onOutput?.(`${problem}\n`);
          if (reindexes)
            reindexing = renderer.child.once('close', () => {
              reindexing = undefined;
            });
          return { pages, isShared: true };
        } catch (error) {
          console.warn(`只更新改动的部分没有成功，改为生成整个网站：${(error as Error).message}`);
          await rm(site, { recursive: true, force: true });
          mkdirSync(site, { recursive: true });
        } finally {
          running = undefined;
          if (!isOnce) prepare();
        }
      else renderer?.close();
      await buildFully(site, isWhole, tell);
      if (!isOnce) prepare();
      return undefined;
    },
    prepare,
    isOurs: (site) => readPages(site)?.templates === id,
    previews,
    whenDrawable: () => drawable.promise,
    forget: () => forgetTemplates(workspace),
    settled: () =>
      new Promise((resolve) => {
        if (reindexing) reindexing.once('close', () => resolve());
        else resolve();
      }),
    close() {
      isClosed = true;
      previews.close();
      waiting?.close();
      waiting = undefined;
      running?.kill();
      reindexing?.kill();
    },
  };
}

interface Renderer {
  child: ChildProcess;
  prebuild: (live: string) => void;
  render: (order: BuildOrder, tell: (step: BuildStep) => void) => Promise<Done>;
  close: () => void;
}

type Done = Extract<BuildMessage, { done: true }>;

/** Starts a process that loads the templates and waits for one order. */
function startRenderer(workspace: string, env: NodeJS.ProcessEnv): Renderer {
  const child = fork(script('incremental.ts'), {
    cwd: workspace,
    env,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const output = outputOf(child);
  let onStep: (step: BuildStep) => void = () => {};
  let isReady: () => void = () => {};
  const ready = new Promise<void>((resolve) => {
    isReady = resolve;
  });
  const ended = new Promise<Done>((done, fail) => {
    child.on('message', (message: BuildMessage) => {
      if ('ready' in message) isReady();
      if ('step' in message) onStep(message.step);
      if ('done' in message) done(message);
      if ('failed' in message) fail(new Error(message.failed));
    });
    child.once('error', fail);
    child.once('close', (code) => fail(new Error(`进程结束了（${code}）：${output()}`)));
  });
  // `render` awaits it again; a process that ends without an order is no crash.
  ended.catch(() => {});
  return {
    child,
    prebuild: (live) =>
      void ready.then(() => child.connected && child.send({ prebuildFrom: live } satisfies PrebuildOrder)),
    async render(order, tell) {
      onStep = tell;
      await Promise.race([ready, ended]);
      child.send(order);
      return ended;
    },
    close: () => child.kill(),
  };
}

function outputOf(child: ChildProcess, onOutput?: (text: string) => void): () => string {
  let output = '';
  const keep = (chunk: Buffer) => {
    onOutput?.(chunk.toString());
    output = (output + chunk.toString()).slice(-OUTPUT_KEPT);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  return () => output;
}

/** What an editor is told about a failed build: the file if the output names one, and the first error. */
export function explainBuild(output: string): string {
  const disk = explainDisk(new Error(output), { folder: '网站的文件夹', retry: '再发布一次' });
  if (disk) return disk;
  if (/heap out of memory|ENOMEM/i.test(output)) return '服务器的内存不够。请联系管理员，然后再发布一次';
  const plain = stripVTControlCharacters(output);
  const file = /(?:content\/)?(?:[\w-]+\/)[\w-]+\.(?:mdx|yaml)(?::\d+| 第 \d+ 行)?/.exec(plain)?.[0];
  const line = plain.split('\n').find((one) => /error|错误|\[ERROR\]/i.test(one) && one.trim().length > 8);
  const reason = line?.trim().slice(0, 200) ?? '没有说明原因';
  return `网站没有生成出来${file ? `，问题可能在 ${file}` : ''}。请把下面这句话告诉管理员：${reason}`;
}
