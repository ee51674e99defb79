import { setTimeout as wait } from 'node:timers/promises';
import { createMutex, type Queue } from '../../process/queue.ts';

/** Many visits that burden neither this machine nor the other sites. */

/** Visits at a time. */
const AT_ONCE = 2;

/** Visits of one host, one at a time with a pause after each; hosts do not wait for one another. */
export function hostQueues(pauseMs: number, signal: AbortSignal) {
  const queues = new Map<string, Queue>();
  const pause = () => wait(pauseMs, undefined, { signal, ref: false }).catch(() => {});
  return <T>(host: string, job: () => Promise<T>): Promise<T> => {
    const queue = queues.get(host) ?? createMutex();
    queues.set(host, queue);
    const result = queue.run(job);
    void queue.run(pause);
    return result;
  };
}

/** The same addresses in another order: one of each host, then the second of each …, so that pauses overlap. */
export function interleaveHosts(addresses: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return addresses
    .map((address) => {
      const { host } = new URL(address);
      const turn = seen.get(host) ?? 0;
      seen.set(host, turn + 1);
      return { address, turn };
    })
    .sort((a, b) => a.turn - b.turn)
    .map(({ address }) => address);
}

/** Does a job for each address, a few at a time; the first that rejects ends it. */
export async function forEachOf(
  addresses: readonly string[],
  job: (address: string) => Promise<void>,
): Promise<void> {
  const waiting = interleaveHosts(addresses);
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await job(next);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}
