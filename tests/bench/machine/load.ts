import { execFile, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { LoadAnswer } from '../processes/load.ts';
import { hasTaskset } from './measure.ts';

/** Visitors of a server, from another process. */

const SCRIPT = join(import.meta.dirname, '../processes/load.ts');

export interface Load {
  stop: () => Promise<LoadAnswer>;
}

/** @param rate requests a second; 0 for as many as possible */
export function startLoad(urls: readonly string[], { connections = 8, rate = 0 } = {}): Load {
  const child = fork(SCRIPT, [String(connections), String(rate), ...urls], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return {
    async stop() {
      const answered = once(child, 'message');
      child.send('stop');
      const [answer] = await answered;
      return answer as LoadAnswer;
    },
  };
}

const CONNECTIONS = 16;

const hasWrk = (() => {
  try {
    // It prints its usage and fails.
    execFileSync('wrk', ['--version'], { stdio: 'ignore' });
    return true;
  } catch (error) {
    return (error as { status?: number }).status === 1;
  }
})();

/** Who asks, Chinese. */
export const LOADER = hasWrk ? 'wrk' : '自己的循环（没有 wrk，比的是小的差距）';

const canPin = hasTaskset && availableParallelism() > 1;

/** The last core is the visitors', the first the server's. */
const VISITORS_CORE = String(availableParallelism() - 1);

/** Lets a running process use these cores only; does nothing where there is a single one. */
export function pin(pid: number, cores: string): void {
  if (canPin) execFileSync('taskset', ['-a', '-p', '-c', cores, String(pid)], { stdio: 'ignore' });
}
export const SERVER_CORE = '0';
export const ALL_CORES = `0-${VISITORS_CORE}`;

/** As many requests as a server answers, on connections that stay open. @returns requests a second */
export async function requestRate(url: string, seconds: number): Promise<{ rate: number; errors: number }> {
  if (!hasWrk) {
    const load = startLoad([url], { connections: CONNECTIONS });
    await wait(seconds * 1000);
    const { times, errors, seconds: took } = await load.stop();
    return { rate: times.length / took, errors };
  }
  const wrk = ['wrk', '-t1', `-c${CONNECTIONS}`, `-d${seconds}s`, '-H', 'Accept-Encoding: br, gzip', url];
  const [program = '', ...args] = canPin ? ['taskset', '-c', VISITORS_CORE, ...wrk] : wrk;
  const { stdout } = await promisify(execFile)(program, args);
  const number = (pattern: RegExp) => Number(pattern.exec(stdout)?.[1] ?? 0);
  return {
    rate: number(/Requests\/sec:\s+([\d.]+)/),
    errors: number(/Non-2xx or 3xx responses: (\d+)/),
  };
}
