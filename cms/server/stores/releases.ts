import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { isHeld, writeFileAtomic } from '../../../src/runtime/write-atomically.ts';

/**
 * The folder of the built sites:
 *
 * - `<id>/site/` what visitors see, `<id>/release.json` what is known of it; never written into again
 * - `live.json` names the live one; replacing it is what makes a release live
 * - `live` links to the live one's `site`, for web servers that send the files themselves (`docs/serving/`)
 * - `<id>.building`, `<id>.former` on the way in and out; one that a kill left is removed at the next start
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

/** A release that is being built. */
export interface NewRelease {
  id: string;
  /** Folder for its pages; not made yet. */
  site: string;
}

export interface ReleaseFolder {
  /** The kept releases, newest first. */
  list: () => Release[];
  find: (id: string) => Release | undefined;
  /** The live release; undefined before the first. */
  live: () => Release | undefined;
  /** Folder of a release's pages. */
  siteOf: (id: string) => string;
  /** Names a new release. */
  begin: (now: Date) => NewRelease;
  /** Keeps a release whose pages are all there; it is not live yet. */
  finish: (release: Release) => Promise<void>;
  /** Removes a release that was begun and will not be finished. */
  abandon: (release: NewRelease) => Promise<void>;
  /** Makes a kept release live. */
  pointTo: (release: Release) => void;
  /** Removes the oldest until `keep` are left; the live one stays. */
  prune: (keep: number) => Promise<void>;
  /** Resolves when the remains of an earlier run are removed. */
  swept: Promise<unknown>;
}

/** Opens the folder, made when missing, removes what an earlier run left unfinished, and finds the live release. */
export function openReleaseFolder(folder: string): ReleaseFolder {
  mkdirSync(folder, { recursive: true });
  const livePointer = join(folder, 'live.json');
  const siteOf = (id: string) => join(folder, id, 'site');
  const buildingOf = (id: string) => join(folder, `${id}.building`);
  const kept = new Map<string, Release>();
  const swept = Promise.all(
    readdirSync(folder).flatMap((name) => {
      const found = readJson(join(folder, name, 'release.json'), release);
      if (found?.id === name && existsSync(siteOf(name))) kept.set(name, found);
      return kept.has(name) || name === 'live.json' || name === LIVE_LINK ? [] : [remove(join(folder, name))];
    }),
  );
  const list = () => [...kept.values()].sort((a, b) => (a.id < b.id ? 1 : -1));
  let live = kept.get(readJson(livePointer, pointer)?.id ?? '') ?? list()[0];
  if (live) linkLive(folder, live.id);

  const nextId = (now: Date) => {
    const time = now.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
    // A clock set back must not make a new release look older than the live one.
    const [newest = ''] = [...kept.keys()].sort().reverse();
    const [day = '', second = '', count = '0'] = newest.split('-');
    const own = `${time}-000`;
    return own > newest ? own : `${day}-${second}-${String(Number(count) + 1).padStart(3, '0')}`;
  };

  return {
    list,
    find: (id) => kept.get(id),
    live: () => live,
    siteOf,
    begin(now) {
      const id = nextId(now);
      return { id, site: join(buildingOf(id), 'site') };
    },
    async finish(made) {
      writeFileAtomic(join(buildingOf(made.id), 'release.json'), `${JSON.stringify(made, undefined, 2)}\n`);
      await renamePatiently(buildingOf(made.id), join(folder, made.id));
      syncFolder(folder);
      kept.set(made.id, made);
    },
    abandon: ({ id }) => remove(buildingOf(id)),
    pointTo(target) {
      writeFileAtomic(livePointer, JSON.stringify({ id: target.id }));
      live = target;
      linkLive(folder, target.id);
    },
    async prune(keep) {
      const old = list()
        .filter(({ id }) => id !== live?.id)
        .slice(Math.max(0, keep - 1));
      for (const { id } of old) {
        kept.delete(id);
        const former = join(folder, `${id}.former`);
        // Renamed first, so that a release is complete or not there at all.
        await rename(join(folder, id), former).then(
          () => remove(former),
          () => remove(join(folder, id)),
        );
      }
    },
    swept,
  };
}

const LIVE_LINK = 'live';

/** Points the link to a release, at once; a file system without links, such as Windows' for most users, has none. */
function linkLive(folder: string, id: string): void {
  const target = join(id, 'site');
  const link = join(folder, LIVE_LINK);
  const temporary = `${link}.new`;
  try {
    rmSync(temporary, { force: true });
    symlinkSync(target, temporary);
    renameSync(temporary, link);
  } catch (error) {
    if (process.platform !== 'win32') console.warn(error);
  }
}

function readJson<S extends z.ZodType>(file: string, schema: S): z.output<S> | undefined {
  try {
    return schema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch {
    return undefined;
  }
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
