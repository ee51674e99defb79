import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { filesBelow, shareUnchanged } from '../build/linking.ts';
import { isHeld, writeFileAtomic } from '../../../src/runtime/write-atomically.ts';

/**
 * The built sites. Each publish is built beside the live one, into a folder of its own, and goes live when a small file
 * that names the live one is replaced; nothing is ever written into a release again. What is unfinished after a kill is
 * swept at the next start.
 *
 * `<folder>/<id>/site/` what visitors see · `<folder>/<id>/release.json` what is known of it · `<folder>/live.json` the
 * pointer · `<folder>/<id>.building`, `<folder>/<id>.former` on the way in and out.
 */

const release = z.object({
  /** Time of the build and a counter, `20261123-220514-001`: releases sort by it. */
  id: z.string().regex(/^\d{8}-\d{6}-\d{3}$/),
  /** The commit that was built. */
  commit: z.string(),
  /** ISO 8601. */
  builtAt: z.string(),
  /** Who asked for it, 「、」 between several. */
  by: z.string(),
  /** What for, 「；」 between several. */
  why: z.string(),
  /** HTML pages. */
  pages: z.number(),
  /** From the first of its requests to being live. */
  seconds: z.number(),
});
const pointer = z.object({ id: z.string() });

export type Release = z.output<typeof release>;

/** What somebody wants live. */
export interface Wanted {
  commit: string;
  by: string;
  why: string;
}

/** What a build may tell while it runs. */
export interface BuildStep {
  /** Chinese, for the editor: 「正在更新页面」. */
  step: string;
  /** 0 to 1. */
  progress?: number;
}

export interface BuildContext {
  commit: string;
  tell: (step: BuildStep) => void;
}

/** What a build may know of the site that it made. */
export interface Built {
  /** HTML pages. */
  pages: number;
  /** Whether every file that is the same as in the previous site is a link to that one already. */
  isShared: boolean;
}

/**
 * Builds the whole site into `folder`, which is empty; `previousFolder` is the live site, to take unchanged files from
 * (see `linking.ts`). Rejects with a message in Chinese for the editor.
 */
export type Build = (
  folder: string,
  previousFolder: string | undefined,
  context: BuildContext,
) => Promise<Built | undefined>;

export interface ReleaseStatus extends Partial<BuildStep> {
  state: 'idle' | 'building' | 'failed';
  /** When the live site was built, ISO 8601. */
  builtAt?: string;
  /** Id of the live release. */
  release?: string;
  /** Commit that is being built, that failed, or that is live. */
  commit?: string;
  /** Commit that the live site was built from. */
  live?: string;
  /** Why the last build failed, Chinese. */
  message?: string;
}

/** What a build is doing, or why it failed, for people; empty when there is nothing to say. */
export const progressOf = ({ step, message }: ReleaseStatus): string => message ?? step ?? '';

export interface Releases {
  /** The live release; `folder` holds its pages. Undefined before the first build. */
  current: () => { id: string; folder: string; commit: string } | undefined;
  /** Folder of the site that is being built; undefined while none is. Its pages may be half written. */
  underway: () => string | undefined;
  /** The commit of the latest release while somebody has gone back to an earlier one; undefined otherwise. */
  insteadOf: () => string | undefined;
  /** Asks for a build and returns at once; requests during a build are covered by one build after it. */
  request: (wanted: Wanted) => void;
  status: () => ReleaseStatus;
  /** The kept releases, newest first. */
  list: () => Release[];
  /**
   * Makes a kept release live again, at once. What was asked for before is built and kept, but does not go live.
   *
   * @throws with a message in Chinese when that release is not kept any more
   */
  rollBack: (id: string) => Release;
  /** Resolves when nothing is waiting or running. */
  settled: () => Promise<void>;
  /** Calls back each time that a new release goes live; not on rolling back. */
  onLive: (callback: (release: Release) => void) => void;
}

export interface ReleasesOptions {
  /** Folder of the releases; made when missing. */
  folder: string;
  build: Build;
  now?: () => Date;
  /** How many releases stay, the live one among them. */
  keep?: number;
}

/** Opens the releases of a data folder: sweeps what an earlier run left unfinished and finds the live one. */
export function openReleases({
  folder,
  build,
  now = () => new Date(),
  keep = 20,
}: ReleasesOptions): Releases {
  mkdirSync(folder, { recursive: true });
  const livePointer = join(folder, 'live.json');
  const siteOf = (id: string) => join(folder, id, 'site');
  const known = new Map<string, Release>();
  const swept = Promise.all(
    readdirSync(folder).flatMap((name) => {
      const found = readJson(join(folder, name, 'release.json'), release);
      if (found?.id === name && existsSync(siteOf(name))) known.set(name, found);
      return known.has(name) || name === 'live.json' ? [] : [remove(join(folder, name))];
    }),
  );

  let live = known.get(readJson(livePointer, pointer)?.id ?? '') ?? list()[0];
  let status: ReleaseStatus = { state: 'idle' };
  let waiting: (Wanted & { since: number })[] = [];
  let running: Promise<void> | undefined;
  let underway: string | undefined;
  let rolledBackAt = 0;
  const listeners: ((release: Release) => void)[] = [];

  function list(): Release[] {
    return [...known.values()].sort((a, b) => (a.id < b.id ? 1 : -1));
  }

  const pointTo = (target: Release) => {
    writeFileAtomic(livePointer, JSON.stringify({ id: target.id }));
    live = target;
  };

  const run = async () => {
    await swept;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      const { commit } = batch.at(-1) as Wanted;
      status = { state: 'building', step: '正在准备', commit };
      const beside = join(folder, `${nextId()}.building`);
      try {
        const made = await buildBeside(beside, batch);
        known.set(made.id, made);
        const goesLive = batch.some(({ since }) => since > rolledBackAt);
        if (goesLive) pointTo(made);
        status = { state: 'idle' };
        if (goesLive) for (const tell of listeners) tell(made);
      } catch (error) {
        const message = explain(error as NodeJS.ErrnoException);
        console.error(`网站没有更新成功，访客看到的还是原来的样子。\n${message}`);
        status = { state: 'failed', commit, message };
        await remove(beside);
      }
      underway = undefined;
      await prune();
    }
    running = undefined;
  };

  const buildBeside = async (beside: string, batch: typeof waiting): Promise<Release> => {
    const { commit } = batch.at(-1) as Wanted;
    const site = join(beside, 'site');
    mkdirSync(site, { recursive: true });
    underway = site;
    const previous = live && siteOf(live.id);
    const built = await build(site, previous, {
      commit,
      tell: (step) => {
        if (status.state === 'building') status = { state: 'building', commit, ...step };
      },
    });
    if (!existsSync(join(site, 'index.html'))) throw new Error('构建没有写出首页，所以没有上线');
    if (previous && !built?.isShared) await shareUnchanged(previous, site);
    const made: Release = {
      id: (/[\d-]+(?=\.building$)/.exec(beside) as RegExpExecArray)[0],
      commit,
      builtAt: now().toISOString(),
      by: merged(batch, 'by', '、'),
      why: merged(batch, 'why', '；'),
      pages: built?.pages ?? filesBelow(site).filter((name) => name.endsWith('.html')).length,
      seconds: Math.round(performance.now() - (batch[0] as { since: number }).since) / 1000,
    };
    writeFileAtomic(join(beside, 'release.json'), `${JSON.stringify(made, undefined, 2)}\n`);
    await renamePatiently(beside, join(folder, made.id));
    syncFolder(folder);
    return made;
  };

  const nextId = () => {
    const time = now().toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
    // A clock set back must not make a new release look older than the live one.
    const [newest = ''] = [...known.keys()].sort().reverse();
    const [day = '', second = '', count = '0'] = newest.split('-');
    const own = `${time}-000`;
    return own > newest ? own : `${day}-${second}-${String(Number(count) + 1).padStart(3, '0')}`;
  };

  const prune = async () => {
    const old = list()
      .filter(({ id }) => id !== live?.id)
      .slice(Math.max(0, keep - 1));
    for (const { id } of old) {
      known.delete(id);
      const former = join(folder, `${id}.former`);
      // Renamed first, so that a release is whole or not there at all.
      await rename(join(folder, id), former).then(
        () => remove(former),
        () => remove(join(folder, id)),
      );
    }
  };

  return {
    current: () => live && { id: live.id, folder: siteOf(live.id), commit: live.commit },
    underway: () => underway,
    insteadOf() {
      const [latest] = list();
      return latest === live ? undefined : latest?.commit;
    },
    request(wanted) {
      waiting.push({ ...wanted, since: performance.now() });
      running ??= run();
    },
    status: () => ({
      ...(live && { builtAt: live.builtAt, release: live.id, commit: live.commit, live: live.commit }),
      // Between one build and the next; what the last one came to does not concern who waits for the next.
      ...(waiting.length > 0 && status.state !== 'building'
        ? { state: 'building', step: '正在准备' }
        : status),
    }),
    list,
    rollBack(id) {
      const target = known.get(id);
      if (!target) throw new Error('这一次发布的网站已经不在了，请换一次较近的');
      pointTo(target);
      rolledBackAt = performance.now();
      return target;
    },
    settled: async () => {
      await swept;
      while (running) await running;
    },
    onLive: (callback) => void listeners.push(callback),
  };
}

const merged = (batch: readonly Wanted[], field: 'by' | 'why', separator: string) =>
  [...new Set(batch.map((wanted) => wanted[field]))].join(separator);

function readJson<S extends z.ZodType>(file: string, schema: S): z.output<S> | undefined {
  try {
    return schema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch {
    return undefined;
  }
}

function explain(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOSPC' || /ENOSPC|no space left/i.test(error.message))
    return '服务器的磁盘满了。请联系管理员清理磁盘，然后再发布一次';
  if (error.code === 'EACCES' || error.code === 'EROFS')
    return '服务器写不了网站的文件夹。请联系管理员检查文件夹的权限，然后再发布一次';
  return error.message;
}

const RENAME_TRIES = 20;
const RENAME_PAUSE_MS = 100;

async function renamePatiently(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt++)
    try {
      return await rename(from, to);
    } catch (error) {
      if (!isHeld(error as Error) || attempt === RENAME_TRIES) throw error;
      await wait(RENAME_PAUSE_MS);
    }
}

/** A folder that does not go away now is swept at the next start. */
const remove = (folder: string) =>
  rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});

/** Makes a rename outlast a power cut; Windows has no such call and needs none. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
