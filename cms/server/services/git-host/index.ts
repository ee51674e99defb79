import { readFileSync } from 'node:fs';
import { writeFileAtomic } from '../../../../src/runtime/write-atomically.ts';
import { coalesce } from '../../process/coalesce.ts';
import type { Remote } from '../../stores/settings/git-remote.ts';
import type { dataFiles } from '../../stores/data-folder/index.ts';
import { pushTo } from './push.ts';

/**
 * A copy of the published content on a Git host, pushed after each publish, fast-forward only: commits that were made on
 * the host are never overwritten. Nothing waits for a push; an unfinished one is repeated after a restart.
 */

/** Pause before the next try, after each failure in a row. */
const RETRY_AFTER_S = [10, 30, 60, 300, 900, 3600];

/** State of the copy, kept in `DATA_DIR/git-host.json`. */
interface State {
  url: string;
  branch: string;
  /** Commit that the host has. */
  pushed?: string | undefined;
  /** ISO 8601. */
  pushedAt?: string | undefined;
  failures: number;
  problem?: string | undefined;
}

export interface GitHostStatus {
  state: 'off' | 'waiting' | 'pushed' | 'failed';
  pushedAt?: string | undefined;
  /** A Chinese sentence with what to do. */
  problem?: string | undefined;
}

export interface GitHost {
  /** Something was published: returns at once, the push follows. */
  request: () => void;
  status: () => GitHostStatus;
  /** Resolves when no push is running; one that waits for its next try does not count. */
  settled: () => Promise<void>;
  /** Ends a running push; the next start pushes what was not. */
  close: () => Promise<void>;
}

export interface GitHostOptions {
  /** Files of the data folder: the bare repository, the credentials, the state of the copy. */
  files: Pick<
    ReturnType<typeof dataFiles>,
    'repository' | 'gitHost' | 'gitToken' | 'gitKey' | 'gitKnownHosts'
  >;
  /** Host that is configured now, if any. */
  remote: () => Remote | undefined;
  /** Commit that is published now. */
  commit: () => string;
  /** Seconds until the next try after so many failures; shorter in tests. */
  retryAfter?: (failures: number) => number;
}

const retrySeconds = (failures: number): number =>
  RETRY_AFTER_S[Math.min(failures, RETRY_AFTER_S.length) - 1] ?? RETRY_AFTER_S[0] ?? 0;

/** Keeps a Git host up to date, beginning with what an earlier run left undone. */
export function openGitHost({ files, remote, commit, retryAfter = retrySeconds }: GitHostOptions): GitHost {
  let state = readState(files.gitHost);
  let retry: NodeJS.Timeout | undefined;
  const stopped = new AbortController();

  const keep = (next: State) => {
    state = next;
    try {
      writeFileAtomic(files.gitHost, `${JSON.stringify(state, null, 2)}\n`);
    } catch (error) {
      // A full disk costs one needless push after a restart, no more.
      console.error('推送到 Git 平台的记录没有写成：', (error as Error).message);
    }
  };
  const isDone = (target: Remote) =>
    state?.pushed === commit() && state.url === target.url && state.branch === target.branch;

  const pushOnce = async (target: Remote): Promise<void> => {
    const { url, branch } = target;
    const wanted = commit();
    const outcome = await pushTo({
      ...target,
      repository: files.repository,
      commit: wanted,
      tokenFile: files.gitToken,
      keyFile: files.gitKey,
      knownHostsFile: files.gitKnownHosts,
      signal: stopped.signal,
    });
    if (stopped.signal.aborted) return;
    if (outcome.pushed)
      return keep({ url, branch, pushed: wanted, pushedAt: new Date().toISOString(), failures: 0 });
    const former = state?.url === url && state.branch === branch ? state : { url, branch, failures: 0 };
    keep({ ...former, failures: former.failures + 1, problem: outcome.message });
    console.error(`没有推送到 Git 平台：${outcome.message}`);
    retry = setTimeout(request, retryAfter(former.failures + 1) * 1000).unref();
  };
  const work = coalesce(async () => {
    const target = remote();
    if (target && !isDone(target) && !stopped.signal.aborted) await pushOnce(target);
  });
  const request = () => {
    clearTimeout(retry);
    work.request();
  };

  request();
  return {
    request,
    status() {
      const target = remote();
      if (!target) return { state: 'off' };
      const known = state?.url === target.url && state.branch === target.branch ? state : undefined;
      const { pushedAt, problem } = known ?? {};
      if (isDone(target)) return { state: 'pushed', pushedAt };
      return problem ? { state: 'failed', pushedAt, problem } : { state: 'waiting', pushedAt };
    },
    settled: work.settled,
    close: async () => {
      clearTimeout(retry);
      stopped.abort();
      await work.settled();
    },
  };
}

function readState(file: string): State | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as State;
  } catch {
    // Missing or unreadable: the next push finds out what the host has.
    return undefined;
  }
}
