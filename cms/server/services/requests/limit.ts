import { createHmac, randomBytes } from 'node:crypto';
import { networkOf } from '../network-address.ts';

/** Counting what comes from one address, in memory only and without the address. */

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How often something came in the last hour, by whom. */
export interface HourlyCounter {
  /** Of one address, or of whatever text stands for it. */
  count: (who: string) => number;
  /** How many different ones there were. */
  readonly total: number;
  add: (who: string) => void;
}

/** Counts by a keyed digest whose key lives a day and is never written down. */
export function hourlyCounter(now: () => Date): HourlyCounter {
  let key = randomBytes(32);
  let keySince = now().getTime();
  let times = new Map<string, number[]>();

  function sweep(): void {
    const time = now().getTime();
    if (Math.abs(time - keySince) > DAY_MS) {
      key = randomBytes(32);
      keySince = time;
      times = new Map();
    }
    for (const [who, all] of times) {
      const recent = all.filter((one) => Math.abs(time - one) < HOUR_MS);
      if (recent.length === 0) times.delete(who);
      else times.set(who, recent);
    }
  }
  const digestOf = (who: string) => createHmac('sha256', key).update(who).digest('base64');

  return {
    count(who) {
      sweep();
      return times.get(digestOf(who))?.length ?? 0;
    },
    get total() {
      sweep();
      return [...times.values()].reduce((sum, all) => sum + all.length, 0);
    },
    add(who) {
      sweep();
      const digest = digestOf(who);
      times.set(digest, [...(times.get(digest) ?? []), now().getTime()]);
    },
  };
}

/** Whether one more is allowed; counts it when it is. */
export type Limit = (address: string) => boolean;

/** At most `each` an hour from one address (`networkOf`) and `all` an hour together. */
export function hourlyLimit({ each, all, now }: { each: number; all: number; now: () => Date }): Limit {
  const counter = hourlyCounter(now);
  return (address) => {
    const network = networkOf(address);
    if (counter.count(network) >= each || counter.total >= all) return false;
    counter.add(network);
    return true;
  };
}
