import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import type { Build } from './build/contract.ts';
import { siteBuild } from './build/site-build.ts';
import { foldersOfEnvironment, openContent } from '../../src/store/index.ts';
import { editorBundle } from './editor/index.ts';
import type { OutgoingRules } from './services/notices/index.ts';
import { type Served, serve } from './serve.ts';
import { Repository } from './stores/content/repository.ts';
import { refuseLostContent } from './stores/content/lost.ts';
import { seed } from './stores/content/seed.ts';
import { writeOut } from './stores/content/written-out.ts';
import { dataDir, dataFiles, openDataFolder } from './stores/data-folder/index.ts';
import { migrate } from './stores/data-folder/migrations.ts';
import { listenHost, openSettings } from './stores/settings/index.ts';

/** Everything on one machine: opens the data folder, builds the site, bundles the editor, serves both. */

export const DEFAULT_PORT = 4321;

export interface StartOptions {
  /** The data folder. */
  data?: string;
  /** Content that a new repository begins with. */
  content?: string;
  port?: number;
  base?: string;
  build?: Build;
  now?: () => Date;
  /** Where notices may be sent; absent for public addresses. */
  outgoing?: OutgoingRules | undefined;
  /** Called as soon as requests are answered, while the first site and the editor may still be in the making. */
  onListening?: (served: Started) => void;
}

export interface Started extends Served {
  /** What is still being made, Chinese; empty when all is there. */
  unfinished: () => string;
}

/**
 * Opens a data folder, filled from `content` when it is new, and serves it.
 *
 * @returns when the site and the editor are there
 * @throws a Chinese message when another server has the folder, or its settings cannot be understood
 */
export async function start({
  data = dataDir,
  content = resolve(process.env.CONTENT_DIR || 'content'),
  port = Number(process.env.PORT) || DEFAULT_PORT,
  base = process.env.BASE_PATH || '/',
  build,
  now = () => new Date(),
  outgoing,
  onListening,
}: StartOptions = {}): Promise<Started> {
  const folder = openDataFolder(data);
  const files = dataFiles(data);
  try {
    await refuseLostContent(files);
    for (const what of await migrate({ data, format: files.format }))
      console.log(`数据文件夹升级了：${what}。`);
    const settings = openSettings(files.settings);
    await refuseBusyPort(port, listenHost(settings.current()));
    const repository = await openRepository(files, { content, now: now(), afterPowerCut: folder.wasKilled });
    const published = openContent({
      ...foldersOfEnvironment(),
      contentDir: files.content,
      uploadsDir: undefined,
    });
    const site = siteBuild({ repository, folder: files.build });
    if (folder.wasKilled) site.forget();
    const editor = editorBundle({ folder: files.editor, cacheDir: published.cacheDir });
    const served = await serve({
      data,
      repository,
      content: published,
      settings,
      editor: files.editor,
      editorNotice: editor.notice,
      port,
      base,
      now,
      outgoing,
      build: build ?? site.build,
      damage: { isPossible: folder.wasKilled, onMended: folder.mended },
      whyRebuild(live) {
        if (folder.wasKilled) return '上次没有正常停下，重新生成';
        return build || site.isOurs(live) ? undefined : '程序升级';
      },
      prepare: build ? undefined : site.prepare,
      previews: build ? undefined : site.previews,
    });
    const close = () => {
      editor.cancel();
      // The next start builds again what is cut off here.
      site.close();
      return served.close().finally(folder.release);
    };
    const unfinished = () => [served.progress(), editor.progress()].filter(Boolean).join('；');
    const started = { ...served, close, unfinished };
    onListening?.(started);
    // Until the first pages can be shown, the site has the machine to itself.
    if (!build && served.pages() === undefined) await site.whenDrawable();
    await editor.bundle();
    if (served.pages() === undefined) await served.settled();
    return started;
  } catch (error) {
    folder.release();
    throw error;
  }
}

/** Opens the repository and writes out what is published; fills a new one from `content` and its uploads. */
async function openRepository(
  files: ReturnType<typeof dataFiles>,
  { content, now, afterPowerCut }: { content: string; now: Date; afterPowerCut: boolean },
): Promise<Repository> {
  const repository = await Repository.open(files.repository, { afterPowerCut });
  const own = join(content, 'uploads');
  const uploads = existsSync(own) ? own : resolve('public/uploads');
  const commit = await seed(repository, { content, uploads, now });
  await writeOut(repository, commit, files.content, { comparesFiles: afterPowerCut });
  return repository;
}

/** Finds out that a port is taken before the site is built, not after. */
async function refuseBusyPort(port: number, host: string | undefined): Promise<void> {
  const trial = createServer();
  await new Promise<void>((resolve, reject) => trial.once('error', reject).listen(port, host, resolve));
  await new Promise((resolve) => trial.close(resolve));
}
