import { setTimeout as wait } from 'node:timers/promises';

/** Many visits, without being a burden to anybody. */

/** Visits at a time. */
const AT_ONCE = 2;

/** Gives each host one request at a time, with a pause after each. */
export function hostTurns(pauseMs: number, signal: AbortSignal) {
  const last = new Map<string, Promise<unknown>>();
  const pause = () => wait(pauseMs, undefined, { signal, ref: false }).catch(() => {});
  return <T>(host: string, job: () => Promise<T>): Promise<T> => {
    const mine = (last.get(host) ?? Promise.resolve()).then(job);
    last.set(host, mine.then(pause, pause));
    return mine;
  };
}

/** The same addresses in another order: one of each host, then the second of each … so that pauses are not waited for. */
export function inTurns(addresses: readonly string[]): string[] {
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
  const waiting = inTurns(addresses);
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await job(next);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}
