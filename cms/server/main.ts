import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { writeWhole } from '../../src/runtime/write-atomically.ts';
import { dataDir } from './stores/data-folder/index.ts';
import { lockFolder } from './stores/data-folder/lock.ts';
import type { Served } from './serve.ts';
import { listenHost, openSettings } from './stores/settings/index.ts';
import { stopOnSignal } from './process/signals.ts';
import { Repository } from './stores/content/repository.ts';
import { seed } from './stores/content/seed.ts';
import { writeOut } from './stores/content/written-out.ts';
import type { Build } from './build/contract.ts';

/** `npm start`: everything on one machine. */

const DEFAULT_PORT = 4321;

/** While the first site is made, the terminal is never silent for longer. */
const PROGRESS_EVERY_MS = 4000;

/**
 * Stands in a data folder while a server has it. Who finds it there knows that the server before was ended by force: when
 * the power goes, pages just written may be empty on the disk, although their names are there.
 */
const RUNNING = 'running';

export interface StartOptions {
  /** Everything that is kept. */
  data?: string;
  /** Content that a new repository begins with. */
  content?: string;
  port?: number;
  base?: string;
  build?: Build;
  now?: () => Date;
  /** Told as soon as addresses are answered, while the first site and the editor may still be in the making. */
  onListening?: (served: Started) => void;
}

export interface Started extends Served {
  /** What is still being made, Chinese; empty when all is there. */
  unfinished: () => string;
}

/**
 * Opens a data folder, made from `content` when it is new, and serves it.
 *
 * @returns when there is a site, and the editor is there
 * @throws a Chinese message when another server has the folder, or its settings cannot be understood
 */
export async function start({
  data = dataDir,
  content = resolve(process.env.CONTENT_DIR || 'content'),
  port = Number(process.env.PORT) || DEFAULT_PORT,
  base = process.env.BASE_PATH || '/',
  build,
  now = () => new Date(),
  onListening,
}: StartOptions = {}): Promise<Started> {
  const unlock = lockFolder(data);
  const running = join(data, RUNNING);
  const wasCut = existsSync(running);
  const release = () => {
    rmSync(running, { force: true });
    unlock();
  };
  try {
    writeFileSync(running, '');
    claimFormat(data);
    const settings = openSettings(join(data, 'server.json'));
    await refuseBusyPort(port, listenHost(settings.current()));
    const repository = await Repository.open(join(data, 'content.git'));
    const own = join(content, 'uploads');
    const uploads = existsSync(own) ? own : resolve('public/uploads');
    const commit = await seed(repository, { content, uploads, now: now() });
    const written = join(data, 'content');
    await writeOut(repository, commit, written);
    // The folders of src/store/folders.ts are settled when that module is loaded: from here on, what is published.
    process.env.CONTENT_DIR = written;
    const [{ serve }, { buildAdmin }, { siteBuild }] = await Promise.all([
      import('./serve.ts'),
      import('../build.ts'),
      import('./build/site-build.ts'),
    ]);
    const editor = join(data, 'editor');
    const site = siteBuild({ repository, folder: join(data, 'build') });
    if (wasCut) site.forget();
    let bundling = '正在打包编辑后台';
    let editorNotice = '编辑后台正在打包，第一次要半分钟左右';
    const served = await serve({
      data,
      repository,
      settings,
      editor,
      editorNotice: () => editorNotice,
      port,
      base,
      now,
      build: build ?? site.build,
      whyAnew(live) {
        if (wasCut) return '上次没有正常停下，重新生成';
        return build || site.isOurs(live) ? undefined : '程序升级';
      },
      prepare: build ? undefined : site.prepare,
      previews: build ? undefined : site.previews,
    });
    let isClosed = false;
    const close = () => {
      isClosed = true;
      // A build that nobody waits for any more is made anew by the next start.
      site.close();
      return served.close().finally(release);
    };
    // Until the first pages can be shown, the machine is theirs.
    const isIdle = build || served.pages() !== undefined ? Promise.resolve() : site.whenDrawable();
    const bundled = isIdle
      .then(() => {
        const onProgress = (modules: number) => {
          bundling = `正在打包编辑后台：${modules} 个模块`;
        };
        return isClosed || buildAdmin({ outDir: editor, onProgress });
      })
      .then(
        () => {
          bundling = '';
        },
        (error: Error) => {
          bundling = '';
          editorNotice = '编辑后台没有打包成功，网站不受影响。请管理员看服务器的输出，改好以后重新启动';
          console.error(`编辑后台没有打包成功，网站不受影响。\n${error.message}`);
        },
      );
    const unfinished = () => [served.progress(), bundling].filter(Boolean).join('；');
    const started = { ...served, close, unfinished };
    onListening?.(started);
    await bundled;
    if (served.pages() === undefined) await served.settled();
    return started;
  } catch (error) {
    if (wasCut) unlock();
    else release();
    throw error;
  }
}

/** What this version writes into a data folder; raised when an older version could not read it any more. */
const FORMAT = 1;

/**
 * Notes by which format a data folder is written. Folders of versions that noted none are of the first.
 *
 * @throws a Chinese message when a newer version has written it
 */
function claimFormat(data: string): void {
  const file = join(data, 'format');
  const format = existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : 0;
  if (format > FORMAT)
    throw new Error(
      `数据文件夹「${data}」是更新的版本写的（格式 ${format}，这里只到 ${FORMAT}）：请把程序升级到那个版本，或用 DATA_DIR 换一个文件夹`,
    );
  if (format !== FORMAT) writeWhole(file, `${FORMAT}\n`);
}

/** Finds out that a port is taken before the site is built, not after. */
async function refuseBusyPort(port: number, host: string | undefined): Promise<void> {
  const trial = createServer();
  await new Promise<void>((resolve, reject) => trial.once('error', reject).listen(port, host, resolve));
  await new Promise((resolve) => trial.close(resolve));
}

/** Codes of errors that a folder gives, and of SQLite where it cannot open a file. */
const UNWRITABLE = /^(EACCES|EPERM|EROFS|ENOSPC|ENOTDIR|EEXIST|ERR_SQLITE_ERROR)$/;

/** What stopped the start, and what to do. */
export function explain({ code = '', syscall, message, stack }: NodeJS.ErrnoException): string {
  const port = process.env.PORT || DEFAULT_PORT;
  if (code === 'EADDRINUSE')
    return `端口 ${port} 已经有别的程序在用；请关掉它，或换一个：PORT=4322 npm start`;
  if (code === 'ERR_SOCKET_BAD_PORT') return `PORT 是「${port}」，要写 1 到 65535 之间的数`;
  if (syscall === 'listen') return `这个用户不能用端口 ${port}；请换一个大于 1024 的：PORT=4321 npm start`;
  if (/\p{Script=Han}/u.test(message)) return message;
  if (UNWRITABLE.test(code))
    return `写不了数据文件夹「${dataDir}」（${code}）：请检查它的权限和磁盘的剩余空间，或用 DATA_DIR 换一个文件夹`;
  return stack ?? message;
}

if (import.meta.main) {
  process.on('uncaughtException', (error: NodeJS.ErrnoException) => {
    console.error(error);
    // A file that goes away while it is sent must not end the office: `sirv` hears no errors of its streams.
    if (error.syscall !== 'open' && error.syscall !== 'read') process.exit(1);
  });
  const started = performance.now();
  const seconds = () => Math.round((performance.now() - started) / 1000);
  console.log('正在打开内容库……');
  try {
    let progress: ReturnType<typeof setInterval> | undefined;
    const { pages } = await start({
      onListening({ url, setupLink, unfinished, pages, close }) {
        console.log(`\n网站：${url}\n编辑：${url}admin/\n按 Ctrl+C 停止。\n`);
        if (setupLink)
          console.log(`还没有管理员：请打开下面的网址建立管理员账号（只能用一次）。\n${setupLink}\n`);
        if (pages() === undefined) console.log('网站现在就能打开；还没做好的页面打开时当场画出来。');
        progress = setInterval(() => {
          if (unfinished()) console.log(`${unfinished()}，${seconds()} 秒`);
        }, PROGRESS_EVERY_MS);
        stopOnSignal(close);
      },
    });
    clearInterval(progress);
    console.log(`都准备好了：${pages() ?? 0} 页，${seconds()} 秒。`);
  } catch (error) {
    console.error(`\n${explain(error as NodeJS.ErrnoException)}\n`);
    process.exit(1);
  }
}
