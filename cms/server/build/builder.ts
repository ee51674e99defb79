import { type ChildProcess, fork } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Build, BuildStep } from './contract.ts';
import { giveWay } from '../process/priority.ts';
import { explainBuild, isDiskTrouble } from './explain.ts';
import { openPreviews, type Previews } from './previews/previews.ts';
import { readPages } from './rendering/pages.ts';
import { keptOutput, type Renderer, startRenderer } from './renderer.ts';
import { forgetTemplates, keptTemplates } from './templates/kept-templates.ts';
import { codeId, copyCode } from './templates/workspace.ts';

/**
 * Builds the site. The templates are compiled once for a version of the code (`templates/compile.ts`); a process that has
 * them ready renders the pages that may have changed (`rendering/process.ts`), or all of them. Whenever it is unsure or
 * fails, the templates are compiled and all pages made anew.
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
  /** Whether there is one build only, that somebody waits for: no process is started for the next. */
  isOnce?: boolean;
  /** What the processes print, and problems of the content, line by line. */
  onOutput?: (text: string) => void;
  /** The content to build; default `CONTENT_DIR`, else the project's. */
  contentDir?: string;
  /** Root of the project. */
  project?: string;
  env?: NodeJS.ProcessEnv;
}

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
    // A third of what it takes to start a process.
    NODE_COMPILE_CACHE: join(cacheDir, 'code'),
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

  const start = (): Renderer => {
    const renderer = startRenderer(workspace, env);
    if (!isOnce) giveWay(renderer.child);
    return renderer;
  };

  const prepare = (live?: string) => {
    if (isClosed) return;
    if (keptTemplates(workspace) === id) waiting ??= start();
    if (!live) return;
    waiting?.prebuild(live);
    previews.renew();
  };

  /** Compiles the templates unless those of the code are kept. @returns whether it did */
  const compile = async (tell: (step: BuildStep) => void): Promise<boolean> => {
    if (keptTemplates(workspace) === id) return false;
    if (isClosed) throw new Error('服务停了，下次启动再生成');
    tell({ step: '正在准备网页模板' });
    waiting?.close();
    waiting = undefined;
    forgetTemplates(workspace);
    // What version 0.1.0 built in.
    await rm(join(dataDir, 'workshop'), { recursive: true, force: true });
    await copyCode(workspace, project);
    const child = fork(fileURLToPath(new URL('templates/compile.ts', import.meta.url)), [id], {
      cwd: workspace,
      env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    if (!isOnce) giveWay(child);
    running = child;
    child.on('message', (step: BuildStep) => tell(step));
    const output = keptOutput(child, onOutput);
    const code = await new Promise<number | null>((done, fail) =>
      child.once('error', fail).once('close', done),
    );
    running = undefined;
    if (code === 0 && !isOnce) previews.warm();
    drawable.resolve();
    if (code !== 0) throw new Error(explainBuild(output()), { cause: output() });
    return true;
  };

  const render = async (site: string, previous: string | undefined, tell: (step: BuildStep) => void) => {
    prepare();
    const renderer = waiting;
    waiting = undefined;
    if (!renderer) throw new Error('服务停了，下次启动再生成');
    running = renderer.child;
    try {
      const { reindexes, pages, problems } = await renderer.render(
        { site, previous, mayReindex: !reindexing },
        tell,
      );
      for (const problem of problems) onOutput?.(`${problem}\n`);
      if (reindexes)
        reindexing = renderer.child.once('close', () => {
          reindexing = undefined;
        });
      return { pages, isShared: previous !== undefined };
    } finally {
      running = undefined;
    }
  };

  return {
    async build(site, previous, { isWhole, tell }) {
      try {
        if (isWhole) forgetTemplates(workspace);
        const isCompiled = await compile(tell);
        const former = !isWhole && previous && readPages(previous)?.templates === id ? previous : undefined;
        try {
          return await render(site, former, tell);
        } catch (error) {
          const isHopeless = isClosed || (isCompiled && !former) || isDiskTrouble(error as Error);
          if (isHopeless) throw explained(error as Error);
          console.warn(`只更新改动的部分没有成功，改为生成整个网站：${(error as Error).message}`);
        }
        await rm(site, { recursive: true, force: true });
        mkdirSync(site, { recursive: true });
        forgetTemplates(workspace);
        await compile(tell);
        return await render(site, undefined, tell).catch((error) => {
          throw explained(error);
        });
      } finally {
        if (!isOnce) prepare();
      }
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

const explained = (error: Error): Error => new Error(explainBuild(error.message), { cause: error });
