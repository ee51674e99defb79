import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Build, BuildStep } from '../build/contract.ts';
import { filesBelow, shareUnchanged } from '../build/files/linking.ts';
import { coalesce } from '../process/coalesce.ts';
import { explainDisk } from '../process/disk.ts';
import { type NewRelease, openReleaseFolder, type Release } from '../stores/releases.ts';

/**
 * The built sites. Each publish is built next to the live one, into a folder of its own, and goes live at once when it is
 * complete; a release never changes after that.
 */

/** A request to build and show a commit. */
export interface BuildRequest {
  commit: string;
  by: string;
  why: string;
  /** Makes every page; otherwise what has not changed is shared with the live site. */
  isWhole?: boolean;
}

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
  buildingFolder: () => string | undefined;
  /** Commit of the latest release while an earlier one is shown after a roll-back; undefined otherwise. */
  rolledBackFrom: () => string | undefined;
  /** Asks for a build and returns at once; requests during a build are covered by one build after it. */
  request: (wanted: BuildRequest) => void;
  status: () => ReleaseStatus;
  /** How many requests wait for a build; those that are being built not among them. */
  waiting: () => number;
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
  /** Whether the live site may be damaged: every build is a whole one until one of them is live. */
  mayBeDamaged?: boolean;
  /** Called when a whole build is live. */
  onWhole?: () => void;
}

/** A release that was made live again although there are later ones. */
export interface OldRelease {
  /** When it was built, ISO 8601. */
  builtAt: string;
  /** How many later ones visitors do not see. */
  later: number;
  /** Id of the latest. */
  latest: string;
}

/** The live release when it is not the latest one; undefined otherwise. */
export function oldReleaseOf(releases: Pick<Releases, 'list' | 'current'>): OldRelease | undefined {
  const list = releases.list();
  const live = releases.current()?.id;
  const later = list.findIndex(({ id }) => id === live);
  const [latest, found] = [list[0], list[later]];
  return later > 0 && latest && found ? { builtAt: found.builtAt, later, latest: latest.id } : undefined;
}

/** Opens the releases of a data folder and finds the live one. */
export function openReleases({
  folder,
  build,
  now = () => new Date(),
  keep = 20,
  mayBeDamaged = false,
  onWhole = () => {},
}: ReleasesOptions): Releases {
  const releases = openReleaseFolder(folder);
  let status: ReleaseStatus = { state: 'idle' };
  let waiting: (BuildRequest & { since: number })[] = [];
  let underway: string | undefined;
  let needsWhole = mayBeDamaged;
  let rolledBackAt = 0;
  const listeners: ((release: Release) => void)[] = [];

  const work = coalesce(async () => {
    await releases.swept;
    if (waiting.length === 0) return;
    const batch = waiting;
    waiting = [];
    const { commit } = batch.at(-1) as BuildRequest;
    const isWhole = needsWhole || batch.some((wanted) => wanted.isWhole);
    status = { state: 'building', step: '正在准备', commit };
    const begun = releases.begin(now());
    try {
      const made = await buildInto(begun, batch, isWhole);
      const goesLive = batch.some(({ since }) => since > rolledBackAt);
      if (goesLive) releases.pointTo(made);
      if (goesLive && isWhole) {
        needsWhole = false;
        onWhole();
      }
      status = { state: 'idle' };
      if (goesLive) for (const tell of listeners) tell(made);
    } catch (error) {
      const message =
        explainDisk(error as Error, { folder: '网站的文件夹', retry: '再发布一次' }) ??
        (error as Error).message;
      console.error(`网站没有更新成功，访客看到的还是原来的样子。\n${message}`);
      status = { state: 'failed', commit, message };
      await releases.abandon(begun);
    }
    underway = undefined;
    await releases.prune(keep);
  });

  const buildInto = async (
    { id, site }: NewRelease,
    batch: typeof waiting,
    isWhole: boolean,
  ): Promise<Release> => {
    const { commit } = batch.at(-1) as BuildRequest;
    mkdirSync(site, { recursive: true });
    underway = site;
    const live = releases.live();
    const previous = live && releases.siteOf(live.id);
    const built = await build(site, previous, {
      commit,
      isWhole,
      tell: (step) => {
        if (status.state === 'building') status = { state: 'building', commit, ...step };
      },
    });
    if (!existsSync(join(site, 'index.html'))) throw new Error('构建没有写出首页，所以没有上线');
    if (previous && !built?.isShared && !isWhole) await shareUnchanged(previous, site);
    const made: Release = {
      id,
      commit,
      builtAt: now().toISOString(),
      by: merged(batch, 'by', '、'),
      why: merged(batch, 'why', '；'),
      pages: built?.pages ?? filesBelow(site).filter((name) => name.endsWith('.html')).length,
      seconds: Math.round(performance.now() - (batch[0] as { since: number }).since) / 1000,
    };
    await releases.finish(made);
    return made;
  };

  return {
    current() {
      const live = releases.live();
      return live && { id: live.id, folder: releases.siteOf(live.id), commit: live.commit };
    },
    buildingFolder: () => underway,
    rolledBackFrom() {
      const [latest] = releases.list();
      return latest === releases.live() ? undefined : latest?.commit;
    },
    request(wanted) {
      waiting.push({ ...wanted, since: performance.now() });
      work.request();
    },
    status() {
      const live = releases.live();
      return {
        ...(live && { builtAt: live.builtAt, release: live.id, commit: live.commit, live: live.commit }),
        // Between two builds, the outcome of the last one says nothing about the requests that wait for the next.
        ...(waiting.length > 0 && status.state !== 'building'
          ? { state: 'building', step: '正在准备' }
          : status),
      };
    },
    waiting: () => waiting.length,
    list: releases.list,
    rollBack(id) {
      const target = releases.find(id);
      if (!target) throw new Error('这一次发布的网站已经不在了，请换一次较近的');
      releases.pointTo(target);
      rolledBackAt = performance.now();
      return target;
    },
    settled: async () => {
      await releases.swept;
      await work.settled();
    },
    onLive: (callback) => void listeners.push(callback),
  };
}

const merged = (batch: readonly BuildRequest[], field: 'by' | 'why', separator: string) =>
  [...new Set(batch.map((wanted) => wanted[field]))].join(separator);
